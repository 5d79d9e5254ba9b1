import { filesOf, uploadsOf } from '../../shared/domain/files.js';
import { changeAccount, type Account } from '../../shared/domain/registry/account.js';
import { obstaclesTo, type ErasureOrder } from '../../shared/domain/registry/erasure.js';
import { minus } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type {
  AccountScanStore,
  AccountStore,
  ErasureStore,
  FindingStore,
  GoldenStore,
  MailingStore,
  PersonStore,
  Report,
  RequestStore,
} from '../../shared/ports.js';
import { bury, type BuryDeps } from './bury.js';
import { removeDrills } from './end-drills.js';
import { endMailing, type EndMailingDeps } from './end-mailings.js';

export interface ErasePeopleDeps extends BuryDeps, EndMailingDeps {
  readonly erasures: Pick<ErasureStore, 'open' | 'close'>;
  readonly people: Pick<PersonStore, 'byId' | 'remove'>;
  readonly accounts: Pick<AccountStore, 'ofHolder' | 'save' | 'remove'>;
  readonly scans: Pick<AccountScanStore, 'remove'>;
  readonly findings: Pick<FindingStore, 'ofAccount' | 'lockedOf' | 'lock' | 'remove'>;
  readonly mailings: Pick<MailingStore, 'to' | 'remove'>;
  readonly golden: Pick<GoldenStore, 'set' | 'saveSet' | 'drillsOf' | 'removeDrills'>;
  readonly requests: Pick<RequestStore, 'ofPerson' | 'remove'>;
  readonly report: Report;
}

/** So long after the accounts were withdrawn nothing that was under way then writes any more. */
const SETTLED = { minutes: 5 };
const ORDERS_PER_RUN = 100;

/**
 * Carries out the erasures that officers have ordered. Each step may be repeated, and the order is closed last: a run that
 * died anywhere is taken up by the next one. A legal hold or a matter that came up meanwhile stops it until that is over.
 */
export const erasePeople = (deps: ErasePeopleDeps) => async (): Promise<Tally> => {
  const {
    erasures,
    people,
    accounts,
    scans,
    findings,
    mailings,
    requests,
    golden,
    files,
    record,
    now,
    report,
  } = deps;
  const burial = bury(deps);
  const end = endMailing(deps);

  const withdrawn = async (account: Account): Promise<boolean> => {
    const outcome = changeAccount(account, { kind: 'withdraw' }, now());
    if (outcome.kind !== 'changed') return (account.lapses.at(-1)?.from ?? now()) <= minus(now(), SETTLED);
    await accounts.save(outcome.account);
    return false;
  };

  const endAccount = async (account: Account): Promise<void> => {
    await record.appendOnce(`account-ended#${account.id}#${account.epoch}`, {
      kind: 'ended',
      at: now(),
      rule: 'erasure',
      what: 'account',
      name: account.id,
    });
    await scans.remove(account.id);
    await accounts.remove(account);
  };

  const erase = async (order: ErasureOrder): Promise<'erased' | 'withdrawn' | 'waiting' | 'stale'> => {
    const { subject, by } = order;
    const held = await accounts.ofHolder(subject);
    const settled = await inParallel(held, withdrawn);
    if (settled.includes(false)) return 'withdrawn';

    const begun = (await inParallel(held, ({ id }) => findings.lockedOf(id))).flat();
    // Whatever has come up since: nobody can act on these any more.
    for (const finding of begun) if ((await burial(finding, 'erasure')) === 'stale') return 'stale';
    const ended = new Set(begun.map(({ id }) => id));
    const listed = (await inParallel(held, ({ id }) => findings.ofAccount(id))).flat();
    const found = listed.filter(({ id }) => !ended.has(id));
    if (obstaclesTo(await people.byId(subject), found, now()).length > 0) return 'waiting';
    // What the officer was asked is answered first, so that the register shows that it was.
    const asked = await requests.ofPerson(subject);
    if (asked.some(({ answer }) => answer === null)) return 'waiting';
    for (const finding of found)
      // Somebody acted at this moment; whether that stands in the way is for the next run to see.
      if ((await burial(finding, 'erasure')) === 'stale') return 'stale';
    for (const mailing of await mailings.to(subject)) await end(mailing, 'erasure');
    for (const { id } of asked) await requests.remove(id);
    for (const folder of [filesOf({ person: subject }), uploadsOf(subject)]) await files.erase(folder);
    const drills = await golden.drillsOf(subject);
    if (drills !== null) await removeDrills(deps)(drills, 'erasure');
    const set = await golden.set();
    if (set?.by === subject) {
      const saved = await golden.saveSet({ ...set, by: null, revision: set.revision + 1 });
      if (saved === 'stale') return 'stale';
    }
    for (const account of held) await endAccount(account);
    await people.remove(subject);
    await record.appendOnce(`erasure-done#${subject}#${order.at}`, {
      kind: 'erasure',
      at: now(),
      step: 'done',
      person: by,
      subject,
    });
    await erasures.close(subject);
    return 'erased';
  };

  const run = startRun();
  for (const order of await erasures.open(ORDERS_PER_RUN)) await run.attempt(() => erase(order));
  return run.end('people-erased', report);
};

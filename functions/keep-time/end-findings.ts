import { isVoid } from '../../shared/domain/registry/account.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { ConcludedState, daysKept, hasEnded, termEndOf } from '../../shared/domain/review/retention.js';
import { minus } from '../../shared/domain/time.js';
import { inPages } from '../../shared/in-pages.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import { lentDays, NETWORK_IDS } from '../../shared/networks.js';
import type { AccountStore, AgencyStore, FindingStore, Report } from '../../shared/ports.js';
import { bury, type BuryDeps } from './bury.js';

export interface EndFindingsDeps extends BuryDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly findings: Pick<FindingStore, 'byId' | 'concludedBy' | 'inState' | 'lentBy' | 'lock' | 'remove'>;
  readonly report: Report;
}

/**
 * So long after its end a finding is deleted: everybody has read it for the last time by then, so nothing that was under
 * way as it ended can still be saved.
 */
const SETTLED = { minutes: 5 };

const PAGE = 100;

/** Deletes the findings whose time is over by the agency's rules or by their network's terms, and those that were found only after their registration had lapsed. */
export const endFindings = (deps: EndFindingsDeps) => async (): Promise<Tally> => {
  const { agency: agencies, accounts, findings, report, now } = deps;
  const agency = await agencies.read();
  if (agency === null) return {};
  const rules = agency.gates.retention;
  const settled = minus(now(), SETTLED);
  const burial = bury(deps);
  const run = startRun();

  const endOne = async ({ id }: Finding): Promise<'ended' | 'stale' | 'held' | 'moved-on'> => {
    // The list may be behind: an objection or a hold of this moment is seen here, and fails the deletion after it.
    const finding = await findings.byId(id);
    if (finding === null) return 'moved-on';
    if (!hasEnded(finding, rules, settled)) return finding.legalHold === null ? 'moved-on' : 'held';
    const term = termEndOf(finding);
    const isOver = term !== null && term <= settled;
    return burial(finding, isOver ? 'network-terms' : 'retention');
  };

  for (const state of ConcludedState.options) {
    const days = daysKept(state, rules);
    if (days === null) continue;
    const oldest = minus(settled, { days });
    for await (const finding of inPages((limit, after?: Finding) =>
      findings.concludedBy(state, oldest, limit, after),
    ))
      await run.attempt(() => endOne(finding));
  }

  for (const network of NETWORK_IDS) {
    const days = lentDays(network);
    if (days === null) continue;
    const oldest = minus(settled, { days });
    for await (const finding of inPages((limit, after?: Finding) =>
      findings.lentBy(network, oldest, limit, after),
    ))
      await run.attempt(() => endOne(finding));
  }

  // Nobody sees what is void, so nobody has taken it any further.
  const isPast = async (indicated: readonly Finding[]): Promise<readonly Finding[]> => {
    const registered = await accounts.byIds(indicated.map(({ account }) => account));
    const accountOf = new Map(registered.map((account) => [account.id, account]));
    return indicated.filter((finding) => {
      const account = accountOf.get(finding.account);
      return finding.foundAt <= settled && (account === undefined || isVoid(account, finding));
    });
  };
  let last: Finding | undefined;
  do {
    const page = await findings.inState('indicated', PAGE, last);
    for (const finding of await isPast(page))
      await run.attempt(async () => ((await burial(finding, 'void')) === 'ended' ? 'void' : 'stale'));
    last = page.length < PAGE ? undefined : page.at(-1);
  } while (last !== undefined);

  return run.end('findings-ended', report);
};

import { fileIn, uploadsOf } from '../../shared/domain/files.js';
import { PersonId } from '../../shared/domain/ids.js';
import { changeAccount } from '../../shared/domain/registry/account.js';
import { minus, plus, type Instant } from '../../shared/domain/time.js';
import { someDrills } from '../fixtures/golden.js';
import { anAccount, opaqueId } from '../fixtures/registry.js';
import { ANSWER, aRequest } from '../fixtures/requests.js';
import { anAccountScan } from '../fixtures/scanning.js';
import type { Stores } from './ports.js';
import type { Witness } from './witness.js';

const somebody = PersonId.parse(opaqueId('somebody of earlier'));

/**
 * What was there before the simulation began and is over by its end: an upload that nothing names, a request that was answered
 * a year ago, the coverage of an account that was withdrawn long ago, and what an analyst was shown before the last year.
 */
export const someLeftovers = async (stores: Stores, startsAt: Instant) => {
  const upload = fileIn(uploadsOf(somebody), `${'ab'.repeat(32)}.txt`);
  await stores.files.put(upload, { bytes: new Uint8Array([1]), type: 'text/plain' });

  const answeredAt = minus(startsAt, { days: 364, hours: 12 });
  const request = aRequest({ person: somebody, answer: { ...ANSWER, at: answeredAt } }, { days: 400 });
  await stores.requests.save(request);

  const account = anAccount({ holder: somebody });
  const gone = changeAccount(
    { ...account, revision: -1 },
    { kind: 'withdraw' },
    minus(startsAt, { days: 179, hours: 12 }),
  );
  if (gone.kind === 'changed') await stores.accounts.save(gone.account);
  await stores.scans.save(anAccountScan({ account: account.id }));

  const drills = someDrills(somebody, minus(startsAt, { days: 364, hours: 12 }));
  await stores.golden.saveDrills(drills);

  const receiptsOf = async (end: Instant): Promise<readonly string[]> =>
    (await stores.record.lines({ from: null, to: plus(end, { hours: 1 }) }, 1_000_000)).flatMap(
      ({ entry }) => (entry.kind === 'ended' ? [`${entry.what} ${entry.name}`] : []),
    );

  /** Each is gone, with one receipt; an upload needs none. */
  const check = async (witness: Pick<Witness, 'broke'>, end: Instant): Promise<void> => {
    if ((await stores.files.read(upload)) !== null) witness.broke('P05', 'an upload stayed for days');
    if ((await stores.requests.byId(request.id)) !== null)
      witness.broke('P05', 'a request stayed that was answered a year ago');
    if ((await stores.scans.byAccounts([account.id])).length > 0)
      witness.broke('P05', 'the coverage of a withdrawn account stayed');
    if ((await stores.golden.drillsOf(somebody)) !== null)
      witness.broke('P05', 'what an analyst was shown stayed');
    const receipts = await receiptsOf(end);
    for (const name of [`request ${request.id}`, `coverage ${account.id}`, `drills ${somebody}`])
      if (receipts.filter((receipt) => receipt === name).length !== 1)
        witness.broke('P05', `there is not one receipt of ${name}`);
  };
  return { check };
};

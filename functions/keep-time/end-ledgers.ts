import { ledgerDays } from '../../shared/domain/scanning/coverage.js';
import { minus } from '../../shared/domain/time.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type {
  AccountScanStore,
  AccountStore,
  AgencyStore,
  Clock,
  RecordStore,
  Report,
} from '../../shared/ports.js';

interface EndLedgersDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly accounts: Pick<AccountStore, 'withdrawnBy' | 'save'>;
  readonly scans: Pick<AccountScanStore, 'byAccounts' | 'remove'>;
  readonly record: Pick<RecordStore, 'appendOnce'>;
  readonly now: Clock;
  readonly report: Report;
}

const PER_RUN = 1_000;

/**
 * Deletes what was kept of looks at accounts that were withdrawn so long ago, by the agency's rule, each with a receipt. An
 * account that is declared anew meanwhile only loses its marks: its next look begins afresh, and findings are known by
 * their ids.
 */
export const endLedgers = (deps: EndLedgersDeps) => async (): Promise<Tally> => {
  const { accounts, scans, record, now, report } = deps;
  const agency = await deps.agency.read();
  if (agency === null) return {};
  const run = startRun();
  const oldest = minus(now(), { days: ledgerDays(agency.gates.retention) });
  for (const account of await accounts.withdrawnBy(oldest, PER_RUN))
    await run.attempt(async () => {
      const { id, epoch, revision } = account;
      const [scan] = await scans.byAccounts([id]);
      if (scan !== undefined) {
        const receipt = { kind: 'ended', at: now(), rule: 'retention', what: 'coverage', name: id } as const;
        await record.appendOnce(`coverage-ended#${id}#${epoch}`, receipt);
        await scans.remove(id);
      }
      const saved = await accounts.save({ ...account, ledgerEndedAt: now(), revision: revision + 1 });
      if (saved === 'stale') return 'stale';
      return scan === undefined ? 'empty' : 'ended';
    });
  return run.end('ledgers-ended', report);
};

import { SPARE_DAYS } from '../../shared/domain/registry/identify.js';
import { forgotten } from '../../shared/domain/registry/forget-identity.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { AccountId } from '../../shared/domain/ids.js';
import { minus, type Instant } from '../../shared/domain/time.js';
import { lentDays } from '../../shared/networks.js';
import type { AccountScanStore, AccountStore, Clock, CohortStore } from '../../shared/ports.js';

export interface ForgetDeps {
  readonly accounts: Pick<AccountStore, 'save'>;
  readonly scans: Pick<AccountScanStore, 'byAccounts' | 'save'>;
  readonly cohorts: Pick<CohortStore, 'turnOf'>;
  readonly now: Clock;
}

/** Drops what a cursor remembers of posts; window and coverage hold nothing of the network's. A look of this moment wins. */
const dropCursor = async ({ scans }: ForgetDeps, id: AccountId): Promise<void> => {
  const [scan] = await scans.byAccounts([id]);
  if (scan !== undefined && scan.cursor !== null)
    await scans.save({ ...scan, cursor: null, revision: scan.revision + 1 });
};

/** The cursor first: killed between the two, the account is still due. */
export const forgetIdentity = async (
  deps: ForgetDeps,
  account: Account,
): Promise<'forgotten' | 'changed-meanwhile'> => {
  await dropCursor(deps, account.id);
  return (await deps.accounts.save(forgotten(account))) === 'saved' ? 'forgotten' : 'changed-meanwhile';
};

/** An account that is not looked at while its identity is asked for again, say because no contest is on, must not keep what an old look saw. */
export const dropUnread = async (deps: ForgetDeps, account: Account): Promise<void> => {
  if (lentDays(account.network) === null) return;
  const since = minus(deps.now(), { days: SPARE_DAYS });
  if (!(await isReadSince(deps, account, since))) await dropCursor(deps, account.id);
};

const isReadSince = async (
  { scans, cohorts }: ForgetDeps,
  { id, cohort }: Account,
  since: Instant,
): Promise<boolean> => {
  const lastRunAt = cohort === null ? null : ((await cohorts.turnOf(cohort))?.lastRunAt ?? null);
  const [scan] = await scans.byAccounts([id]);
  const last = scan?.coverage.at(-1);
  return (
    lastRunAt !== null &&
    lastRunAt >= since &&
    last !== undefined &&
    (last.reason === 'seen' || last.since >= since)
  );
};

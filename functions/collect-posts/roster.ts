import type { AccountId, CohortId } from '../../shared/domain/ids.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import type { AccountScan } from '../../shared/domain/scanning/account-scan.js';
import type { Calendars } from '../../shared/domain/calendar/calendars.js';
import type { ContestCalendar } from '../../shared/domain/calendar/contest.js';
import { millisecondsBetween, type Instant } from '../../shared/domain/time.js';
import type { AccountScanStore, AccountStore, AgencyStore, Clock, RulesStore } from '../../shared/ports.js';

export interface RosterDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly packs: RulesStore<Calendars>;
  readonly accounts: Pick<AccountStore, 'inCohort'>;
  readonly scans: Pick<AccountScanStore, 'byAccounts'>;
  readonly now: Clock;
}

/** All that decides whether and where an account is looked at, as it stood at one moment. */
export interface Roster {
  /** Permits count from here, however much later a look begins: what is changed now bites within a minute. */
  readonly at: Instant;
  readonly agency: Agency;
  readonly contests: readonly ContestCalendar[];
  readonly accountOf: (id: AccountId) => Account | undefined;
  readonly scanOf: (id: AccountId) => AccountScan | undefined;
}

/** A look that begins later is by a new reading, so that most of a permit's minute is left to it. */
const GOOD_FOR_MILLISECONDS = 10_000;

const isGood = (roster: Roster, now: Instant): boolean => {
  const age = millisecondsBetween(roster.at, now);
  return age >= 0 && age <= GOOD_FOR_MILLISECONDS;
};

const readRoster = async (
  { agency, packs, accounts, scans, now }: RosterDeps,
  cohort: CohortId,
  ids: readonly AccountId[],
): Promise<Roster | null> => {
  const at = now();
  const [governing, { contests }, registered, stored] = await Promise.all([
    agency.read(),
    packs.active(),
    accounts.inCohort(cohort, ids),
    scans.byAccounts(ids),
  ]);
  if (governing === null) return null;
  const accountOf = new Map(registered.map((account) => [account.id, account]));
  const scanOf = new Map(stored.map((scan) => [scan.account, scan]));
  return {
    at,
    agency: governing,
    contests,
    accountOf: (id) => accountOf.get(id),
    scanOf: (id) => scanOf.get(id),
  };
};

/**
 * The roster of those of a cohort who still wait for their look; `null` without an agency. All are read together, which costs
 * a fraction of what each alone does, and the rest of them anew once that is too old.
 */
export const rosterOf = (deps: RosterDeps, cohort: CohortId) => {
  let last: Roster | null = null;
  return async (waiting: readonly AccountId[]): Promise<Roster | null> => {
    if (last === null || !isGood(last, deps.now())) last = await readRoster(deps, cohort, waiting);
    return last;
  };
};

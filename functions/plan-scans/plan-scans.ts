import type { NetworkId } from '../../shared/networks.js';
import { isActive } from '../../shared/domain/calendar/contest.js';
import type { Account } from '../../shared/domain/registry/account.js';
import { closedGates, type ClosedGate } from '../../shared/domain/registry/gates.js';
import type { Cohort } from '../../shared/domain/scanning/cohort.js';
import type { ScanOrder } from '../../shared/domain/scanning/messages.js';
import { plus, type Duration, type Instant } from '../../shared/domain/time.js';
import type { AccountStore, AgencyStore, Clock, CohortStore, PackStore, Queue } from '../../shared/ports.js';

export interface PlanScansDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly packs: PackStore;
  readonly accounts: Pick<AccountStore, 'unenrolled' | 'save'>;
  readonly cohorts: Pick<CohortStore, 'enrol' | 'dueBy' | 'lease'>;
  readonly scans: Readonly<Record<NetworkId, Queue<ScanOrder>>>;
  readonly now: Clock;
}

export type Plan =
  | { readonly kind: 'no-agency' }
  | { readonly kind: 'gates-closed'; readonly gates: readonly ClosedGate[] }
  | { readonly kind: 'dormant' }
  | { readonly kind: 'planned'; readonly enrolled: number; readonly ordered: number };

/** Longer than an order waits in its queue on a bad day; a run that was lost is due again after it. */
const LEASE: Duration = { minutes: 30 };
const ENROLMENTS_PER_RUN = 1_000;
const COHORTS_PER_RUN = 1_000;

/**
 * Queues the cohorts that are due. Nothing is planned for an agency with a closed gate, or while no contest is on.
 * The lease comes before the order: an order that is lost is due again when the lease ends, and none is made twice.
 */
export const planScans = (deps: PlanScansDeps) => async (): Promise<Plan> => {
  const agency = await deps.agency.read();
  if (agency === null) return { kind: 'no-agency' };
  const { contests } = await deps.packs.active();
  const at = deps.now();
  const gates = closedGates(agency, contests, at);
  if (gates.length > 0) return { kind: 'gates-closed', gates };
  if (!contests.some((contest) => isActive(contest, at))) return { kind: 'dormant' };

  const newcomers = await deps.accounts.unenrolled(ENROLMENTS_PER_RUN);
  for (const account of newcomers) await enrol(deps, account, at);

  const due = await dueCohorts(deps, agency.scanRequestedAt, at);
  const until = plus(at, LEASE);
  const leased: Cohort[] = [];
  for (const cohort of due)
    if ((await deps.cohorts.lease(cohort, at, until)) === 'leased') leased.push(cohort);
  const byNetwork = Map.groupBy(
    leased.filter(({ accounts }) => accounts.length > 0),
    ({ network }) => network,
  );
  await Promise.all(
    [...byNetwork].map(([network, cohorts]) => deps.scans[network].send(cohorts.map(orderFor(at)))),
  );
  return { kind: 'planned', enrolled: newcomers.length, ordered: leased.length };
};

const orderFor =
  (lease: Instant) =>
  (cohort: Cohort): ScanOrder => ({
    kind: 'scan',
    version: 1,
    network: cohort.network,
    cohort: cohort.id,
    lease,
    accounts: cohort.accounts,
  });

/** The cohort holds the account before the account names it, so an interrupted enrolment is just done again. */
const enrol = async ({ cohorts, accounts }: PlanScansDeps, account: Account, at: Instant): Promise<void> => {
  const cohort = await cohorts.enrol({ network: account.network, host: account.host, dueAt: at }, account.id);
  // `stale` means that the holder changed something meanwhile: the account is still unenrolled and comes again.
  await accounts.save({ ...account, cohort, revision: account.revision + 1 });
};

/** Those whose time has come, and while somebody asked for a look now, those that have not run since. */
const dueCohorts = async (
  { cohorts }: PlanScansDeps,
  requestedAt: Instant | null,
  at: Instant,
): Promise<readonly Cohort[]> => {
  const due = await cohorts.dueBy(at, COHORTS_PER_RUN);
  if (requestedAt === null || at > plus(requestedAt, { days: 1 })) return due;
  const waiting = await cohorts.dueBy(plus(at, { days: 2 }), COHORTS_PER_RUN);
  const ids = new Set(due.map((cohort) => cohort.id));
  const asked = waiting.filter(
    (cohort) => !ids.has(cohort.id) && (cohort.lease ?? cohort.lastRunAt ?? cohort.dueAt) < requestedAt,
  );
  return [...due, ...asked];
};

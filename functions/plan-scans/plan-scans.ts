import type { Calendars } from '../../shared/domain/calendar/calendars.js';
import { hasConnector, type NetworkId } from '../../shared/networks.js';
import { isActive } from '../../shared/domain/calendar/contest.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { ClosedGate } from '../../shared/domain/registry/closed-gate.js';
import { closedGates } from '../../shared/domain/registry/gates.js';
import type { Cohort } from '../../shared/domain/scanning/cohort.js';
import type { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import { millisecondsBetween, plus, type Duration, type Instant } from '../../shared/domain/time.js';
import { startRun } from '../../shared/job-run.js';
import type {
  AccountStore,
  AgencyStore,
  Clock,
  CohortStore,
  RulesStore,
  Queue,
  Report,
} from '../../shared/ports.js';

export interface PlanScansDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly packs: RulesStore<Calendars>;
  readonly accounts: Pick<AccountStore, 'unenrolled' | 'save'>;
  readonly cohorts: Pick<CohortStore, 'enrol' | 'dueBy' | 'lease'>;
  /** A network that this deployment does not read has no queue. */
  readonly scans: Readonly<Partial<Record<NetworkId, Queue<ScanOrder>>>>;
  readonly now: Clock;
  readonly report: Report;
}

export type Plan =
  | { readonly kind: 'no-agency' }
  | { readonly kind: 'gates-closed'; readonly gates: readonly ClosedGate[] }
  | { readonly kind: 'dormant' }
  | { readonly kind: 'planned'; readonly enrolled: number; readonly ordered: number };

/** Longer than an order waits in its queue on a bad day; a run that was lost is due again after it. */
const LEASE: Duration = { minutes: 30 };
const ENROLMENTS_PER_RUN = 1_000;
/** Of the function's minute; whoever is left has their turn in the next run, and no order waits for an import. */
const ENROLMENT_MILLISECONDS = 20_000;
/** Leased together and sent together: a run that dies leaves at most so many leased and not ordered. */
const ORDERS_AT_ONCE = 10;
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

  const run = startRun();
  for (const account of await deps.accounts.unenrolled(ENROLMENTS_PER_RUN)) {
    if (millisecondsBetween(at, deps.now()) > ENROLMENT_MILLISECONDS) break;
    await run.attempt(() => enrol(deps, account, at));
  }

  let ordered = 0;
  const due = await dueCohorts(deps, agency.scanRequestedAt, at);
  for (const [network, cohorts] of Map.groupBy(due, (cohort) => cohort.network))
    for (let start = 0; start < cohorts.length; start += ORDERS_AT_ONCE)
      await run.attempt(async () => {
        const queue = deps.scans[network];
        const leased = await lease(
          deps,
          cohorts.slice(start, start + ORDERS_AT_ONCE),
          at,
          queue !== undefined,
        );
        await queue?.send(leased.map(orderFor(at)));
        ordered += leased.length;
        return null;
      });
  const { enrolled = 0 } = run.end('scans-planned', deps.report, { ordered });
  return { kind: 'planned', enrolled, ordered };
};

/** A cohort that everybody has left is put off, since somebody may join it; so is one whose network is not read now. */
const lease = async (
  { cohorts }: PlanScansDeps,
  due: readonly Cohort[],
  at: Instant,
  isRead: boolean,
): Promise<readonly Cohort[]> => {
  const leased: Cohort[] = [];
  for (const cohort of due) {
    const isOrdered = isRead && cohort.accounts.length > 0;
    const end = await cohorts.lease(cohort, at, plus(at, isOrdered ? LEASE : { days: 1 }));
    if (end === 'leased' && isOrdered) leased.push(cohort);
  }
  return leased;
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
const enrol = async (
  { cohorts, accounts }: PlanScansDeps,
  account: Account,
  at: Instant,
): Promise<'enrolled' | 'unidentified'> => {
  const { network, identity } = account;
  // Without a connector there is no identity either.
  if (identity === null || !hasConnector(network)) return 'unidentified';
  const cohort = await cohorts.enrol({ network, host: identity.host, dueAt: at }, account.id);
  // `stale` means that the holder changed something meanwhile: the account is still unenrolled and comes again.
  await accounts.save({ ...account, cohort, revision: account.revision + 1 });
  return 'enrolled';
};

/**
 * Those whose time has come; and while somebody asked for a look now, those that have not run since, unless they wait
 * because their host failed or asked for peace.
 */
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
    (cohort) =>
      !ids.has(cohort.id) &&
      cohort.failedRuns === 0 &&
      (cohort.lease ?? cohort.lastRunAt ?? cohort.dueAt) < requestedAt,
  );
  return [...due, ...asked];
};

import { keyedHash, type AccountId } from '../../shared/domain/ids.js';
import { isHeated } from '../../shared/domain/calendar/contest.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { ScanPermit } from '../../shared/domain/registry/permit.js';
import { firstScan, knownIn, type AccountScan } from '../../shared/domain/scanning/account-scan.js';
import { nextDue } from '../../shared/domain/scanning/interval.js';
import type { PostBundle, ScanOrder } from '../../shared/domain/scanning/messages.js';
import type { ContestPack } from '../../shared/domain/screening/packs.js';
import type { Instant } from '../../shared/domain/time.js';
import type { Connector, GuardedFetch, Throttle } from '../../shared/networks/connector.js';
import type { NetworkId } from '../../shared/networks.js';
import type {
  AccountScanStore,
  AccountStore,
  AgencyStore,
  Clock,
  CohortStore,
  PackStore,
  Queue,
  Report,
} from '../../shared/ports.js';
import { bundled } from './bundle.js';
import { afterReading, afterRefusal, afterThrottle, leavingCohort, rested, type Look } from './look.js';

export interface CollectPostsDeps {
  readonly agency: Pick<AgencyStore, 'read' | 'hashKey'>;
  readonly packs: PackStore;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly scans: AccountScanStore;
  readonly cohorts: Pick<CohortStore, 'byId' | 'finish'>;
  readonly connectors: Readonly<Record<NetworkId, Connector>>;
  readonly posts: Queue<PostBundle>;
  readonly fetch: GuardedFetch;
  readonly now: Clock;
  /** A number in [0, 1). */
  readonly chance: () => number;
  readonly report: Report;
}

/** Looked at beside one another. Each group is read anew from the registry, so that a pause bites within a minute. */
const GROUP = 8;
const LIMITS = { pages: 10, posts: 200 } as const;

/**
 * Looks at the accounts of a cohort. One that may not be looked at is not. The posts of the others go to the classifier,
 * and only when every message was accepted are cursor, window and coverage moved, in one write.
 */
export const collectPosts =
  (deps: CollectPostsDeps) =>
  async (order: ScanOrder): Promise<void> => {
    const agency = await deps.agency.read();
    if (agency === null) return;
    const { contests } = await deps.packs.active();
    const key = await deps.agency.hashKey();

    const looks: Look[] = [];
    const faults: unknown[] = [];
    for (let start = 0; start < order.accounts.length; start += GROUP) {
      const group = order.accounts.slice(start, start + GROUP);
      const ends = await lookAtGroup(
        { deps, order, agency, contests, key, throttle: hostThrottle(looks) },
        group,
      );
      for (const end of ends) {
        if (end.status === 'fulfilled') looks.push(end.value);
        else faults.push(end.reason);
      }
    }
    // What was done is stored, so the repeat that this brings about is short.
    if (faults.length > 0) throw new AggregateError(faults, 'Some accounts of the cohort failed');
    await finish(deps, order, looks, contests);
  };

const hostThrottle = (looks: readonly Look[]): Throttle | null =>
  looks.find(({ throttle }) => throttle !== null && throttle.scope !== 'account')?.throttle ?? null;

interface Circumstances {
  readonly deps: CollectPostsDeps;
  readonly order: ScanOrder;
  readonly agency: Agency;
  readonly contests: readonly ContestPack[];
  readonly key: string;
  /** The host asked for peace: the rest of its accounts are not looked at in this run. */
  readonly throttle: Throttle | null;
}

const lookAtGroup = async (
  around: Circumstances,
  group: readonly AccountId[],
): Promise<readonly PromiseSettledResult<Look>[]> => {
  const { accounts, scans, now } = around.deps;
  const at = now();
  const [registered, stored] = await Promise.all([accounts.byIds(group), scans.byAccounts(group)]);
  return Promise.allSettled(
    registered.map(async (account) => {
      const scan = startingPoint(
        account,
        stored.find((candidate) => candidate.account === account.id),
      );
      const look = await lookAt(around, account, scan, at);
      if (look.store !== null) await scans.save(look.store);
      return look;
    }),
  );
};

/** What was kept under an earlier registration is void; its revision goes on. */
const startingPoint = (account: Account, stored: AccountScan | undefined): AccountScan => {
  if (stored === undefined) return firstScan(account.id, account.epoch);
  if (stored.epoch === account.epoch) return stored;
  return {
    ...firstScan(account.id, account.epoch),
    coverage: stored.coverage,
    posts: stored.posts,
    revision: stored.revision,
  };
};

const lookAt = async (
  around: Circumstances,
  account: Account,
  scan: AccountScan,
  at: Instant,
): Promise<Look> => {
  const { deps, order, agency, contests, key, throttle } = around;
  // An enrolment that was cut off between cohort and account may have left it in a cohort that is not its own.
  if (account.cohort !== order.cohort) return leavingCohort(account.id);
  const permission = ScanPermit.request({ agency, contests, account, at });
  if (permission.kind !== 'granted') return afterRefusal(scan, permission, at);
  if (scan.stopped || (scan.notBefore !== null && scan.notBefore > at)) return rested(scan);
  if (throttle !== null) return afterThrottle(scan, throttle, at);

  const { permit } = permission;
  const reading = await deps.connectors[permit.network].read(
    permit,
    { cursor: scan.cursor, known: knownIn(scan.window, key) },
    { fetch: deps.fetch, now: deps.now, digest: (text) => keyedHash(key, text), limits: LIMITS },
  );
  await deps.posts.send(bundled(permit, reading.posts));
  return afterReading(scan, reading, key, deps.now());
};

const finish = async (
  deps: CollectPostsDeps,
  order: ScanOrder,
  looks: readonly Look[],
  contests: readonly ContestPack[],
): Promise<void> => {
  const at = deps.now();
  const looked = looks.filter((look) => look.reason !== null && look.reason !== 'paused');
  const posts = looks.reduce((sum, look) => sum + look.posts, 0);
  const failed =
    looked.length > 0 && looked.every(({ reason }) => reason === 'unreachable' || reason === 'throttled');
  const cohort = await deps.cohorts.byId(order.cohort);
  if (cohort === null) return;
  const emptyRuns = posts > 0 ? 0 : cohort.emptyRuns + 1;
  const failedRuns = failed ? cohort.failedRuns + 1 : 0;
  const dueAt = nextDue(at, {
    network: order.network,
    accounts: order.accounts.length,
    heated: contests.some((contest) => isHeated(contest, at)),
    emptyRuns,
    failedRuns,
    retryAt: hostThrottle(looks)?.retryAt ?? earliestWelcome(looked),
    jitter: deps.chance(),
  });
  const leaving = looks.filter((look) => look.leaving).map((look) => look.account);
  const end = await deps.cohorts.finish(order.cohort, order.lease, {
    dueAt,
    lastRunAt: at,
    emptyRuns,
    failedRuns,
    leaving,
  });
  deps.report('cohort-collected', { accounts: looks.length, posts, cohort: order.cohort, end });
};

/** When the first of the sources may be read again, if all of them named a time. */
const earliestWelcome = (looked: readonly Look[]): Instant | null => {
  const times = looked.map((look) => look.notBefore);
  if (times.length === 0 || times.includes(null)) return null;
  return times.filter((time) => time !== null).sort()[0] ?? null;
};

import type { Calendars } from '../../shared/domain/calendar/calendars.js';
import { keyedHash, type AccountId } from '../../shared/domain/ids.js';
import { isHeated } from '../../shared/domain/calendar/contest.js';
import { isToBeEnrolled, type Account } from '../../shared/domain/registry/account.js';
import { ScanPermit } from '../../shared/domain/registry/permit.js';
import { firstScan, knownIn, type AccountScan } from '../../shared/domain/scanning/account-scan.js';
import { nextDue } from '../../shared/domain/scanning/interval.js';
import { COHORT_ACCOUNTS, type Turn } from '../../shared/domain/scanning/cohort.js';
import { lastingRuns, ledgerDays } from '../../shared/domain/scanning/coverage.js';
import type { PostBundle, PostMessage } from '../../shared/domain/scanning/messages.js';
import type { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import { millisecondsBetween, type Instant } from '../../shared/domain/time.js';
import type { Connector, GuardedFetch, Throttle } from '../../shared/networks/connector.js';
import type { NetworkId } from '../../shared/networks.js';
import type {
  AccountScanStore,
  AccountStore,
  AgencyStore,
  Clock,
  CohortStore,
  RulesStore,
  Queue,
  Report,
} from '../../shared/ports.js';
import { bundled, inMessages } from './bundle.js';
import { fetchWithin, intakes, type Intake } from './intake.js';
import { oneByOne } from './one-by-one.js';
import { rosterOf, type Roster } from './roster.js';
import {
  afterReading,
  afterRefusal,
  afterThrottle,
  leavingCohort,
  rested,
  silent,
  type Look,
} from './look.js';

export interface CollectPostsDeps {
  readonly agency: Pick<AgencyStore, 'read' | 'hashKey'>;
  readonly packs: RulesStore<Calendars>;
  readonly accounts: Pick<AccountStore, 'inCohort'>;
  readonly scans: AccountScanStore;
  readonly cohorts: Pick<CohortStore, 'turnOf' | 'countOf' | 'finish'>;
  /** Of the networks whose orders come here. */
  readonly connectors: Readonly<Partial<Record<NetworkId, Connector>>>;
  readonly posts: Queue<PostMessage>;
  readonly fetch: GuardedFetch;
  readonly now: Clock;
  /** A number in [0, 1). */
  readonly chance: () => number;
  readonly report: Report;
}

/** Looked at beside one another; more at once no small host is asked for. */
const GROUP = 8;
/** An order hands over what it found once that came with so much. */
const HELD_BYTES = 1024 * 1024;
const LIMITS = { pages: 10, posts: 200 } as const;
/** A new group is begun only this long after the start: it may take a minute, and the function has two. */
const BUDGET_MILLISECONDS = 45_000;

/**
 * Works on the orders of a batch beside one another, those of one host one after another, and looks at the accounts of each. One that
 * may not be looked at is not. The posts of the others go to the classifier, and only when every message was accepted are
 * cursor, window and coverage of their accounts moved, in one write each.
 */
export const collectPosts = (deps: CollectPostsDeps) => {
  const onHost = oneByOne();
  const intake = intakes();
  /** What hosts have asked for, which all of their orders heed. */
  const throttles = new Map<string, Throttle>();
  return async (order: ScanOrder): Promise<void> => {
    const begun = deps.now();
    const turn = await deps.cohorts.turnOf(order.cohort);
    // An order whose lease has ended was made anew; working on both would ask every source twice.
    if (turn?.lease !== order.lease) return;
    const key = await deps.agency.hashKey();
    const rosterFor = rosterOf(deps, order.cohort);

    const found: Found[] = [];
    let held = 0;
    const looks: Look[] = [];
    const faults: unknown[] = [];
    const handOverAll = async (some: readonly Found[]): Promise<void> => {
      for (const end of await handOver(deps, some)) {
        if (end.status === 'fulfilled') looks.push(end.value);
        else faults.push(end.reason);
      }
    };
    const handOverFound = (): Promise<void> => {
      held = 0;
      return handOverAll(found.splice(0));
    };
    const lookAtOne = async (around: Circumstances, id: AccountId): Promise<Look | null> => {
      const taken = intake();
      try {
        const one = await lookAt(around, id, taken);
        // What others wait for is let go at once; the rest waits for company, since a queue is paid by the request.
        if (taken.isLarge()) await handOverAll([one]);
        else {
          found.push(one);
          if (one.bundle !== null) held += taken.bytes();
          if (held > HELD_BYTES) await handOverFound();
        }
        return one.look;
      } catch (fault) {
        faults.push(fault);
        return null;
      } finally {
        taken.leave();
      }
    };
    const lookAtNext = async (roster: Roster, group: readonly AccountId[]): Promise<void> => {
      const throttle = throttles.get(turn.host) ?? null;
      const around = { deps, order, roster, key, throttle };
      const done = await Promise.all(group.map((id) => lookAtOne(around, id)));
      const asked = hostThrottle(done.filter((look) => look !== null));
      if (asked !== null) throttles.set(turn.host, asked);
    };
    const lookAtAll = async (): Promise<'looked' | 'no-time' | 'no-agency'> => {
      for (let waiting = inTurn(order); waiting.length > 0; waiting = waiting.slice(GROUP)) {
        if (millisecondsBetween(begun, deps.now()) > BUDGET_MILLISECONDS) return 'no-time';
        const roster = await rosterFor(waiting);
        if (roster === null) return 'no-agency';
        await lookAtNext(roster, waiting.slice(0, GROUP));
      }
      return 'looked';
    };

    const end = await onHost(turn.host, lookAtAll).catch((fault: unknown) => {
      faults.push(fault);
      return 'failed' as const;
    });
    if (end === 'no-agency') return;
    await handOverFound();
    // What was done is stored, so the repeat that this brings about is short.
    if (faults.length > 0) throw new AggregateError(faults, 'Some accounts of the cohort failed');
    await finish({ deps, turn, order, looks, whole: end === 'looked' });
  };
};

/** Each run begins elsewhere in the cohort, so that a slow source starves the same neighbours only once. */
const inTurn = ({ accounts, lease }: ScanOrder): readonly AccountId[] => {
  const first = Math.floor(Date.parse(lease) / 60_000) % accounts.length;
  return [...accounts.slice(first), ...accounts.slice(0, first)];
};

const hostThrottle = (looks: readonly Look[]): Throttle | null =>
  looks.find(({ throttle }) => throttle !== null && throttle.scope !== 'account')?.throttle ?? null;

interface Circumstances {
  readonly deps: CollectPostsDeps;
  readonly order: ScanOrder;
  readonly roster: Roster;
  readonly key: string;
  /** The host asked for peace: the rest of its accounts are not looked at in this run. */
  readonly throttle: Throttle | null;
}

/** A look, and what it brought for the classifier. */
interface Found {
  readonly look: Look;
  readonly bundle: PostBundle | null;
}

const nothing = (look: Look): Found => ({ look, bundle: null });

/** No mark moves before its posts were taken. */
const handOver = (
  { posts, scans }: Pick<CollectPostsDeps, 'posts' | 'scans'>,
  found: readonly Found[],
): Promise<readonly PromiseSettledResult<Look>[]> => {
  const messages = inMessages(found.flatMap(({ bundle }) => bundle ?? []));
  const accepted = messages.length === 0 ? Promise.resolve() : posts.send(messages);
  return Promise.allSettled(
    found.map(async ({ look, bundle }) => {
      if (bundle !== null) await accepted;
      if (look.store !== null) await scans.save(look.store);
      return look;
    }),
  );
};

/** After a lapse the account goes on where it was: nothing is read or counted twice. */
const startingPoint = ({ agency, scanOf, at }: Roster, { id, epoch }: Account): AccountScan => {
  const stored = scanOf(id);
  if (stored === undefined) return firstScan(id, epoch);
  // What is over goes with the next write; nobody reads it meanwhile.
  const scan = { ...stored, coverage: lastingRuns(stored.coverage, ledgerDays(agency.gates.retention), at) };
  return scan.epoch === epoch ? scan : { ...scan, epoch, notBefore: null, stopped: false };
};

const lookAt = async (around: Circumstances, id: AccountId, taken: Intake): Promise<Found> => {
  const { deps, order, roster, key, throttle } = around;
  const { agency, contests, at } = roster;
  const account = roster.accountOf(id);
  // Its enrolment was cut off and is done again: taken out meanwhile, it would name a cohort that does not hold it.
  if (account !== undefined && isToBeEnrolled(account)) return nothing(silent(id));
  // Erased meanwhile, or another cohort's.
  if (account?.cohort !== order.cohort) return nothing(leavingCohort(id));
  const scan = startingPoint(roster, account);
  const permission = ScanPermit.request({ agency, contests, account, at });
  if (permission.kind !== 'granted') return nothing(afterRefusal(scan, permission, at));
  if (scan.stopped || (scan.notBefore !== null && scan.notBefore > at)) return nothing(rested(scan));
  if (throttle !== null) return nothing(afterThrottle(scan, throttle, at));

  const { permit } = permission;
  const connector = deps.connectors[permit.network];
  if (connector === undefined) throw new Error(`This collector does not read ${permit.network}`);
  const reading = await connector.read(
    permit,
    { cursor: scan.cursor, known: knownIn(scan.window, key) },
    {
      fetch: fetchWithin(deps.fetch, taken),
      now: deps.now,
      digest: (text) => keyedHash(key, text),
      limits: LIMITS,
      respectOptOuts: agency.networks.respectOptOuts,
    },
  );
  const posts = reading.posts.filter(({ postedAt }) => permit.reaches(postedAt));
  return {
    look: afterReading(scan, { ...reading, posts }, key, deps.now()),
    bundle:
      posts.length + reading.deleted.length === 0
        ? null
        : bundled(permit, { posts, deleted: reading.deleted }),
  };
};

interface Run {
  readonly deps: CollectPostsDeps;
  readonly turn: Turn;
  readonly order: ScanOrder;
  readonly looks: readonly Look[];
  /** Every account had its turn. */
  readonly whole: boolean;
}

const finish = async ({ deps, turn, order, looks, whole }: Run): Promise<void> => {
  const at = deps.now();
  const { contests } = await deps.packs.active();
  const looked = looks.filter(({ reason }) => reason !== null);
  const posts = looks.reduce((sum, look) => sum + look.posts, 0);
  const throttle = hostThrottle(looks);
  const failed =
    throttle !== null || (looked.length > 0 && looked.every(({ reason }) => reason === 'unreachable'));
  // A run that had no time for anybody says nothing of the host.
  const isSilent = !whole && looked.length === 0;
  const emptyRuns = posts > 0 ? 0 : turn.emptyRuns + (isSilent ? 0 : 1);
  const failedRuns = failed ? turn.failedRuns + 1 : isSilent ? turn.failedRuns : 0;
  const cohorts = await deps.cohorts.countOf(turn);
  const dueAt = nextDue(at, {
    network: order.network,
    accountsOnHost: cohorts > 1 ? cohorts * COHORT_ACCOUNTS : order.accounts.length,
    heated: contests.some((contest) => isHeated(contest, at)),
    emptyRuns: whole ? emptyRuns : 0,
    failedRuns,
    retryAt: throttle?.retryAt ?? earliestWelcome(looked),
    jitter: deps.chance(),
  });
  const end = await deps.cohorts.finish(order.cohort, order.lease, {
    dueAt,
    // The last run vouches for every account, so one that ended early is none.
    lastRunAt: whole ? at : turn.lastRunAt,
    emptyRuns,
    failedRuns,
    leaving: looks.filter((look) => look.leaving).map((look) => look.account),
  });
  deps.report('cohort-collected', { accounts: looks.length, posts, cohort: order.cohort, end });
};

/** When the first of the sources may be read again, if all of them named a time. */
const earliestWelcome = (looked: readonly Look[]): Instant | null => {
  const times = looked.map((look) => look.notBefore);
  if (times.length === 0 || times.includes(null)) return null;
  return times.filter((time) => time !== null).sort()[0] ?? null;
};

import { NETWORKS, type NetworkId } from '../../networks.js';
import { plus, type Duration, type Instant } from '../time.js';

interface RunFacts {
  readonly network: NetworkId;
  /** Accounts that share the host's quota, over all its cohorts. */
  readonly accountsOnHost: number;
  /** A contest of these accounts is in its campaign or quiet period. */
  readonly heated: boolean;
  readonly emptyRuns: number;
  readonly failedRuns: number;
  /** The host asked not to be called before. */
  readonly retryAt: Instant | null;
  /** 0 ≤ jitter < 1; spreads cohorts that would otherwise march in step. */
  readonly jitter: number;
}

/** In the heat of a contest nothing waits longer than this part of the network's ceiling: four looks a day. */
const HEATED_SHARE = 1 / 4;

/**
 * When a cohort is due again. It starts at the network's floor, or at what the host's quota allows for so many accounts,
 * doubles with each run that brought nothing or failed, and stays below the ceiling. Full jitter after failures, a tenth otherwise.
 */
export const nextDue = (at: Instant, facts: RunFacts): Instant => {
  const { floorMinutes, ceilingMinutes, quota } = NETWORKS[facts.network];
  const quotaMinutes = (facts.accountsOnHost * quota.callsPerLook * quota.minutes) / quota.calls;
  const floor = Math.max(floorMinutes, quotaMinutes);
  const ceiling = Math.max(floor, ceilingMinutes * (facts.heated ? HEATED_SHARE : 1));
  const doublings = Math.min(facts.emptyRuns + facts.failedRuns, 16);
  const minutes = Math.min(floor * 2 ** doublings, ceiling);
  const spread = facts.failedRuns > 0 ? minutes - floor : minutes / 10;
  const wait: Duration = { minutes: minutes - spread * facts.jitter };
  const due = plus(at, wait);
  return facts.retryAt !== null && facts.retryAt > due ? facts.retryAt : due;
};

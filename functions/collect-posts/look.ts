import type { AccountId } from '../../shared/domain/ids.js';
import type { Permission } from '../../shared/domain/registry/permit.js';
import { withHandedOver, type AccountScan } from '../../shared/domain/scanning/account-scan.js';
import { withLook, type CoverageReason } from '../../shared/domain/scanning/coverage.js';
import type { Instant } from '../../shared/domain/time.js';
import type { Reading, Throttle } from '../../shared/networks/connector.js';

/** What one look at one account came to. */
export interface Look {
  readonly account: AccountId;
  /** `null`: nobody looked, and nothing is to be said of it. */
  readonly reason: CoverageReason | null;
  /** The account's item to be stored, or `null` when nothing in it changed. */
  readonly store: AccountScan | null;
  readonly posts: number;
  readonly throttle: Throttle | null;
  readonly notBefore: Instant | null;
  /** The account has no place in this cohort (any more). */
  readonly leaving: boolean;
}

/** Nobody looked, and it stays where it is. */
export const silent = (account: AccountId): Look => ({
  account,
  reason: null,
  store: null,
  posts: 0,
  throttle: null,
  notBefore: null,
  leaving: false,
});

/** Its source is gone for good, or asked not to be read yet. */
export const rested = (scan: AccountScan): Look => ({ ...silent(scan.account), notBefore: scan.notBefore });

export const leavingCohort = (account: AccountId): Look => ({ ...silent(account), leaving: true });

/** Nobody looked; the ledger says why, so that silence is not read as compliance. */
export const afterRefusal = (
  scan: AccountScan,
  refusal: Exclude<Permission, { kind: 'granted' }>,
  at: Instant,
): Look => {
  if (refusal.kind === 'gates-closed') return unseen(scan, 'gates-closed', at);
  switch (refusal.reason) {
    case 'withdrawn':
    case 'not-read':
      return leavingCohort(scan.account);
    case 'not-confirmed':
    case 'not-identified':
      return silent(scan.account);
    case 'paused':
    case 'not-proved':
    case 'not-in-force':
    case 'no-active-contest':
    case 'host-not-approved':
      return unseen(scan, refusal.reason, at);
  }
};

const unseen = (scan: AccountScan, reason: CoverageReason, at: Instant): Look => {
  const coverage = withLook(scan.coverage, reason, at);
  const store =
    coverage === scan.coverage ? null : { ...scan, coverage: [...coverage], revision: scan.revision + 1 };
  return { ...silent(scan.account), store };
};

/** The account's item after its posts were handed over. A look that brought nothing new costs no write. */
export const afterReading = (scan: AccountScan, reading: Reading, key: string, at: Instant): Look => {
  const { posts, cursor, reason, throttle, notBefore, stop } = reading;
  const coverage = withLook(scan.coverage, reason, at);
  const rest = throttle?.scope === 'account' ? throttle.retryAt : notBefore;
  const changed =
    posts.length > 0 ||
    cursor !== scan.cursor ||
    coverage !== scan.coverage ||
    stop !== scan.stopped ||
    (rest !== null && rest !== scan.notBefore);
  const store: AccountScan = {
    ...scan,
    cursor,
    window: withHandedOver(scan.window, posts, key, at),
    coverage: [...coverage],
    posts: scan.posts + posts.length,
    notBefore: rest,
    stopped: stop,
    revision: scan.revision + 1,
  };
  return {
    account: scan.account,
    reason,
    store: changed ? store : null,
    posts: posts.length,
    throttle,
    notBefore,
    leaving: false,
  };
};

/** An account whose host asked for peace while its neighbours were looked at. */
export const afterThrottle = (scan: AccountScan, throttle: Throttle, at: Instant): Look =>
  afterReading(
    scan,
    {
      posts: [],
      deleted: [],
      cursor: scan.cursor,
      reason: 'throttled',
      throttle,
      notBefore: null,
      stop: scan.stopped,
    },
    '',
    at,
  );

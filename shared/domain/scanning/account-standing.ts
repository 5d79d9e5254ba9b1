import * as z from 'zod';
import { Count } from '../fields.js';
import { ITEM } from '../limits.js';
import type { Account } from '../registry/account.js';
import { Instant, minus } from '../time.js';
import type { AccountScan } from './account-scan.js';
import { CoverageReason, CoverageRun, lastingRuns } from './coverage.js';

/** Why an account was not looked at at all; beside the reasons that a look can have. */
export const StandingReason = z.enum([
  ...CoverageReason.options,
  'not-confirmed',
  // Nobody knows yet which account of its network the handle names; the account's look-up says why.
  'not-identified',
  'withdrawn',
  // The network is not read here: its posts come in only where somebody gives them in.
  'not-read',
  'not-yet-looked-at',
]);
export type StandingReason = z.infer<typeof StandingReason>;

/** What the ledger says of an account now. An account without a look is never said to be silent. */
export const AccountStanding = z.strictObject({
  reason: StandingReason,
  since: Instant.nullable(),
  /** The last look at the account's cohort. */
  lookedAt: Instant.nullable(),
  /** Posts handed to the screening so far. */
  posts: Count,
  /** The ledger, oldest first. */
  runs: z.array(CoverageRun).max(ITEM),
});
export type AccountStanding = z.infer<typeof AccountStanding>;

const notLooked = (account: Account, isRead: boolean): StandingReason => {
  switch (account.state) {
    case 'invited':
      return 'not-confirmed';
    case 'paused':
      return 'paused';
    case 'withdrawn':
      return 'withdrawn';
    case 'active':
      if (!isRead) return 'not-read';
      return account.identity === null ? 'not-identified' : 'not-yet-looked-at';
  }
};

interface Looks {
  /** What is kept of the account, of whatever registration. */
  readonly scan: AccountScan | null;
  /** Its cohort's last run. */
  readonly lookedAt: Instant | null;
  /** Whether this deployment reads its network. */
  readonly isRead: boolean;
  readonly at: Instant;
  /** For how many days the ledger speaks of what has ended. */
  readonly days: number;
}

/** A withdrawn registration's ledger ends as a whole, so many days after the withdrawal. */
const hasEnded = ({ state, lapses }: Account, { at, days }: Pick<Looks, 'at' | 'days'>): boolean => {
  const withdrawnAt = lapses.at(-1)?.from;
  return state === 'withdrawn' && withdrawnAt !== undefined && withdrawnAt <= minus(at, { days });
};

export const standingOf = (account: Account, looks: Looks): AccountStanding => {
  const { lookedAt, isRead, at, days } = looks;
  const scan = hasEnded(account, looks) ? null : looks.scan;
  const runs = scan === null ? [] : lastingRuns(scan.coverage, days, at);
  const posts = scan === null ? 0 : scan.posts;
  const last = runs.at(-1);
  const current = isRead && account.state === 'active' && scan?.epoch === account.epoch ? last : undefined;
  if (current === undefined)
    return { reason: notLooked(account, isRead), since: null, lookedAt: null, posts, runs };
  // The cohort's last run passed an account by that asked not to be read yet.
  const passedBy = scan?.notBefore != null && lookedAt !== null && lookedAt < scan.notBefore;
  return { reason: current.reason, since: current.since, lookedAt: passedBy ? null : lookedAt, posts, runs };
};

import * as z from 'zod';
import type { RetentionRules } from '../registry/agency.js';
import { Instant, minus } from '../time.js';

/** What a look at an account came to. Silence is never read as compliance. */
export const CoverageReason = z.enum([
  'seen',
  'nothing-new',
  'throttled',
  'private',
  'gone',
  'renamed',
  'suspended',
  'needs-token',
  'malformed',
  'unreachable',
  'paused',
  'page-cap',
  // Nobody looked, and why.
  'not-proved',
  'not-in-force',
  'no-active-contest',
  'host-not-approved',
  'gates-closed',
]);
export type CoverageReason = z.infer<typeof CoverageReason>;

/** A stretch of time with one reason; the last run of an account goes on with its cohort's last run. */
export const CoverageRun = z.strictObject({
  reason: CoverageReason,
  since: Instant,
  until: Instant.nullable(),
});
export type CoverageRun = z.infer<typeof CoverageRun>;

/** Both mean that everything public was read, so they are one run. */
const family = (reason: CoverageReason): CoverageReason => (reason === 'nothing-new' ? 'seen' : reason);

/** Of how many runs the ledger speaks at most: a source that flaps must not fill its item. */
const LEDGER_RUNS = 200;

/** Before an agency has recorded its rules: the longest that it may choose. */
const WITHOUT_RULES = { coverageDays: 180 } as const;

/** For how many days the ledger speaks of what has ended, by the agency's rule of this moment. */
export const ledgerDays = (rules: RetentionRules | null): number => (rules ?? WITHOUT_RULES).coverageDays;

/** The runs that still last by the agency's rule. */
export const lastingRuns = (runs: readonly CoverageRun[], days: number, at: Instant): CoverageRun[] => {
  const oldest = minus(at, { days });
  return runs.filter((run) => run.until === null || run.until > oldest);
};

/** The ledger after one more look, oldest first; the very same array when the run just goes on. */
export const withLook = (
  runs: readonly CoverageRun[],
  reason: CoverageReason,
  at: Instant,
): readonly CoverageRun[] => {
  const last = runs.at(-1);
  if (last?.until === null && last.reason === family(reason)) return runs;
  const ended = last?.until === null ? [...runs.slice(0, -1), { ...last, until: at }] : runs;
  return [...ended, { reason: family(reason), since: at, until: null }].slice(-LEDGER_RUNS);
};

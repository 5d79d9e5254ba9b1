import type { RetentionRules } from '../registry/agency.js';
import { plus, type Instant } from '../time.js';
import { FindingState, type Finding } from './finding.js';

/** States in which people have concluded; only what is in one of them comes to its end by the passing of time. */
export const ConcludedState = FindingState.extract(['dismissed', 'withdrawn', 'referred', 'confirmed']);
export type ConcludedState = (typeof ConcludedState)['options'][number];

/** Before an agency has recorded its rules: the longest that the law is read to allow. A referral then has no end yet. */
const WITHOUT_RULES = { dismissedDays: 14, withdrawnDays: 30 } as const;

/** For how many days a finding is kept in a state; `null` without an end. */
export const daysKept = (state: FindingState, rules: RetentionRules | null): number | null => {
  switch (state) {
    case 'indicated':
    case 'clarifying':
    case 'deciding':
    case 'objected':
      return null;
    case 'dismissed':
      return (rules ?? WITHOUT_RULES).dismissedDays;
    case 'withdrawn':
      return (rules ?? WITHOUT_RULES).withdrawnDays;
    case 'referred':
    case 'confirmed':
      return rules === null ? null : rules.referredDays;
  }
};

/** When a finding ends by the agency's rules of this moment. A legal hold puts that off, an open matter has no end. */
export const endOf = (
  { state, stateSince, legalHold }: Pick<Finding, 'state' | 'stateSince' | 'legalHold'>,
  rules: RetentionRules | null,
): Instant | null => {
  const days = daysKept(state, rules);
  if (days === null) return null;
  const end = plus(stateSince, { days });
  return legalHold !== null && legalHold.until > end ? legalHold.until : end;
};

export const hasEnded = (finding: Finding, rules: RetentionRules | null, at: Instant): boolean => {
  const end = endOf(finding, rules);
  return end !== null && end <= at;
};

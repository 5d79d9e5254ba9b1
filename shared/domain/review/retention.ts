import { lentDays } from '../../networks.js';
import type { RetentionRules } from '../registry/agency.js';
import { plus, type Instant } from '../time.js';
import { FindingState, type Finding } from './finding.js';

/** States in which people have concluded; what is in one of them comes to its end by the agency's rules. */
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

/** When a finding ends by its network's terms, in whatever state it is. What people gave in did not come by the network's leave. */
export const termEndOf = ({
  network,
  capturedAt,
  submitted,
}: Pick<Finding, 'network' | 'capturedAt' | 'submitted'>): Instant | null => {
  const days = lentDays(network);
  return days === null || submitted ? null : plus(capturedAt, { days });
};

type Ending = Pick<Finding, 'state' | 'stateSince' | 'legalHold' | 'network' | 'capturedAt' | 'submitted'>;

/** When a finding ends by the agency's rules of this moment. A legal hold puts that off, an open matter has no end but by terms. */
export const endOf = (finding: Ending, rules: RetentionRules | null): Instant | null => {
  const { state, stateSince, legalHold } = finding;
  const days = daysKept(state, rules);
  const ends = [days === null ? null : plus(stateSince, { days }), termEndOf(finding)];
  const [end] = ends.filter((one) => one !== null).sort();
  if (end === undefined) return null;
  return legalHold !== null && legalHold.until > end ? legalHold.until : end;
};

export const hasEnded = (finding: Finding, rules: RetentionRules | null, at: Instant): boolean => {
  const end = endOf(finding, rules);
  return end !== null && end <= at;
};

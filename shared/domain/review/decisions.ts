import type { FindingState, Telling } from './finding.js';
import type { ActKind } from './history.js';

/** A decision that an analyst may take. */
export type Decision = Extract<ActKind, 'dismiss' | 'clarify' | 'refer' | 'confirm' | 'withdraw'>;

/** Where an act leads, and who is to be told what. */
export interface Step {
  readonly to: FindingState;
  readonly holder: Telling | null;
  readonly supervisor: Telling | null;
}

export const step = (to: FindingState, holder: Telling | null, supervisor: Telling | null): Step => ({
  to,
  holder,
  supervisor,
});

/** Every decision by the state in which it may be taken; all others are refused. */
export const DECISIONS: Readonly<Record<Decision, Partial<Record<FindingState, Step>>>> = {
  dismiss: {
    indicated: step('dismissed', null, null),
    // Also where the question itself is still unsent: the mail with it may be under way at this moment.
    clarifying: step('dismissed', 'dismissed', null),
    deciding: step('dismissed', 'dismissed', null),
  },
  clarify: { indicated: step('clarifying', 'clarification', null) },
  refer: { deciding: step('referred', 'referred', 'referred') },
  confirm: { objected: step('confirmed', 'confirmed', 'confirmed') },
  withdraw: { objected: step('withdrawn', 'withdrawn', 'withdrawn') },
};

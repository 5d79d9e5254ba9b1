import { minus, type Instant } from '../domain/time.js';

/**
 * How long a claim keeps others off before it is given again. Two clocks that are each wrong by five minutes make ten of
 * it look past at once, and a hand-over still needs its time.
 */
export const CLAIM_MINUTES = 15;

/** A hand-over takes seconds, and Lambda's first retry comes after a minute: whoever holds a claim longer has failed. */
const HAND_OVER_MINUTES = 1;

/** What a claim that is not given again yet means to whoever asks. */
export const heldClaim = (claimedAt: Instant, at: Instant): 'busy' | 'in-doubt' =>
  claimedAt > minus(at, { minutes: HAND_OVER_MINUTES }) ? 'busy' : 'in-doubt';

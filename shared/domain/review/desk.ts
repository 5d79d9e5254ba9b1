import * as z from 'zod';
import { PersonId } from '../ids.js';
import { Instant } from '../time.js';

/** An item is one analyst's for so long, and again whenever they say that they are still at it. */
export const LEASE = { minutes: 20 } as const;

/** Why an item waits. Nothing about the holder, whose own window goes on. */
export const HoldReason = z.enum(['translation', 'advice', 'context', 'technical']);
export type HoldReason = z.infer<typeof HoldReason>;

/**
 * Who in the team has a finding before them. It lives in the finding's own item, so that the write which gives it to one
 * analyst is the write that keeps it from another.
 */
export const Desk = z.strictObject({
  lease: z.strictObject({ analyst: PersonId, until: Instant }).nullable(),
  holdUntil: Instant.nullable(),
  /** Who is out of it for good: they said that they are not free to judge, or it was taken from them. */
  away: z.array(PersonId),
});
export type Desk = z.infer<typeof Desk>;

export const EMPTY_DESK: Desk = { lease: null, holdUntil: null, away: [] };

/** Whose item it is at this moment; a lease that ran out is nobody's. */
export const leaseAt = ({ lease }: Desk, at: Instant): Desk['lease'] =>
  lease !== null && at < lease.until ? lease : null;

export const isOnHold = ({ holdUntil }: Desk, at: Instant): boolean => holdUntil !== null && at < holdUntil;

import * as z from 'zod';
import { PASSAGE } from '../limits.js';

export const GATE_NAMES = [
  'instrument',
  'impactAssessment',
  'officer',
  'notice',
  'retention',
  'contestCalendar',
] as const;
export type GateName = (typeof GATE_NAMES)[number];

/** A gate that is not open, why, and where somebody opens it. */
export const ClosedGate = z.strictObject({
  gate: z.enum(GATE_NAMES),
  problem: z.enum(['missing', 'expired', 'not-yet-valid']),
  remedy: z.string().max(PASSAGE),
});
export type ClosedGate = z.infer<typeof ClosedGate>;

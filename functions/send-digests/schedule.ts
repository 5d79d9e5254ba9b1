import * as z from 'zod';
import { instant } from '../../shared/domain/time.js';

/**
 * What the schedule sends: the moment the run was meant for, which stays the same when it comes late or twice.
 * EventBridge Scheduler writes `<aws.scheduler.scheduled-time>` without milliseconds.
 */
export const ScheduledRun = z.object({
  time: z.iso.datetime().transform((text) => instant(new Date(text))),
});
export type ScheduledRun = z.infer<typeof ScheduledRun>;

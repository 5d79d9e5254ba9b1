import * as z from 'zod';
import { ContestCalendar } from './contest.js';

/** Of the rules, the calendars alone. */
export const Calendars = z.object({ contests: z.array(z.object(ContestCalendar.shape)) });
export type Calendars = z.infer<typeof Calendars>;

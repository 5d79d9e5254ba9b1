import * as z from 'zod';
import { areHolidaysKnown } from '../calendar/holidays.js';
import { workingDaysAfter } from '../calendar/working-days.js';
import { addDays, Instant, localDate, minus, startOfDay, type TimeZone } from '../time.js';
import type { Finding, FindingState } from './finding.js';
import { termEndOf } from './retention.js';

/**
 * A time that runs beside a finding. `reply` is the holder's window. The others run outside of Netral, and only if a
 * person reports the referral on the day it was concluded: `satgas` is the task force's verification (7 days), `bawaslu`
 * the study after it (3 working days). They are shown; nothing is filed when they end. `terms`: then the finding is deleted,
 * whatever was concluded, because its network lends what it gives for some days only.
 */
export const RunningClock = z.strictObject({
  clock: z.enum(['reply', 'satgas', 'bawaslu', 'terms']),
  from: Instant,
  until: Instant,
  /** Whether all holidays in it are on file; if not, its true end may be later. */
  holidaysKnown: z.boolean(),
});
export type RunningClock = z.infer<typeof RunningClock>;

const SATGAS_DAYS = 7;
const BAWASLU_WORKING_DAYS = 3;

/** States in which there is a referral that a person may report. */
const REPORTABLE: readonly FindingState[] = ['referred', 'objected', 'confirmed'];

const replyClock = ({ history, replyBy }: Finding, zone: TimeZone): RunningClock[] => {
  const told = history.findLast(({ act }) => act === 'notify');
  if (told === undefined || replyBy === null) return [];
  // It ends with the midnight after its last day.
  const days = [told.at, minus(replyBy, { seconds: 1 })];
  const holidaysKnown = days.every((at) => areHolidaysKnown(localDate(at, zone)));
  return [{ clock: 'reply', from: told.at, until: replyBy, holidaysKnown }];
};

const processClocks = ({ history, state }: Finding, zone: TimeZone): RunningClock[] => {
  const concluded = history.find(({ act }) => act === 'refer');
  if (concluded === undefined || !REPORTABLE.includes(state)) return [];
  const lastDay = addDays(localDate(concluded.at, zone), SATGAS_DAYS);
  const verified = startOfDay(addDays(lastDay, 1), zone);
  const studied = workingDaysAfter(startOfDay(lastDay, zone), BAWASLU_WORKING_DAYS, zone);
  return [
    // Its days are calendar days, so no holiday moves its end.
    { clock: 'satgas', from: concluded.at, until: verified, holidaysKnown: true },
    { clock: 'bawaslu', from: verified, ...studied },
  ];
};

const termsClock = (finding: Finding): RunningClock[] => {
  const until = termEndOf(finding);
  return until === null ? [] : [{ clock: 'terms', from: finding.capturedAt, until, holidaysKnown: true }];
};

/** The clocks of a finding: those of the process in the order in which they end, then that of the network. */
export const clocksOf = (finding: Finding, zone: TimeZone): RunningClock[] => [
  ...replyClock(finding, zone),
  ...processClocks(finding, zone),
  ...termsClock(finding),
];

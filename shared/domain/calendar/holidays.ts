import calendar from '../../../packs/calendar/indonesia.json' with { type: 'json' };
import { daysBetween, LocalDate } from '../time.js';

/** What `HolidayCalendar` asks of it is shown by a test, so no start has to. */
const FIXED: ReadonlySet<string> = new Set(calendar.fixed.map(({ day }) => day));
const DECREED: ReadonlySet<string> = new Set(
  calendar.years.flatMap(({ days }) => days.map(({ date }) => date)),
);
const KNOWN = new Set(calendar.years.map(({ year }) => String(year)));

/** The last year whose movable holidays are on file. */
export const LAST_KNOWN_YEAR = Math.max(...calendar.years.map(({ year }) => year));

/** Windows and clocks run into the next year well before it begins, and its decree is known in autumn. */
const NOTICE_DAYS = 60;

/** Whether the last year whose holidays are on file ends within 60 days of this one, or has ended. */
export const areHolidaysEnding = (today: LocalDate, lastYear: number = LAST_KNOWN_YEAR): boolean =>
  daysBetween(today, LocalDate.parse(`${lastYear}-12-31`)) < NOTICE_DAYS;

/** Whether the decree on that year's holidays is on file. Without it only weekends and fixed dates are known. */
export const areHolidaysKnown = (date: LocalDate): boolean => KNOWN.has(date.slice(0, 4));

export const isHoliday = (date: LocalDate): boolean => FIXED.has(date.slice(5)) || DECREED.has(date);

import { addDays, localDate, startOfDay, type Instant, type LocalDate, type TimeZone } from '../time.js';
import { areHolidaysKnown, isHoliday } from './holidays.js';

export const isWorkingDay = (date: LocalDate): boolean => {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(date);
};

/** The end of a number of working days. */
export interface WorkingDaysEnd {
  readonly until: Instant;
  /**
   * Whether the holidays of every year that was counted are on file. If not, the true end may be later: a holiday may
   * have been counted as a working day, and whoever is shown the end is told so.
   */
  readonly holidaysKnown: boolean;
}

/**
 * The end of the n-th working day after the day of `at`, in a zone. Nobody loses the part of the first day that is over
 * when the mail comes.
 */
export const workingDaysAfter = (at: Instant, days: number, zone: TimeZone): WorkingDaysEnd => {
  let date = localDate(at, zone);
  let holidaysKnown = true;
  for (let left = days; left > 0;) {
    date = addDays(date, 1);
    holidaysKnown &&= areHolidaysKnown(date);
    if (isWorkingDay(date)) left -= 1;
  }
  return { until: startOfDay(addDays(date, 1), zone), holidaysKnown };
};

export const plusWorkingDays = (at: Instant, days: number, zone: TimeZone): Instant =>
  workingDaysAfter(at, days, zone).until;

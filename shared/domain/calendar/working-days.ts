import { addDays, localDate, startOfDay, type Instant, type LocalDate, type TimeZone } from '../time.js';

/** National holidays on the same date each year (Keppres 24/1953 as amended). Movable ones are announced year by year. */
const FIXED_HOLIDAYS: readonly string[] = ['01-01', '05-01', '06-01', '08-17', '12-25'];

export const isWorkingDay = (date: LocalDate): boolean => {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !FIXED_HOLIDAYS.includes(date.slice(5));
};

/**
 * The end of the n-th working day after the day of `at`, in a zone. Nobody loses the part of the first day that is over
 * when the mail comes.
 */
export const plusWorkingDays = (at: Instant, days: number, zone: TimeZone): Instant => {
  let date = localDate(at, zone);
  for (let left = days; left > 0;) {
    date = addDays(date, 1);
    if (isWorkingDay(date)) left -= 1;
  }
  return startOfDay(addDays(date, 1), zone);
};

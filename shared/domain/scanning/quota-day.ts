import { instant, LocalDate, type Instant } from '../time.js';

const LOS_ANGELES = 'America/Los_Angeles';
const HOUR = 3_600_000;

/** A day that quotas are counted in: it begins and ends at midnight in Los Angeles, in summer and in winter time. */
export const quotaDayAt = (at: Instant): { readonly day: LocalDate; readonly endsAt: Instant } => {
  // Made here, since they take 10 ms of a start, and only YouTube's quota counts by them. Swedes write days as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: LOS_ANGELES, dateStyle: 'short' });
  const hour = new Intl.DateTimeFormat('en-US', {
    timeZone: LOS_ANGELES,
    hour: 'numeric',
    hourCycle: 'h23',
  });
  const today = day.format(Date.parse(at));
  const tomorrow = Date.parse(`${today}T00:00:00.000Z`) + 24 * HOUR;
  const inSummer = tomorrow + 7 * HOUR;
  const endsAt = instant(new Date(Number(hour.format(inSummer)) === 0 ? inSummer : inSummer + HOUR));
  return { day: LocalDate.parse(today), endsAt };
};

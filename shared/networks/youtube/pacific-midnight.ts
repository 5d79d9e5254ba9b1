import { instant, type Instant } from '../../domain/time.js';

const LOS_ANGELES = 'America/Los_Angeles';
/** Swedes write days as ISO 8601 does. */
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: LOS_ANGELES, dateStyle: 'short' });
const hour = new Intl.DateTimeFormat('en-US', {
  timeZone: LOS_ANGELES,
  hour: 'numeric',
  hourCycle: 'h23',
});
const HOUR = 3_600_000;

/** When the day that quotas are counted in ends: the next midnight in Los Angeles, in summer and in winter time. */
export const nextPacificMidnight = (at: Instant): Instant => {
  const today = day.format(Date.parse(at));
  const tomorrow = Date.parse(`${today}T00:00:00.000Z`) + 24 * HOUR;
  const inSummer = tomorrow + 7 * HOUR;
  return instant(new Date(Number(hour.format(inSummer)) === 0 ? inSummer : inSummer + HOUR));
};

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant, millisecondsBetween, plus } from '../../../shared/domain/time.js';
import { quotaDayAt } from '../../../shared/domain/scanning/quota-day.js';

it.each([
  ['in winter', '2026-11-23T05:00:00.000Z', '2026-11-23T08:00:00.000Z'],
  ['in summer', '2026-07-01T12:00:00.000Z', '2026-07-02T07:00:00.000Z'],
  ['at midnight itself, a day later', '2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00.000Z'],
  ['on the day that clocks go forward', '2026-03-08T09:00:00.000Z', '2026-03-09T07:00:00.000Z'],
  ['on the day that clocks go back', '2026-11-01T07:00:00.000Z', '2026-11-02T08:00:00.000Z'],
  ['on the last day of a year', '2027-01-01T07:59:59.999Z', '2027-01-01T08:00:00.000Z'],
])('the day of quotas ends at midnight in Los Angeles %s', (_, at, midnight) => {
  expect(quotaDayAt(instant(new Date(at))).endsAt).toBe(midnight);
});

it('lies ahead, by 25 hours at most, and is midnight there', () => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Los_Angeles', timeStyle: 'medium' });
  const moments = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2040-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, (date) => {
      const at = instant(date);
      const { day, endsAt: midnight } = quotaDayAt(at);
      expect(quotaDayAt(plus(midnight, { seconds: -1 })).day).toBe(day);
      expect(quotaDayAt(midnight).day > day).toBe(true);
      expect(clock.format(Date.parse(midnight))).toBe('00:00:00');
      expect(millisecondsBetween(at, midnight)).toBeGreaterThan(0);
      expect(millisecondsBetween(at, midnight)).toBeLessThanOrEqual(25 * 3_600_000);
    }),
  );
});

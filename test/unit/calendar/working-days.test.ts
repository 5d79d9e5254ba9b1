import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkingDay, plusWorkingDays } from '../../../shared/domain/calendar/working-days.js';
import { addDays, Instant, localDate, LocalDate, localTime, TimeZone } from '../../../shared/domain/time.js';

const end = (at: string, days: number, zone: TimeZone = 'Asia/Jakarta') =>
  plusWorkingDays(Instant.parse(at), days, zone);

describe('a working day', () => {
  it.each([
    ['2026-11-20', 'a Friday', true],
    ['2026-11-21', 'a Saturday', false],
    ['2026-11-22', 'a Sunday', false],
    ['2026-11-23', 'a Monday', true],
    ['2026-01-01', 'New Year', false],
    ['2026-05-01', 'Labour Day', false],
    ['2026-06-01', 'Pancasila Day, a Monday', false],
    ['2026-08-17', 'Independence Day, a Monday', false],
    ['2026-12-25', 'Christmas, a Friday', false],
    ['2026-12-24', 'the day before it', true],
  ])('%s, %s: %s', (date, _, expected) => {
    expect(isWorkingDay(LocalDate.parse(date))).toBe(expected);
  });
});

describe('the end of working days', () => {
  it('is the midnight after the last of them, where the people are', () => {
    expect(end('2026-11-23T05:00:00.000Z', 3)).toBe('2026-11-26T17:00:00.000Z');
    expect(end('2026-11-23T05:00:00.000Z', 3, 'Asia/Makassar')).toBe('2026-11-26T16:00:00.000Z');
    expect(end('2026-11-23T05:00:00.000Z', 3, 'Asia/Jayapura')).toBe('2026-11-26T15:00:00.000Z');
  });

  it('counts from the day it is there, not in UTC', () => {
    // Half past eleven in the evening of the 23rd in Jakarta; in Jayapura it is the 24th already.
    expect(end('2026-11-23T16:30:00.000Z', 1)).toBe('2026-11-24T17:00:00.000Z');
    expect(end('2026-11-23T16:30:00.000Z', 1, 'Asia/Jayapura')).toBe('2026-11-25T15:00:00.000Z');
  });

  it('leaves out a weekend and a holiday', () => {
    expect(end('2026-11-20T05:00:00.000Z', 1)).toBe('2026-11-23T17:00:00.000Z');
    expect(end('2026-12-24T05:00:00.000Z', 1)).toBe('2026-12-28T17:00:00.000Z');
  });

  it('does not begin to count on a Sunday', () => {
    expect(end('2026-11-22T05:00:00.000Z', 1)).toBe('2026-11-23T17:00:00.000Z');
  });

  it('is midnight on a working day, with exactly so many working days gone by, and never earlier for a later start', () => {
    const moment = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
      .map((date) => Instant.parse(date.toISOString()));
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom(...TimeZone.options),
        (left, right, days, zone) => {
          const [at, later] = left < right ? [left, right] : [right, left];
          const until = plusWorkingDays(at, days, zone);
          expect(localTime(until, zone)).toBe('00:00');
          const last = addDays(localDate(until, zone), -1);
          expect(isWorkingDay(last)).toBe(true);
          let counted = 0;
          for (let day = localDate(at, zone); day < last;) {
            day = addDays(day, 1);
            if (isWorkingDay(day)) counted += 1;
          }
          expect(counted).toBe(days);
          expect(until <= plusWorkingDays(later, days, zone)).toBe(true);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import calendar from '../../../packs/calendar/indonesia.json' with { type: 'json' };
import { HolidayCalendar } from '../../../shared/domain/calendar/holiday-calendar.js';
import { LAST_KNOWN_YEAR } from '../../../shared/domain/calendar/holidays.js';
import {
  isWorkingDay,
  plusWorkingDays,
  workingDaysAfter,
} from '../../../shared/domain/calendar/working-days.js';
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
    ['2026-12-24', 'joint leave before it', false],
    ['2026-12-23', 'the day before both', true],
    ['2025-08-18', 'joint leave that was decreed eleven days before', false],
    ['2026-03-19', 'Nyepi', false],
    ['2026-03-20', 'joint leave between Nyepi and Idul Fitri', false],
    ['2026-03-25', 'the first day after Idul Fitri', true],
    ['2026-05-27', 'Idul Adha', false],
    ['2027-05-03', 'a Monday of a year without a decree on file', true],
    ['2027-01-01', 'a fixed holiday of such a year', false],
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

  it('passes over Nyepi and Idul Fitri in one', () => {
    expect(end('2026-03-17T05:00:00.000Z', 1)).toBe('2026-03-25T17:00:00.000Z');
  });

  it('says when it was counted over days whose holidays nobody has put on file', () => {
    const reach = (at: string, days: number) =>
      workingDaysAfter(Instant.parse(at), days, 'Asia/Jakarta').holidaysKnown;
    expect(LAST_KNOWN_YEAR).toBe(2026);
    expect(reach('2026-12-28T05:00:00.000Z', 3)).toBe(true);
    expect(reach('2026-12-28T05:00:00.000Z', 4)).toBe(false);
    expect(reach('2027-06-01T05:00:00.000Z', 1)).toBe(false);
    expect(reach('2024-12-30T05:00:00.000Z', 2)).toBe(false);
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

describe('the calendar of holidays', () => {
  const year = (days: readonly { readonly date: string }[]) => ({
    version: '1.0.0',
    reservation: { id: 'contoh', en: 'sample' },
    fixed: [{ day: '01-01', name: { id: 'Tahun Baru', en: 'New Year' } }],
    years: [
      {
        year: 2027,
        sources: ['Keputusan contoh'],
        days: days.map(({ date }) => ({ date, kind: 'national', name: { id: 'Libur', en: 'Holiday' } })),
      },
    ],
  });

  it.each([
    ['of another year', [{ date: '2028-01-02' }]],
    ['that is no date', [{ date: '2027-02-30' }]],
    ['that is there twice', [{ date: '2027-02-06' }, { date: '2027-02-06' }]],
  ])('takes no day %s', (_, days) => {
    expect(HolidayCalendar.safeParse(year(days)).success).toBe(false);
  });

  it('is as it stands on file', () => {
    expect(HolidayCalendar.parse(calendar)).toEqual(calendar);
  });

  it('takes a year of holidays', () => {
    expect(HolidayCalendar.safeParse(year([{ date: '2027-02-06' }])).success).toBe(true);
  });
});

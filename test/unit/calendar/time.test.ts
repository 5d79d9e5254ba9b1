import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  epochSeconds,
  instant,
  Instant,
  localDate,
  LocalDate,
  localTime,
  milliseconds,
  millisecondsBetween,
  minus,
  plus,
  startOfDay,
  TimeZone,
  zoneAbbreviation,
} from '../../../shared/domain/time.js';

const moments = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map(instant);
const zones = fc.constantFrom(...TimeZone.options);
const at = Instant.parse('2026-11-23T16:30:00.000Z');

describe('an instant', () => {
  it.each([
    '2026-11-23T16:30:00Z',
    '2026-11-23T16:30:00.000000Z',
    '2026-11-23T16:30:00.000+07:00',
    '2026-11-23',
    '2026-13-01T00:00:00.000Z',
  ])('is not %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });

  it('sorts as text as it does in time', () => {
    fc.assert(
      fc.property(moments, moments, (left, right) => {
        expect(left < right).toBe(millisecondsBetween(left, right) > 0);
      }),
    );
  });

  it('comes back after plus and minus of any duration', () => {
    const duration = fc.record({
      days: fc.nat(400),
      hours: fc.nat(99),
      minutes: fc.nat(99),
      seconds: fc.nat(99),
    });
    fc.assert(
      fc.property(moments, duration, (moment, length) => {
        expect(minus(plus(moment, length), length)).toBe(moment);
        expect(millisecondsBetween(moment, plus(moment, length))).toBe(milliseconds(length));
      }),
    );
  });

  it('is whole seconds for a time to live', () => {
    expect(epochSeconds(Instant.parse('2026-11-23T16:30:00.999Z'))).toBe(1_795_451_400);
  });
});

describe('a local day', () => {
  it('is told by the wall in each zone', () => {
    expect(TimeZone.options.map((zone) => `${localDate(at, zone)} ${localTime(at, zone)}`)).toEqual([
      '2026-11-23 23:30',
      '2026-11-24 00:30',
      '2026-11-24 01:30',
    ]);
    expect(TimeZone.options.map(zoneAbbreviation)).toEqual(['WIB', 'WITA', 'WIT']);
  });

  it('agrees with the zones of the world', () => {
    fc.assert(
      fc.property(moments, zones, (moment, timeZone) => {
        const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        expect(`${localDate(moment, timeZone)} ${localTime(moment, timeZone)}`).toBe(
          parts.format(new Date(moment)),
        );
      }),
    );
  });

  it('begins at its midnight and holds every moment until the next', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const day = localDate(moment, zone);
        expect(startOfDay(day, zone) <= moment).toBe(true);
        expect(moment < startOfDay(addDays(day, 1), zone)).toBe(true);
      }),
    );
  });

  it('is followed by the next one over the ends of months and years', () => {
    expect(addDays(LocalDate.parse('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(LocalDate.parse('2028-03-01'), -1)).toBe('2028-02-29');
  });
});

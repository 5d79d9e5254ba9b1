import { describe, expect, it } from 'vitest';
import { watchCalendar } from '../../../functions/keep-time/watch-calendar.js';
import { areHolidaysEnding, LAST_KNOWN_YEAR } from '../../../shared/domain/calendar/holidays.js';
import { Instant, LocalDate } from '../../../shared/domain/time.js';
import { anAgency } from '../../fixtures/registry.js';

const run = async (at: string, agency = anAgency()) => {
  const reports: unknown[] = [];
  const tally = await watchCalendar({
    agency: { read: () => Promise.resolve(agency) },
    now: () => Instant.parse(at),
    report: (event, facts) => reports.push([event, facts]),
  })();
  return { tally, reports };
};
const warned = { tally: { warned: 1 }, reports: [['holidays-ending', { runs: 1, until: '2026' }]] };

describe('the watch on the calendar of holidays', () => {
  it('says nothing 60 days before its end, by the agency’s own day, and warns from the next day on', async () => {
    expect(LAST_KNOWN_YEAR).toBe(2026);
    expect(await run('2026-11-01T16:59:59.999Z')).toEqual({ tally: {}, reports: [] });
    expect(await run('2026-11-01T17:00:00.000Z')).toEqual(warned);
    expect(await run('2026-11-01T16:59:59.999Z', anAgency({ timeZone: 'Asia/Jayapura' }))).toEqual(warned);
    expect(await run('2027-06-01T00:00:00.000Z')).toEqual(warned);
  });

  it.each([
    ['2026-11-01', 2026, false],
    ['2026-11-02', 2026, true],
    ['2027-01-01', 2026, true],
    ['2026-12-31', 2027, false],
  ] as const)('on %s, with holidays until %i, is due: %s', (today, year, due) => {
    expect(areHolidaysEnding(LocalDate.parse(today), year)).toBe(due);
  });
});

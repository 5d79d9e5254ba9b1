import { areHolidaysEnding, LAST_KNOWN_YEAR } from '../../shared/domain/calendar/holidays.js';
import { localDate } from '../../shared/domain/time.js';
import type { Tally } from '../../shared/job-run.js';
import type { AgencyStore, Clock, Report } from '../../shared/ports.js';

interface WatchCalendarDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly now: Clock;
  readonly report: Report;
}

/** Tells operators in time that the holidays on file come to their end. It reports nothing while they do not, so nothing is counted. */
export const watchCalendar =
  ({ agency: agencies, now, report }: WatchCalendarDeps) =>
  async (): Promise<Tally> => {
    const agency = await agencies.read();
    if (agency === null || !areHolidaysEnding(localDate(now(), agency.timeZone))) return {};
    report('holidays-ending', { runs: 1, until: String(LAST_KNOWN_YEAR) });
    return { warned: 1 };
  };

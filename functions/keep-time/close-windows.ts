import { jobActs } from '../../shared/domain/review/transition.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { AgencyStore, Clock, FindingStore, Report } from '../../shared/ports.js';

export interface CloseWindowsDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly findings: Pick<FindingStore, 'byId' | 'save' | 'windowEndedBy'>;
  readonly now: Clock;
  readonly report: Report;
}

const WINDOWS_PER_RUN = 1_000;

/** Ends the holder's window to answer where its time is over; what to make of the silence is for people to say. */
export const closeWindows =
  ({ agency: agencies, findings, now, report }: CloseWindowsDeps) =>
  async (): Promise<Tally> => {
    const agency = await agencies.read();
    if (agency === null) return {};
    const around = { at: now(), settings: agency.review, timeZone: agency.timeZone };

    const close = async (listed: Pick<Finding, 'id'>): Promise<'closed' | 'stale' | 'moved-on'> => {
      const finding = await findings.byId(listed.id);
      if (finding === null) return 'moved-on';
      const ended = jobActs(finding, { kind: 'close-window', job: 'keep-time' }, around);
      if (ended.kind === 'refused') return 'moved-on';
      return (await findings.save(ended.finding)) === 'saved' ? 'closed' : 'stale';
    };

    const run = startRun();
    for (const finding of await findings.windowEndedBy(around.at, WINDOWS_PER_RUN))
      await run.attempt(() => close(finding));
    return run.end('windows-closed', report);
  };

import { KEPT_AFTER_ANSWER } from '../../shared/domain/requests/holder-request.js';
import { minus } from '../../shared/domain/time.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { Clock, RecordStore, Report, RequestStore } from '../../shared/ports.js';

export interface EndRequestsDeps {
  readonly requests: Pick<RequestStore, 'answeredBy' | 'remove'>;
  readonly record: Pick<RecordStore, 'appendOnce'>;
  readonly now: Clock;
  readonly report: Report;
}

const PER_RUN = 1_000;

/** Deletes requests to the officer that were answered so long ago, each with a receipt under its opaque id. */
export const endRequests =
  ({ requests, record, now, report }: EndRequestsDeps) =>
  async (): Promise<Tally> => {
    const run = startRun();
    for (const { id } of await requests.answeredBy(minus(now(), KEPT_AFTER_ANSWER), PER_RUN))
      await run.attempt(async () => {
        await record.appendOnce(`request-ended#${id}`, {
          kind: 'ended',
          at: now(),
          rule: 'retention',
          what: 'request',
          name: id,
        });
        await requests.remove(id);
        return 'ended';
      });
    return run.end('requests-ended', report);
  };

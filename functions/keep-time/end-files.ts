import { FILE_ENDS } from '../../shared/domain/files.js';
import { minus } from '../../shared/domain/time.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { Clock, FileStore, Report } from '../../shared/ports.js';

export interface EndFilesDeps {
  readonly files: Pick<FileStore, 'eraseOld'>;
  readonly now: Clock;
  readonly report: Report;
}

/** Deletes copies that nobody fetches any more and uploads that nothing names; the files of findings end with them. */
export const endFiles =
  ({ files, now, report }: EndFilesDeps) =>
  async (): Promise<Tally> => {
    const run = startRun();
    let ended = 0;
    for (const { folder, days } of FILE_ENDS)
      await run.attempt(async () => {
        ended += await files.eraseOld(folder, minus(now(), { days }));
        return null;
      });
    return run.end('files-ended', report, { ended });
  };

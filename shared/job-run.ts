import type { Report } from './ports.js';

/** How many pieces of a job's work ended in which way. */
export type Tally = Readonly<Record<string, number>>;

/**
 * One run of a scheduled job: many pieces of work, of which a failing one keeps nobody else waiting. At its end the job
 * fails if any piece did, so that the alarm sees it.
 */
export interface JobRun {
  /** Does a piece and counts how it says that it ended; `null` is not counted. */
  readonly attempt: (piece: () => Promise<string | null>) => Promise<void>;
  /** Reports the counts, and `more` of the job's own, as one event. Throws an `AggregateError` of all failures. */
  readonly end: (event: string, report: Report, more?: Tally) => Tally;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export const startRun = (): JobRun => {
  const tally: Record<string, number> = {};
  const failures: unknown[] = [];
  return {
    attempt: async (piece) => {
      const end = await piece().catch((error: unknown) => {
        failures.push(error);
        return 'failed';
      });
      if (end !== null) tally[end] = (tally[end] ?? 0) + 1;
    },
    end: (event, report, more = {}) => {
      const counts = { ...tally, ...more };
      report(event, counts);
      if (failures.length === 0) return counts;
      // Errors are named, not quoted: their messages may hold an address.
      const names = [...new Set(failures.map(nameOf))].join(', ');
      throw new AggregateError(failures, `${event}: ${failures.length} failed (${names})`);
    },
  };
};

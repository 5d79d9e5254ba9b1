import type { Tally } from '../../shared/job-run.js';

type Job = () => Promise<Tally>;

/** Runs the jobs one after the other. One that fails holds up none after it; at the end the run fails with all failures. */
export const keepTime = (jobs: Readonly<Record<string, Job>>) => async (): Promise<Record<string, Tally>> => {
  const tallies: Record<string, Tally> = {};
  const failures: unknown[] = [];
  for (const [name, job] of Object.entries(jobs))
    try {
      tallies[name] = await job();
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw new AggregateError(failures, `keep-time: ${failures.length} jobs failed`);
  return tallies;
};

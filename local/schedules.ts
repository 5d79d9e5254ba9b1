import { Cron } from 'croner';
import { FUNCTIONS } from '../shared/functions.js';
import { instant, type TimeZone } from '../shared/domain/time.js';
import { SCHEDULED, type Functions, type ScheduledFunction } from './functions.js';

const pattern = (name: ScheduledFunction): string => {
  const { trigger } = FUNCTIONS[name];
  if (trigger.kind === 'schedule') return `*/${trigger.every.minutes} * * * *`;
  const [hour, minute] = trigger.at.split(':').map(Number);
  return `${minute ?? 0} ${hour ?? 0} * * *`;
};

/** The schedules as deployed. A run that is still going is not started again; a failed one is logged by its function. */
export const startSchedules = (functions: Functions, timeZone: TimeZone, failed: (name: string) => void) => {
  const jobs = SCHEDULED.map(
    (name) =>
      new Cron(
        pattern(name),
        {
          timezone: timeZone,
          protect: true,
          catch: () => {
            failed(name);
          },
        },
        async () => {
          await functions.run(name, instant(new Date()));
        },
      ),
  );
  return {
    stop: (): void => {
      for (const job of jobs) job.stop();
    },
  };
};

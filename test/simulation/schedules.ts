import { FUNCTIONS } from '../../shared/functions.js';
import { instant, localTime, type Instant } from '../../shared/domain/time.js';
import type { Chance } from './chance.js';
import type { Job } from './functions.js';
import type { Scheduler } from './scheduler.js';
import type { Weather } from './weather.js';

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly startedAt: number;
  readonly until: number;
  /** How to run a job; whether it succeeded. */
  readonly runJob: (job: Job) => (time: Instant) => Promise<boolean>;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Lambda tries a run that failed twice more, after one minute and after two. */
const RETRIES = [MINUTE, 2 * MINUTE] as const;

/** Jobs come at a third of their pace: most runs find nothing to do, and their number is most of what a simulation costs. */
const PACE = 3;

const JOB_NAMES = [
  'plan-scans',
  'identify-accounts',
  'notify-holders',
  'send-digests',
  'keep-time',
] as const satisfies readonly Job[];

/** Milliseconds until the next time at which the wall clock in Jakarta shows this. */
const untilLocal = (time: number, clock: string): number => {
  for (let wait = 0; wait <= DAY; wait += MINUTE)
    if (localTime(instant(new Date(time + wait)), 'Asia/Jakarta') === clock) return wait;
  throw new Error(`No day has ${clock}`);
};

/** The schedules as deployed; while the weather is bad a run may be missed, come twice, or come late. */
export const startSchedules = (around: Surroundings): void => {
  const { scheduler, chance, weather, startedAt, until, runJob } = around;
  for (const job of JOB_NAMES) {
    const { trigger } = FUNCTIONS[job];
    const every = trigger.kind === 'daily' ? DAY : PACE * trigger.every.minutes * MINUTE;
    const first =
      trigger.kind === 'daily' ? untilLocal(scheduler.time(), trigger.at) : chance.between(0, every);
    const run = runJob(job);

    const dispatch = async (time: Instant): Promise<void> => {
      if (await run(time)) return;
      for (const wait of RETRIES) {
        // What comes too late is not worth it any more: the next one is due.
        if (wait >= every) return;
        await scheduler.sleep(wait);
        if (await run(time)) return;
      }
    };
    const tick = (): void => {
      const time = scheduler.now();
      const isStormy = scheduler.time() - startedAt < weather.healsAfter;
      const { missed, doubled, late } = isStormy ? weather.schedule : { missed: 0, doubled: 0, late: 0 };
      const wait = (): number => (chance.happens(late) ? chance.between(0, Math.min(every, 30 * MINUTE)) : 0);
      const times = chance.happens(missed) ? 0 : chance.happens(doubled) ? 2 : 1;
      for (let copy = 0; copy < times; copy += 1) scheduler.after(wait(), () => void dispatch(time));
      if (scheduler.time() + every < until) scheduler.after(every, tick);
    };
    scheduler.after(first, tick);
  }
};

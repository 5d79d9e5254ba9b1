import { FUNCTIONS, type FunctionName } from '../../shared/functions.js';
import { instant, milliseconds } from '../../shared/domain/time.js';
import type { Clock } from '../../shared/ports.js';
import type { Chance } from './chance.js';
import type { Scheduler } from './scheduler.js';
import type { Trace } from './trace.js';
import type { Service, Weather } from './weather.js';

/** A dependency did not do what it was asked, or did and could not say so. */
export class DependencyError extends Error {
  override readonly name = 'DependencyError';
}

/** Kills one process of a job at one of its calls. */
export interface Kill {
  readonly job: FunctionName;
  /** Which of the job's runs, and which call in it, both from 0. */
  readonly run: number;
  readonly call: number;
  readonly moment: 'before' | 'after';
}

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly startedAt: number;
  readonly kill: Kill | null;
}

type Fault = 'none' | 'die-before' | 'die-after' | 'refuse' | 'lose' | 'hang' | 'slow';

/** How a run ended: it came to its end, it failed, or its process died or ran out of time. */
export type End<Result> =
  { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'failed' | 'dead' };

/** One process of a function. It dies with its memory; another one starts cold. */
export interface Process {
  readonly now: Clock;
  readonly isAlive: () => boolean;
  readonly isFree: () => boolean;
  /** A port as this process reaches it: each call takes time, and is where things go wrong. */
  readonly through: <Port extends object>(service: Service, label: string, port: Port) => Port;
  /** Has the process do one piece of work within the function's time. */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<End<Result>>;
  readonly remaining: () => number;
}

export interface Processes {
  readonly start: (job: FunctionName) => Process;
  /** How many calls each run of a job has made so far. */
  readonly calls: (job: FunctionName) => readonly number[];
}

const never = (): Promise<never> => new Promise(() => undefined);

export const processes = (around: Surroundings): Processes => {
  const { scheduler, trace, weather, startedAt } = around;
  const runs = new Map<FunctionName, number[]>();
  const runsOf = (job: FunctionName): number[] => {
    const counts = runs.get(job) ?? [];
    runs.set(job, counts);
    return counts;
  };
  let started = 0;

  const isDown = (service: Service): boolean => {
    const at = scheduler.time() - startedAt;
    return weather.outages.some(
      (outage) => outage.service === service && outage.from <= at && at < outage.to,
    );
  };

  const start = (job: FunctionName): Process => {
    started += 1;
    const chance = around.chance.fork(`${job} ${started}`);
    const skew = chance.between(-1, 1) * milliseconds({ minutes: weather.skewMinutes });
    const counts = runsOf(job);
    let alive = true;
    let running: { readonly ordinal: number; readonly endsAt: number; readonly die: () => void } | null =
      null;

    const kill = (why: string): void => {
      if (!alive) return;
      trace.note(`${job} dies: ${why}`);
      alive = false;
      running?.die();
    };

    const planned = (call: number): Fault => {
      const plan = around.kill;
      return plan?.job === job && plan.run === running?.ordinal && plan.call === call
        ? `die-${plan.moment}`
        : 'none';
    };

    const drawn = (): Fault => {
      if (scheduler.time() - startedAt >= weather.healsAfter) return 'none';
      const { die, refuse, lose, hang, slow } = weather.call;
      let draw = chance.next();
      for (const [fault, probability] of [
        ['die-before', die / 2],
        ['die-after', die / 2],
        ['refuse', refuse],
        ['lose', lose],
        ['hang', hang],
        ['slow', slow],
      ] as const) {
        if (draw < probability) return fault;
        draw -= probability;
      }
      return 'none';
    };

    const faultAt = (service: Service): Fault => {
      const call = running === null ? -1 : (counts[running.ordinal] ?? 0);
      if (running !== null) counts[running.ordinal] = call + 1;
      const plan = planned(call);
      if (plan !== 'none') return plan;
      return isDown(service) ? 'refuse' : drawn();
    };

    const called = (service: Service, name: string, effect: () => unknown): Promise<unknown> => {
      if (!alive) return never();
      const fault = faultAt(service);
      if (fault === 'hang') {
        trace.note(`${job} ${name} hangs`);
        return never();
      }
      const takes = fault === 'slow' ? chance.between(1_000, 20_000) : chance.between(1, 30);
      return new Promise((resolve, reject) => {
        scheduler.after(takes, () => {
          if (!alive) return;
          trace.note(fault === 'none' ? `${job} ${name}` : `${job} ${name} ${fault}`);
          if (fault === 'die-before') kill(`before ${name}`);
          else if (fault === 'refuse') reject(new DependencyError(`${name} was refused`));
          else
            Promise.resolve()
              .then(effect)
              .then((answer) => {
                if (fault === 'die-after') kill(`after ${name}`);
                else if (fault === 'lose') reject(new DependencyError(`The answer of ${name} was lost`));
                else resolve(answer);
              }, reject);
        });
      });
    };

    return {
      now: () => instant(new Date(scheduler.time() + skew)),
      isAlive: () => alive,
      isFree: () => alive && running === null,
      remaining: () => (running?.endsAt ?? 0) - scheduler.time(),
      through: (service, label, port) =>
        new Proxy(port, {
          get: (target, key): unknown => {
            const member: unknown = Reflect.get(target, key);
            if (typeof member !== 'function') return member;
            return (...given: unknown[]) =>
              called(service, `${label}.${String(key)}`, (): unknown =>
                Reflect.apply(member, undefined, given),
              );
          },
        }),
      run: <Result>(work: () => Promise<Result>) => {
        const limit = FUNCTIONS[job].timeoutSeconds * 1000;
        const ordinal = counts.push(0) - 1;
        trace.note(`${job} starts run ${ordinal}`);
        return new Promise<End<Result>>((resolve) => {
          const end = (how: End<Result>): void => {
            if (running?.ordinal !== ordinal) return;
            running = null;
            trace.note(`${job} ends run ${ordinal}: ${how.kind}`);
            resolve(how);
          };
          running = {
            ordinal,
            endsAt: scheduler.time() + limit,
            die: () => {
              end({ kind: 'dead' });
            },
          };
          scheduler.after(limit, () => {
            if (running?.ordinal === ordinal) kill('its time is over');
          });
          work().then(
            (result) => {
              if (alive) end({ kind: 'done', result });
            },
            () => {
              if (alive) end({ kind: 'failed' });
            },
          );
        });
      },
    };
  };
  return { start, calls: (job) => runsOf(job) };
};

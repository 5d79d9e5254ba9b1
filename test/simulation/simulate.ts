import type { FunctionName } from '../../shared/functions.js';
import { Instant } from '../../shared/domain/time.js';
import { installTimers } from './timers.js';
import { chanceFrom } from './chance.js';
import { checkQuietEnd } from './quiet-end.js';
import { stormy } from './weather.js';
import { aSimulatedWorld, type World, type WorldFacts } from './world.js';
import type { Violation } from './witness.js';

export interface Delay {
  readonly network: string;
  readonly minutes: number;
}

/** How a run went. */
export interface Course {
  readonly seed: number;
  readonly hash: string;
  readonly hours: number;
  /** The first that was broken ended the run. */
  readonly violations: readonly Violation[];
  readonly facts: Readonly<Record<'fetches' | 'posts' | 'findings' | 'mails' | 'doubles', number>>;
  /** Of each post that was found with no pause in between: where, and how long after it stood there. */
  readonly delays: readonly Delay[];
  /** How many messages of each queue were put back. */
  readonly redriven: ReadonlyMap<string, number>;
  /** How many calls of ports each run of a function made. */
  readonly calls: (job: FunctionName) => readonly number[];
  /** The last events. */
  readonly tail: readonly string[];
}

/** A Monday morning in the campaign, and the morning before the last day of the contest. */
const STARTS: readonly [Instant, ...Instant[]] = [
  Instant.parse('2026-11-23T00:00:00.000Z'),
  Instant.parse('2026-11-23T00:00:00.000Z'),
  Instant.parse('2026-12-23T12:00:00.000Z'),
];

/** What a seed stands for, unless a test says otherwise. */
export const factsOf = (seed: number, changes: Partial<WorldFacts> = {}): WorldFacts => {
  const chance = chanceFrom(seed).fork('facts');
  return {
    seed,
    weather: stormy(chance.fork('weather')),
    startsAt: chance.oneOf(STARTS),
    hours: 56,
    holders: chance.between(1, 4),
    writesEveryHours: chance.between(3, 8),
    ...changes,
  };
};

/** What was written before its account was confirmed, or while nobody looked, waited for people and is left out. */
const delaysOf = async ({ posts, witness, stores }: World): Promise<readonly Delay[]> => {
  const { found } = witness.facts();
  const delays: Delay[] = [];
  for (const { serial, from } of posts.all().flatMap(({ versions }) => versions)) {
    const end = found.get(serial);
    if (end === undefined) continue;
    const [account] = await stores.accounts.byIds([end.finding.account]);
    const confirmedAt = account?.confirmation?.at ?? null;
    const wasPaused = account?.lapses.some(
      (lapse) => Date.parse(lapse.from) < end.at && (lapse.to === null || Date.parse(lapse.to) > from),
    );
    if (confirmedAt === null || Date.parse(confirmedAt) > from || wasPaused !== false) continue;
    delays.push({ network: end.finding.network, minutes: (end.at - from) / 60_000 });
  }
  return delays;
};

/** Runs a world from its start to its end; what is told of it is all that anybody may rely on. */
export const simulate = async (facts: WorldFacts): Promise<Course> => {
  const world = await aSimulatedWorld(facts);
  const { scheduler, witness, trace, endsAt } = world;
  const timers = installTimers(scheduler);
  try {
    await scheduler.runUntil(endsAt, () => witness.violations.length > 0);
    if (witness.violations.length === 0) await checkQuietEnd(world);
  } finally {
    timers.restore();
  }
  const { handed, found, ...counts } = witness.facts();
  return {
    seed: facts.seed,
    hash: trace.hash(),
    hours: (scheduler.time() - world.startedAt) / 3_600_000,
    violations: witness.violations,
    facts: { ...counts, posts: handed.size, findings: found.size },
    delays: await delaysOf(world),
    redriven: world.redriven,
    calls: world.running.calls,
    tail: trace.tail(),
  };
};

import { factsOf, simulate, type Course } from './simulate.js';

/** What many seeds came to. */
export interface Tour {
  readonly seeds: number;
  readonly hours: number;
  readonly posts: number;
  readonly findings: number;
  readonly mails: number;
  /** Mails that went out twice because nobody could know that they had gone out. */
  readonly doubles: number;
  readonly broken: readonly Course[];
}

/** Runs so many seeds from one on, and goes on after those that break something. */
export const runSeeds = async (first: number, count: number): Promise<Tour> => {
  const courses: Course[] = [];
  for (let seed = first; seed < first + count; seed += 1) courses.push(await simulate(factsOf(seed)));
  const sum = (of: (course: Course) => number): number =>
    courses.reduce((total, course) => total + of(course), 0);
  return {
    seeds: count,
    hours: sum(({ hours }) => hours),
    posts: sum(({ facts }) => facts.posts),
    findings: sum(({ facts }) => facts.findings),
    mails: sum(({ facts }) => facts.mails),
    doubles: sum(({ facts }) => facts.doubles),
    broken: courses.filter(({ violations }) => violations.length > 0),
  };
};

/** What a seed broke, and how to see it happen. */
export const report = ({ seed, violations, tail }: Course): string =>
  [
    `Seed ${seed}: ${violations.map(({ invariant, says }) => `${invariant}: ${says}`).join('; ')}`,
    ...tail.slice(-15).map((line) => `  ${line}`),
    `Again, with the last 200 events: npx tsx test/simulation/replay.ts ${seed}`,
  ].join('\n');

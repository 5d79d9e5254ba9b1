import { describe, expect, it } from 'vitest';
import { Instant, milliseconds } from '../../shared/domain/time.js';
import { factsOf, simulate, type Course } from '../simulation/simulate.js';
import { CALM, type Outage } from '../simulation/weather.js';
import type { WorldFacts } from '../simulation/world.js';

const SEEDS = [1, 2, 3, 4];
const STARTS = Instant.parse('2026-11-23T00:00:00.000Z');

/** The same people on the same days, but for what differs. */
const courses = async (changes: Partial<WorldFacts>): Promise<readonly Course[]> => {
  const all: Course[] = [];
  for (const seed of SEEDS)
    all.push(
      await simulate(
        factsOf(seed, {
          weather: CALM,
          startsAt: STARTS,
          holders: 4,
          writesEveryHours: 1.5,
          hours: 48,
          ...changes,
        }),
      ),
    );
  return all;
};

const delaysOn = (network: string, all: readonly Course[]): readonly number[] =>
  all
    .flatMap(({ delays }) => delays.filter((delay) => delay.network === network))
    .map(({ minutes }) => minutes);

/** The 99th of a hundred, or the largest of fewer. */
const p99 = (minutes: readonly number[]): number =>
  minutes.toSorted((one, other) => one - other)[Math.ceil(minutes.length * 0.99) - 1] ?? Infinity;

const broken = (all: readonly Course[]) => all.flatMap(({ violations }) => violations);

/** The network itself is late: nobody can look, or a look reads no more than its bound and the coverage says `page-cap`. */
const brokenButLate = (all: readonly Course[]) => broken(all).filter(({ invariant }) => invariant !== 'R19');

const down = (service: Outage['service']) => ({
  ...CALM,
  outages: [{ service, from: 0, to: milliseconds({ hours: 48 }) }],
});

const quiet = await courses({});

describe('a post under normal load', () => {
  // What is looked at least often in a campaign: a quarter of the network's ceiling.
  it.each([
    ['feed', 360],
    ['mastodon', 180],
  ])('of %s is found within two of the longest intervals', (network, minutes) => {
    expect(broken(quiet)).toEqual([]);
    expect(delaysOn(network, quiet).length).toBeGreaterThan(40);
    expect(p99(delaysOn(network, quiet))).toBeLessThan(2 * minutes);
  });
});

describe('a network', () => {
  it.each([
    ['feed', 'blog', 'mastodon'],
    ['mastodon', 'social', 'feed'],
  ] as const)('%s that is down makes no other wait', async (_, service, other) => {
    const all = await courses({ weather: down(service) });
    expect(delaysOn(other, all).length).toBeGreaterThan(40);
    expect(p99(delaysOn(other, all))).toBeLessThan(2 * p99(delaysOn(other, quiet)));
  });

  it.each([
    ['feed', 'mastodon'],
    ['mastodon', 'feed'],
  ] as const)(
    '%s whose holders write a hundred times as much makes no other wait',
    async (network, other) => {
      // A day, and the time to end what is over after one.
      const calm = await courses({ hours: 30 });
      const all = await courses({ hours: 30, busy: { network, times: 100 } });
      expect(brokenButLate(all)).toEqual([]);
      expect(delaysOn(network, all).length).toBeGreaterThan(10 * delaysOn(network, calm).length);
      expect(delaysOn(other, all).length).toBeGreaterThan(20);
      expect(p99(delaysOn(other, all))).toBeLessThan(2 * p99(delaysOn(other, calm)));
    },
  );
});

describe('messages that are parked', () => {
  /** Longer than any message is tried for. */
  const outage: WorldFacts['weather'] = {
    ...CALM,
    healsAfter: milliseconds({ hours: 20 }),
    outages: [{ service: 'findings', from: milliseconds({ hours: 6 }), to: milliseconds({ hours: 20 }) }],
  };

  it('are missed while they are not put back', async () => {
    const all = await courses({ weather: outage });
    expect(new Set(broken(all).map(({ invariant }) => invariant))).toEqual(new Set(['R11', 'R01']));
  });

  it('may all be put back, twice, while others come: it is as if they had never been parked', async () => {
    const all = await courses({ weather: outage, redriveAfter: 22 });
    const putBack = all.map(({ redriven }) => redriven.get('posts') ?? 0);
    expect(putBack.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
    expect(broken(all)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { report, runSeeds } from './run-seeds.js';
import { factsOf, simulate } from './simulate.js';
import { CALM } from './weather.js';

const TOURS = 8;
const SEEDS = 25;

describe('whatever fails, for as long as it fails', () => {
  it.each(Array.from({ length: TOURS }, (_, tour) => tour * SEEDS + 1))(
    'everything that must always hold does: 25 seeds from %i on',
    async (first) => {
      const { broken, findings, mails } = await runSeeds(first, SEEDS);
      expect(broken.map(report).join('\n')).toBe('');
      // A world in which nothing happens would hold too.
      expect(findings).toBeGreaterThan(SEEDS);
      expect(mails).toBeGreaterThan(SEEDS);
    },
  );

  it('in good weather nothing is said twice, and all that is found is told', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { violations, facts } = await simulate(factsOf(seed, { weather: CALM }));
      expect(violations).toEqual([]);
      expect(facts.doubles).toBe(0);
    }
  });

  it('one seed is one course of events', async () => {
    const [one, again, other] = [
      await simulate(factsOf(7)),
      await simulate(factsOf(7)),
      await simulate(factsOf(8)),
    ];
    expect(again.hash).toBe(one.hash);
    expect(other.hash).not.toBe(one.hash);
  });
});

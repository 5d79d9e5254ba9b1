import { describe, expect, it } from 'vitest';
import { KNOCK_OUTS } from './knock-outs.js';
import { factsOf, simulate } from './simulate.js';
import { CALM } from './weather.js';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

describe('without a protection the simulator is red', () => {
  it.each(KNOCK_OUTS)('$protection ($breaks)', async ({ breaks, facts, setting, without }) => {
    for (const seed of SEEDS) {
      const whole = factsOf(seed, { weather: CALM, ...facts });
      const { violations } = await simulate({ ...whole, ...setting, knockOut: without() });
      if (violations.length === 0) continue;
      expect(violations.map(({ invariant }) => invariant)).toContain(breaks);
      // With it the very same course breaks nothing.
      expect((await simulate(whole)).violations).toEqual([]);
      return;
    }
    expect.fail('nothing broke');
  });
});

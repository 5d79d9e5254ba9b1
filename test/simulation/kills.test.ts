import { describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../shared/functions.js';
import { Instant } from '../../shared/domain/time.js';
import { factsOf, simulate } from './simulate.js';
import { CALM } from './weather.js';

/** Good weather, one holder, whose posts are asked about, answered, referred and objected to. */
const facts = factsOf(4, {
  weather: CALM,
  startsAt: Instant.parse('2026-11-23T00:00:00.000Z'),
  holders: 1,
  writesEveryHours: 3,
  hours: 50,
});
const whole = await simulate(facts);

const JOBS = Object.keys(FUNCTIONS).filter((name): name is FunctionName => name in FUNCTIONS);

describe('a process that dies', () => {
  it.each(JOBS)(
    '%s: at any of the calls of its longest run, all holds, and no mail goes out twice',
    async (job) => {
      const runs = whole.calls(job);
      const longest = Math.max(...runs);
      const run = runs.indexOf(longest);
      expect(longest).toBeGreaterThan(1);
      // To die before a call is to die after the one before it, but for the first.
      const kills = [
        { job, run, call: 0, moment: 'before' as const },
        ...Array.from({ length: longest }, (_, call) => ({ job, run, call, moment: 'after' as const })),
      ];
      for (const kill of kills) {
        const course = await simulate({ ...facts, kill });
        expect({ kill, broken: course.violations, doubles: course.facts.doubles }).toEqual({
          kill,
          broken: [],
          doubles: 0,
        });
      }
    },
  );
});

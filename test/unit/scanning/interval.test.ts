import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDue } from '../../../shared/domain/scanning/interval.js';
import { millisecondsBetween, plus } from '../../../shared/domain/time.js';
import { NETWORKS } from '../../../shared/networks.js';
import { NOW } from '../../fixtures/registry.js';

const facts = {
  network: 'feed',
  accountsOnHost: 1,
  heated: true,
  emptyRuns: 0,
  failedRuns: 0,
  retryAt: null,
  jitter: 0,
} as const;
const minutes = (overrides: Partial<Parameters<typeof nextDue>[1]>): number =>
  millisecondsBetween(NOW, nextDue(NOW, { ...facts, ...overrides })) / 60_000;

describe('when a cohort is due again', () => {
  it('starts at the floor and doubles with each empty run', () => {
    expect([0, 1, 2].map((emptyRuns) => minutes({ emptyRuns }))).toEqual([15, 30, 60]);
  });

  it('looks four times a day in the heat of a contest and once a day otherwise', () => {
    expect(minutes({ emptyRuns: 12 })).toBe(360);
    expect(minutes({ emptyRuns: 12, heated: false })).toBe(1440);
  });

  it('waits until the host allows it', () => {
    expect(nextDue(NOW, { ...facts, retryAt: plus(NOW, { hours: 9 }) })).toBe(plus(NOW, { hours: 9 }));
    expect(minutes({ retryAt: plus(NOW, { minutes: 1 }) })).toBe(15);
  });

  it('shares a host’s quota among all its accounts', () => {
    expect(minutes({ accountsOnHost: 3_000 })).toBe(50);
  });

  it('stays between the floor and the ceiling whatever happened', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.boolean(),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (emptyRuns, failedRuns, heated, jitter) => {
          const wait = minutes({ emptyRuns, failedRuns, heated, jitter });
          expect(wait).toBeGreaterThanOrEqual(NETWORKS.feed.floorMinutes * 0.9);
          expect(wait).toBeLessThanOrEqual(NETWORKS.feed.ceilingMinutes);
        },
      ),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Month, type CountRow } from '../../../shared/domain/statistics/counts.js';
import { kappaOf } from '../../../shared/domain/statistics/kappa.js';
import { qualityOf } from '../../../shared/domain/statistics/quality.js';

describe('Cohen’s kappa', () => {
  it('is that of a worked example', () => {
    // 20 and 15 agreed of 50, expected 0.5: (0.7 - 0.5) / 0.5.
    const kappa = kappaOf([
      [20, 5],
      [10, 15],
    ]);
    expect(kappa.value).toBeCloseTo(0.4, 10);
    expect(kappa.low).toBeCloseTo(0.1511, 3);
    expect(kappa.high).toBeCloseTo(0.6489, 3);
  });

  it('is one where all agree, and nothing where there is nothing to agree on', () => {
    expect(
      kappaOf([
        [10, 0],
        [0, 10],
      ]),
    ).toMatchObject({ value: 1, low: 1, high: 1 });
    expect(
      kappaOf([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ value: null, low: null, high: null, n: 0 });
    expect(
      kappaOf([
        [9, 0],
        [0, 0],
      ]),
    ).toMatchObject({ value: null, n: 9 });
  });

  it('is the same whichever of the two is called the first, and lies in its interval', () => {
    const count = fc.nat(50);
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const kappa = kappaOf([
          [a, b],
          [c, d],
        ]);
        const turned = kappaOf([
          [a, c],
          [b, d],
        ]);
        if (kappa.value === null) return;
        expect(turned.value).toBeCloseTo(kappa.value, 9);
        expect(kappa.value).toBeGreaterThanOrEqual(kappa.low!);
        expect(kappa.value).toBeLessThanOrEqual(kappa.high!);
      }),
    );
  });
});

it('tells both ways in which a second look differed', () => {
  const agreement = (value: string, count: number): CountRow => ({
    dimension: 'agreement',
    value,
    events: { 'second-look': count },
  });
  const period = { from: Month.parse('2026-10'), to: Month.parse('2026-11') };
  const rows = [
    agreement('dismiss/dismiss', 18),
    agreement('dismiss/pursue', 2),
    agreement('pursue/pursue', 5),
  ];
  expect(qualityOf(rows, period, null)).toMatchObject({
    looks: { bothDismiss: 18, bothPursue: 5, onlyFirstDismisses: 2, onlySecondDismisses: 0 },
    doubtedDismissals: { value: 0.1, n: 20 },
    doubtedQuestions: { value: 0, n: 5 },
    agreement: { n: 25 },
    golden: null,
  });
});

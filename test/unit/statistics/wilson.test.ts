import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share } from '../../../shared/domain/statistics/wilson.js';

describe('a share with its interval', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is from %f to %f', (hits, n, low, high) => {
    const found = share(hits, n);
    expect(found).toMatchObject({ value: hits / n, n });
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('of nothing may be anything', () => {
    expect(share(0, 0)).toEqual({ value: null, low: 0, high: 1, n: 0 });
  });

  it('lies around its value, within 0 and 1, and mirrors what is not counted', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (hits, misses) => {
        const n = hits + misses;
        if (n === 0) return;
        const { value, low, high } = share(hits, n);
        const mirrored = share(misses, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual((value ?? -1) + 1e-12);
        expect(high).toBeGreaterThanOrEqual((value ?? 2) - 1e-12);
        expect(mirrored.low).toBeCloseTo(1 - high, 9);
      }),
    );
  });
});

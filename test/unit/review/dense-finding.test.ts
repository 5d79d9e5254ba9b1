import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dense, undense } from '../../../shared/adapters/dense-finding.js';
import { FindingState, Telling } from '../../../shared/domain/review/finding.js';
import { aFinding } from '../../fixtures/finding.js';
import { NOW } from '../../fixtures/registry.js';

describe('a dense finding', () => {
  it('is the same finding again, whatever it says and wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.record({
          parts: fc.array(
            fc.record({
              field: fc.constantFrom('title' as const, 'body' as const),
              text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
            }),
          ),
          state: fc.constantFrom(...FindingState.options),
          untold: fc.record({
            holder: fc.constantFrom(null, ...Telling.options),
            supervisor: fc.constantFrom(null, ...Telling.options),
          }),
          goneAt: fc.constantFrom(null, NOW),
          revision: fc.nat(),
        }),
        (changes) => {
          const finding = aFinding(changes);
          expect(undense(dense(finding))).toEqual(finding);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shows where it stands and by which provisions, and nothing of the post but its network', () => {
    const { rest, ...open } = dense(aFinding());
    expect(rest.length).toBeLessThan(450);
    expect(open).toEqual({
      network: 'feed',
      state: 'indicated',
      revision: 0,
      indication: { provisions: ['DIS-2'] },
    });
  });
});

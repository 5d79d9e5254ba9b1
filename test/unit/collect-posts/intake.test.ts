import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intakes } from '../../../functions/collect-posts/intake.js';

const MB = 1024 * 1024;
/** What collectors may hold of bodies at once: 80 looks' own parts, what is shared, one look that goes on regardless. */
const OWN = 256 * 1024;
const PIECE = 64 * 1024;

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('what looks take in', () => {
  it('waits for nobody while it is small, whatever the others hold', () => {
    const look = intakes();
    expect(look().take(40 * MB)).toBeNull();
    const small = look();
    expect([small.take(OWN), small.isLarge(), small.take(1), small.isLarge()]).toEqual([
      null,
      false,
      expect.any(Promise),
      true,
    ]);
  });

  it('ends after 5 MB: what a look still wants is the next one’s', () => {
    const look = intakes()();
    expect([look.take(5 * MB - 1), look.hasEnough(), look.take(1), look.hasEnough()]).toEqual([
      null,
      false,
      null,
      true,
    ]);
  });

  it('is never more than there is room for, and every look comes to its end', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 10 * MB }), { minLength: 80, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(sizes, async (all) => {
        const look = intakes();
        let held = 0;
        let most = 0;
        await Promise.all(
          all.map(async (bytes) => {
            const one = look();
            let own = 0;
            for (let rest = bytes; rest > 0 && !one.hasEnough(); rest -= PIECE) {
              held += PIECE;
              own += PIECE;
              most = Math.max(most, held);
              await one.take(PIECE);
            }
            await settled();
            held -= own;
            one.leave();
          }),
        );
        expect(held).toBe(0);
        expect(most).toBeLessThanOrEqual(80 * (OWN + PIECE) + 24 * MB + 5 * MB);
      }),
      { numRuns: 20 },
    );
  });

  it('goes on in the order in which looks had to wait, and one at a time where there is no room', async () => {
    const look = intakes();
    const [holds, first, second] = [look(), look(), look()];
    expect(holds.take(40 * MB)).toBeNull();
    const went: string[] = [];
    void first.take(MB)?.then(() => went.push('first'));
    void second.take(MB)?.then(() => went.push('second'));
    void first.take(MB)?.then(() => went.push('first, too'));
    await settled();
    expect(went).toEqual([]);
    second.leave();
    await settled();
    expect(went).toEqual([]);
    holds.leave();
    await settled();
    expect(went).toEqual(['first', 'second', 'first, too']);
  });
});

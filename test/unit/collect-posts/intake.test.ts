import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fetchWithin, intakes } from '../../../functions/collect-posts/intake.js';
import type { FetchOutcome } from '../../../shared/networks/connector.js';
import { aPermit } from '../../fixtures/permit.js';

const MB = 1024 * 1024;
const OWN = 256 * 1024;
/** TLS and the decompressors hand over no more at once. */
const PIECE = 16 * 1024;

const permit = aPermit();
const ADDRESS = 'https://blog.sukamaju.example/feed';
const answered = (url: string): FetchOutcome => ({
  kind: 'answered',
  status: 200,
  headers: new Headers(),
  body: '',
  url,
  movedTo: null,
});

type Intake = ReturnType<ReturnType<typeof intakes>>;

/** Takes what is shared: the last of them goes on however little is left. */
const fill = (look: () => Intake): readonly Intake[] =>
  [look(), look(), look()].map((one) => {
    expect(one.take(9 * MB)).toBeNull();
    return one;
  });
const leaveAll = (looks: readonly Intake[]): void => {
  for (const one of looks) one.leave();
};

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('what looks take in', () => {
  it('waits for nobody while it is small, whatever the others hold', () => {
    const look = intakes();
    fill(look);
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

  it('is taken in by fetches that go beside one another until the look has 10 MB, and no further', () => {
    const one = intakes()();
    expect([one.take(5 * MB - 1), one.take(5 * MB + 1), one.bytes()]).toEqual([null, null, 10 * MB]);
    expect(() => one.take(1)).toThrow(expect.objectContaining({ name: 'EnoughError' }));
    expect(one.bytes()).toBe(10 * MB);
  });

  it.each([1, 10])(
    'is never more than there is room for, of looks that fetch %i at a time, and every look comes to its end',
    async (width) => {
      const sizes = fc.array(fc.integer({ min: 1, max: 5 * MB }), { minLength: 80, maxLength: 80 });
      const own = 80 * (OWN + width * PIECE);
      await fc.assert(
        fc.asyncProperty(sizes, async (all) => {
          const look = intakes();
          let held = 0;
          let most = 0;
          const fetchAll = async (one: Intake, bytes: number): Promise<void> => {
            let taken = 0;
            const fetchOne = fetchWithin(async (_permit, { url }, takeIn) => {
              for (let rest = bytes; rest > 0; rest -= PIECE) {
                const wait = takeIn?.(PIECE);
                held += PIECE;
                taken += PIECE;
                most = Math.max(most, held);
                await wait;
              }
              return answered(url);
            }, one);
            const fetches = Array.from({ length: width }, () => fetchOne(permit, { url: ADDRESS }));
            await Promise.all(fetches);
            await fetchOne(permit, { url: ADDRESS });
            held -= taken;
            one.leave();
          };
          await Promise.all(all.map((bytes) => fetchAll(look(), bytes)));
          expect(held).toBe(0);
          expect(most).toBeLessThanOrEqual(own + 24 * MB + 10 * MB);
        }),
        { numRuns: 10 },
      );
    },
  );

  it('is put off where there is no more room, and what else ends a fetch is told as it is', async () => {
    const one = intakes()();
    let asked = 0;
    const fetch = fetchWithin((_permit, { url }, takeIn) => {
      asked += 1;
      void takeIn?.(4 * MB);
      return Promise.resolve(answered(url));
    }, one);
    const kinds = async () => (await fetch(permit, { url: ADDRESS })).kind;
    expect([await kinds(), await kinds(), await kinds(), asked]).toEqual([
      'answered',
      'answered',
      'put-off',
      2,
    ]);
    const beside = intakes()();
    const fetchBeside = fetchWithin(async (_permit, { url }, takeIn) => {
      await Promise.resolve();
      void takeIn?.(4 * MB);
      return answered(url);
    }, beside);
    const ends = await Promise.all([1, 2, 3].map(() => fetchBeside(permit, { url: ADDRESS })));
    expect(ends.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'put-off']);
    const broken = fetchWithin(() => Promise.reject(new Error('a fault of ours')), intakes()());
    await expect(broken(permit, { url: ADDRESS })).rejects.toThrow('a fault of ours');
  });

  it('is nothing any more once the look has left, though some of its fetches still go on', async () => {
    const look = intakes();
    const full = fill(look);
    const [gone, other] = [look(), look()];
    const went: string[] = [];
    void gone.take(MB)?.then(() => went.push('gone'));
    void other.take(10 * MB)?.then(() => went.push('other'));
    gone.leave();
    await settled();
    expect(went).toEqual(['gone']);
    expect(() => gone.take(MB)).toThrow(expect.objectContaining({ name: 'EnoughError' }));
    expect([gone.bytes(), gone.hasEnough()]).toEqual([0, true]);
    // There is still no room, and it is not for who has left to go on regardless: all others would wait for ever.
    full.at(-1)?.leave();
    await settled();
    expect(went).toEqual(['gone', 'other']);
  });

  it('goes on in the order in which looks had to wait, and one at a time where there is no room', async () => {
    const look = intakes();
    const full = fill(look);
    const [first, second] = [look(), look()];
    const went: string[] = [];
    void first.take(MB)?.then(() => went.push('first'));
    void second.take(MB)?.then(() => went.push('second'));
    void first.take(MB)?.then(() => went.push('first, too'));
    await settled();
    expect(went).toEqual([]);
    look().leave();
    await settled();
    expect(went).toEqual([]);
    leaveAll(full);
    await settled();
    expect(went).toEqual(['first', 'second', 'first, too']);
  });
});

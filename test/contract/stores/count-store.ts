import { describe, expect, it } from 'vitest';
import { ContestId } from '../../../shared/domain/ids.js';
import { Month, type Count } from '../../../shared/domain/statistics/counts.js';
import type { CountStore } from '../../../shared/ports.js';

const october = Month.parse('2026-10');
const november = Month.parse('2026-11');
const contest = ContestId.parse('pilbup-sukamaju');
const one: readonly Count[] = [
  { contest, dimension: 'all', value: 'all', event: 'refer' },
  { contest, dimension: 'unit', value: 'Dinas A=B # “C”', event: 'refer' },
];

export const countStoreContract = (open: () => Promise<CountStore>): void => {
  describe('a count store', () => {
    it('adds up, whoever adds beside it', async () => {
      const store = await open();
      await Promise.all(Array.from({ length: 8 }, () => store.add(november, one)));
      await store.add(november, [{ contest, dimension: 'all', value: 'all', event: 'dismiss' }]);
      const rows = await store.read([november]);
      expect(rows).toHaveLength(2);
      expect(rows).toContainEqual({ dimension: 'all', value: 'all', events: { refer: 8, dismiss: 1 } });
      expect(rows).toContainEqual({ dimension: 'unit', value: 'Dinas A=B # “C”', events: { refer: 8 } });
    });

    it('reads the months that were asked for, as one', async () => {
      const store = await open();
      for (const month of [october, november]) await store.add(month, one);
      expect(await store.read([october, november])).toContainEqual({
        dimension: 'all',
        value: 'all',
        events: { refer: 2 },
      });
      expect(await store.read([october])).toContainEqual({
        dimension: 'all',
        value: 'all',
        events: { refer: 1 },
      });
      expect(await store.read([Month.parse('2026-09')])).toEqual([]);
    });

    it('adds up over contests', async () => {
      const store = await open();
      const other = ContestId.parse('pilgub-sukaraya');
      await store.add(
        november,
        [contest, other].map((each) => ({
          contest: each,
          dimension: 'provision',
          value: 'DIS-1',
          event: 'indicate',
        })),
      );
      expect(await store.read([november])).toEqual([
        { dimension: 'provision', value: 'DIS-1', events: { indicate: 2 } },
      ]);
    });

    it('counts the same thing twice where it happened twice at once', async () => {
      const store = await open();
      await store.add(november, [...one, ...one]);
      expect(await store.read([november])).toContainEqual({
        dimension: 'all',
        value: 'all',
        events: { refer: 2 },
      });
    });
  });
};

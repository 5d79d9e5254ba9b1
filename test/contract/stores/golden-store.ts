import { describe, expect, it } from 'vitest';
import type { GoldenStore } from '../../../shared/ports.js';
import { aGoldenItem, aGoldenSet, someDrills } from '../../fixtures/golden.js';
import { opaqueId } from '../../fixtures/registry.js';

export const goldenStoreContract = (open: () => Promise<GoldenStore>): void => {
  describe('a store of items with known answers', () => {
    it('has none at first, and then what was saved last', async () => {
      const store = await open();
      expect(await store.set()).toBeNull();
      expect(await store.saveSet(aGoldenSet())).toBe('saved');
      const other = aGoldenSet([aGoldenItem({ expected: 'dismiss' })], { revision: 1 });
      expect(await store.saveSet(other)).toBe('saved');
      expect(await store.saveSet(aGoldenSet([], { revision: 1 }))).toBe('stale');
      expect(await store.set()).toEqual(other);
    });

    it('keeps what each analyst was shown apart, and knows of all', async () => {
      const store = await open();
      const [first, second] = [someDrills(opaqueId('first')), someDrills(opaqueId('second'))];
      expect(await store.drillsOf(first.analyst)).toBeNull();
      expect(await store.saveDrills(first)).toBe('saved');
      expect(await store.saveDrills(second)).toBe('saved');
      expect(await store.saveDrills(second)).toBe('stale');
      expect(await store.saveDrills({ ...second, current: null, revision: 1 })).toBe('saved');
      expect(await store.drillsOf(first.analyst)).toEqual(first);
      const every = await store.everyDrills();
      expect(every).toHaveLength(2);
      expect(every).toEqual(expect.arrayContaining([first, { ...second, current: null, revision: 1 }]));
    });

    it('forgets what an analyst was shown, and once more without harm', async () => {
      const store = await open();
      const drills = someDrills();
      await store.saveDrills(drills);
      await store.removeDrills(drills.analyst);
      await store.removeDrills(drills.analyst);
      expect(await store.drillsOf(drills.analyst)).toBeNull();
      expect(await store.everyDrills()).toEqual([]);
    });
  });
};

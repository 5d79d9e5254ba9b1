import { describe, expect, it } from 'vitest';
import { PersonId } from '../../../shared/domain/ids.js';
import { plus } from '../../../shared/domain/time.js';
import type { ErasureStore } from '../../../shared/ports.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const idOf = (name: string): PersonId => PersonId.parse(opaqueId(name));
const order = (name: string, minutes: number) => ({
  subject: idOf(name),
  by: idOf('officer'),
  at: plus(NOW, { minutes }),
});

export const erasureStoreContract = (open: () => Promise<ErasureStore>): void => {
  describe('a store of erasures', () => {
    it('keeps the first of two orders on one person, lists the oldest first, and closes one for good', async () => {
      const store = await open();
      expect(await store.order(order('later', 2))).toEqual(order('later', 2));
      expect(await store.order(order('first', 1))).toEqual(order('first', 1));
      expect(await store.order(order('later', 3))).toEqual(order('later', 2));
      expect(await store.open(10)).toEqual([order('first', 1), order('later', 2)]);
      expect(await store.open(1)).toEqual([order('first', 1)]);
      await store.close(idOf('first'));
      await store.close(idOf('first'));
      expect(await store.open(10)).toEqual([order('later', 2)]);
    });
  });
};

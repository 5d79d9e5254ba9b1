import { describe, expect, it } from 'vitest';
import type { AgencyStore } from '../../../shared/ports.js';
import { anAgency } from '../../fixtures/registry.js';

export const agencyStoreContract = (open: () => Promise<AgencyStore>): void => {
  describe('an agency store', () => {
    it('has no agency at first', async () => {
      const store = await open();
      expect(await store.read()).toBeNull();
    });

    it('gives back the agency that was saved', async () => {
      const store = await open();
      expect(await store.save(anAgency())).toBe('saved');
      expect(await store.read()).toEqual(anAgency());
    });

    it('keeps the first of two changes to one revision', async () => {
      const store = await open();
      await store.save(anAgency());
      expect(await store.save(anAgency({ name: 'Pertama', revision: 1 }))).toBe('saved');
      expect(await store.save(anAgency({ name: 'Kedua', revision: 1 }))).toBe('stale');
      expect((await store.read())?.name).toBe('Pertama');
    });

    it('refuses a revision that follows from nothing stored', async () => {
      const store = await open();
      expect(await store.save(anAgency({ revision: 1 }))).toBe('stale');
      expect(await store.read()).toBeNull();
    });

    it('makes one hash key, the same for all who ask at once and later', async () => {
      const store = await open();
      const keys = await Promise.all([store.hashKey(), store.hashKey(), store.hashKey()]);
      expect(new Set([...keys, await store.hashKey()]).size).toBe(1);
      expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    });
  });
};

import { describe, expect, it } from 'vitest';
import { AccountId, PersonId } from '../../../shared/domain/ids.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import { cohortId } from '../../../shared/domain/scanning/cohort.js';
import { BadCursorError } from '../../../shared/errors.js';
import type { AccountStore } from '../../../shared/ports.js';
import { NOW, anAccount, opaqueId } from '../../fixtures/registry.js';

const idOf = (name: string): AccountId => AccountId.parse(opaqueId(name));
const named = (name: string, overrides: Partial<Account> = {}): Account =>
  anAccount({ id: idOf(name), ...overrides });
const invited = (name: string): Account =>
  named(name, { state: 'invited', confirmation: null, invitedAt: null });
const ids = (accounts: readonly Account[]): AccountId[] => accounts.map(({ id }) => id);

const many = Array.from({ length: 40 }, (_, index) => `account ${index}`);

export const accountStoreContract = (open: () => Promise<AccountStore>): void => {
  describe('an account store', () => {
    it('gives those of the asked accounts that exist, each once', async () => {
      const store = await open();
      await store.save(named('one'));
      await store.save(named('two'));
      const found = await store.byIds([idOf('one'), idOf('two'), idOf('three'), idOf('one')]);
      expect(ids(found).sort()).toEqual([idOf('one'), idOf('two')].sort());
      expect(await store.byIds([])).toEqual([]);
    });

    it('gives more accounts than one batch holds', async () => {
      const store = await open();
      const names = Array.from({ length: 120 }, (_, index) => `batch ${index}`);
      for (const name of names) await store.save(named(name));
      expect(ids(await store.byIds(names.map(idOf))).sort()).toEqual(names.map(idOf).sort());
    });

    it('keeps the first of two changes to one revision', async () => {
      const store = await open();
      await store.save(named('one'));
      expect(await store.save(named('one', { state: 'paused', epoch: 2, revision: 1 }))).toBe('saved');
      expect(await store.save(named('one', { state: 'withdrawn', epoch: 3, revision: 1 }))).toBe('stale');
      expect((await store.byIds([idOf('one')]))[0]?.state).toBe('paused');
    });

    it('finds the accounts of a holder', async () => {
      const store = await open();
      const budi = PersonId.parse(opaqueId('budi'));
      await store.save(named('one'));
      await store.save(named('two', { holder: budi }));
      await store.save(named('three', { holder: budi }));
      expect(ids(await store.ofHolder(budi)).sort()).toEqual([idOf('two'), idOf('three')].sort());
    });

    it.each([1, 7, 39, 40, 41])('lists every account once, %i to a page', async (limit) => {
      const store = await open();
      for (const name of many) await store.save(named(name));
      const listed: AccountId[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.list({ limit, cursor });
        listed.push(...ids(page.items));
        if (page.next !== null) expect(page.items).toHaveLength(limit);
        cursor = page.next;
      } while (cursor !== null);
      expect(listed).toEqual(many.map(idOf).sort());
    });

    it.each(['', 'nonsense', 'e30', Buffer.from('{"id":"x"}').toString('base64url')])(
      'refuses the cursor "%s", which no page gave',
      async (cursor) => {
        const store = await open();
        await expect(store.list({ limit: 1, cursor })).rejects.toThrow(BadCursorError);
      },
    );

    it('refuses a cursor that was tampered with', async () => {
      const store = await open();
      for (const name of many) await store.save(named(name));
      const { next } = await store.list({ limit: 1, cursor: null });
      await expect(store.list({ limit: 1, cursor: `${String(next)}*` })).rejects.toThrow(BadCursorError);
    });

    it('lists those to be invited until they are', async () => {
      const store = await open();
      await store.save(invited('one'));
      await store.save(named('two'));
      expect(ids(await store.uninvited(10))).toEqual([idOf('one')]);
      await store.save({ ...invited('one'), invitedAt: NOW, revision: 1 });
      expect(await store.uninvited(10)).toEqual([]);
    });

    it('lists those confirmed and in no cohort until they have one', async () => {
      const store = await open();
      await store.save(invited('one'));
      await store.save(named('two'));
      await store.save(named('three', { state: 'paused' }));
      expect(ids(await store.unenrolled(10))).toEqual([idOf('two')]);
      const cohort = cohortId('feed', 'blog.sukamaju.example', 0);
      await store.save(named('two', { cohort, revision: 1 }));
      expect(await store.unenrolled(10)).toEqual([]);
    });

    it('gives no more waiting accounts than asked for', async () => {
      const store = await open();
      for (const name of ['one', 'two', 'three']) await store.save(invited(name));
      for (const name of ['four', 'five', 'six']) await store.save(named(name));
      expect(await store.uninvited(2)).toHaveLength(2);
      expect(await store.unenrolled(2)).toHaveLength(2);
    });
  });
};

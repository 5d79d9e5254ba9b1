import { describe, expect, it } from 'vitest';
import { AccountId, PersonId } from '../../../shared/domain/ids.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import { cohortId } from '../../../shared/domain/scanning/cohort.js';
import { plus, type Duration, type Instant } from '../../../shared/domain/time.js';
import { BadCursorError } from '../../../shared/errors.js';
import type { AccountStore } from '../../../shared/ports.js';
import { NOW, anAccount, opaqueId } from '../../fixtures/registry.js';

const idOf = (name: string): AccountId => AccountId.parse(opaqueId(name));
const named = (name: string, overrides: Partial<Account> = {}): Account =>
  anAccount({ id: idOf(name), ...overrides });
const invited = (name: string): Account =>
  named(name, {
    state: 'invited',
    confirmation: null,
    invitedAt: null,
    invitedNotice: null,
    invitations: 0,
  });
/** Asked at `NOW` under the notice 2. */
const asked = (name: string, overrides: Partial<Account> = {}): Account => ({
  ...invited(name),
  invitedAt: NOW,
  invitedNotice: '2',
  invitations: 1,
  ...overrides,
});
const ask = (later: Duration = {}) => ({ notice: '2', at: plus(NOW, later) });
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

    it('gives the accounts of a cohort as of now, whichever cohort they were in before or are in now', async () => {
      const store = await open();
      const [here, there] = [0, 1].map((ordinal) => cohortId('feed', 'blog.sukamaju.example', ordinal));
      await store.save(named('here', { cohort: here! }));
      await store.save(named('paused', { cohort: here! }));
      await store.save(named('paused', { cohort: here!, state: 'paused', epoch: 2, revision: 1 }));
      await store.save(named('withdrawn', { cohort: here!, state: 'withdrawn', epoch: 2 }));
      await store.save(named('nowhere'));
      await store.save(named('moved', { cohort: here! }));
      await store.save(named('moved', { cohort: null, revision: 1 }));
      await store.save(named('moved', { cohort: there!, revision: 2 }));
      await store.save(named('not asked for', { cohort: here! }));
      await store.save(named('erased', { cohort: here! }));
      await store.remove(named('erased', { cohort: here! }));
      const asked = ['here', 'paused', 'withdrawn', 'nowhere', 'moved', 'erased', 'never', 'here'].map(idOf);
      for (const cohort of [here!, there!]) {
        const found = await store.inCohort(cohort, asked);
        expect(found).toHaveLength(5);
        expect(new Set(found)).toEqual(new Set(await store.byIds(asked)));
      }
      expect(await store.inCohort(here!, [])).toEqual([]);
    });

    it('knows who was withdrawn by a moment and still has coverage, the longest ago first', async () => {
      const store = await open();
      const gone = (name: string, later: Duration, overrides: Partial<Account> = {}): Account =>
        named(name, {
          state: 'withdrawn',
          epoch: 2,
          lapses: [{ from: plus(NOW, later), to: null }],
          ...overrides,
        });
      await store.save(gone('late', { days: 2 }));
      await store.save(gone('early', { days: 1 }));
      await store.save(gone('later', { days: 3 }));
      await store.save(gone('ended', { days: 1 }, { ledgerEndedAt: NOW }));
      await store.save(named('there'));
      const by = async (days: number, limit = 10) => ids(await store.withdrawnBy(plus(NOW, { days }), limit));
      expect(await by(2)).toEqual([idOf('early'), idOf('late')]);
      expect(await by(3, 1)).toEqual([idOf('early')]);
      expect(await by(0)).toEqual([]);
      await store.save(gone('early', { days: 1 }, { ledgerEndedAt: NOW, revision: 1 }));
      expect(await by(2)).toEqual([idOf('late')]);
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
      expect(ids(await store.uninvited(ask(), 10))).toEqual([idOf('one')]);
      await store.save({ ...asked('one'), revision: 1 });
      expect(await store.uninvited(ask(), 10)).toEqual([]);
    });

    it('lists those again whose link has expired, unless they stand aside', async () => {
      const store = await open();
      await store.save(asked('one'));
      await store.save(asked('two', { invitedAt: plus(NOW, { days: 1 }) }));
      await store.save(asked('aside', { invitations: 5 }));
      expect(await store.uninvited(ask({ days: 14, seconds: -1 }), 10)).toEqual([]);
      expect(ids(await store.uninvited(ask({ days: 14 }), 10))).toEqual([idOf('one')]);
      expect(ids(await store.uninvited(ask({ days: 99 }), 10))).toEqual([idOf('one'), idOf('two')]);
    });

    it('lists all who were invited under another notice, whichever of the two is newer', async () => {
      const store = await open();
      await store.save(asked('one', { invitedNotice: '1' }));
      await store.save(asked('ten', { invitedNotice: '10' }));
      await store.save(asked('aside', { invitedNotice: '10', invitations: 5 }));
      expect(ids(await store.uninvited({ notice: '10', at: NOW }, 10))).toEqual([idOf('one')]);
      expect(ids(await store.uninvited({ notice: '1', at: NOW }, 10)).sort()).toEqual(
        [idOf('ten'), idOf('aside')].sort(),
      );
      expect(await store.uninvited({ notice: '#~', at: NOW }, 10)).toHaveLength(3);
    });

    it.each([1, 2, 5])('lists each that waits once, %i to a page', async (limit) => {
      const store = await open();
      const waiting = [
        invited('one'),
        invited('two'),
        asked('three', { invitedNotice: '1' }),
        asked('four', { invitedNotice: '3' }),
        asked('five'),
        asked('six'),
      ];
      for (const account of [...waiting, asked('seven', { invitedAt: plus(NOW, { days: 9 }) })])
        await store.save(account);
      const listed: AccountId[] = [];
      let after: Account | undefined;
      do {
        const page = await store.uninvited(ask({ days: 14 }), limit, after);
        expect(page.length).toBeLessThanOrEqual(limit);
        listed.push(...ids(page));
        after = page.at(-1);
      } while (after !== undefined);
      expect(listed).toHaveLength(waiting.length);
      expect(listed.sort()).toEqual(ids(waiting).sort());
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
      expect(await store.uninvited(ask(), 2)).toHaveLength(2);
      expect(await store.unenrolled(2)).toHaveLength(2);
    });

    it('gives a place to the first who claims it', async () => {
      const store = await open();
      const place = placeId(anAccount());
      expect(await store.placeOwner(place)).toBeNull();
      const [one, two] = [idOf('one'), idOf('two')].map((account) => ({ account, claimedAt: NOW }));
      const ends = await Promise.all([
        store.claimPlace(place, one!, null),
        store.claimPlace(place, two!, null),
      ]);
      expect(ends.sort()).toEqual(['claimed', 'taken']);
      expect([one, two]).toContainEqual(await store.placeOwner(place));
      expect(await store.placeOwner(placeId({ network: 'feed', handle: 'https://dua.example/' }))).toBeNull();
    });

    it('hands a place on only from the claim that was seen', async () => {
      const store = await open();
      const place = placeId(anAccount());
      const first = { account: idOf('one'), claimedAt: NOW };
      const renewed = { account: idOf('one'), claimedAt: plus(NOW, { minutes: 1 }) };
      const other = { account: idOf('two'), claimedAt: plus(NOW, { minutes: 2 }) };
      expect(await store.claimPlace(place, other, first)).toBe('taken');
      await store.claimPlace(place, first, null);
      expect(await store.claimPlace(place, renewed, first)).toBe('claimed');
      expect(await store.claimPlace(place, other, first)).toBe('taken');
      expect(await store.claimPlace(place, other, renewed)).toBe('claimed');
      expect(await store.placeOwner(place)).toEqual(other);
    });

    it('lists accounts about whom the network is to be asked, longest due first, and no others', async () => {
      const store = await open();
      const lookup = (dueAt: Instant | null) => ({ at: NOW, end: 'found' as const, failures: 0, dueAt });
      await store.save(named('monthly', { lookup: lookup(plus(NOW, { days: 30 })) }));
      await store.save(named('never again', { lookup: lookup(null) }));
      await store.save(named('paused', { state: 'paused', epoch: 2, lookup: lookup(NOW) }));
      await store.save(invited('invited'));
      await store.save(named('unknown', { identity: null }));
      await store.save(named('due', { lookup: lookup(NOW) }));
      expect(ids(await store.lookupsDue(NOW, 10))).toEqual([idOf('unknown'), idOf('due')]);
      expect(ids(await store.lookupsDue(NOW, 1))).toEqual([idOf('unknown')]);
      const later = await store.lookupsDue(plus(NOW, { days: 30 }), 10);
      expect(ids(later)).toEqual([idOf('unknown'), idOf('due'), idOf('monthly')]);
      await store.save(named('due', { lookup: lookup(null), revision: 1 }));
      expect(ids(await store.lookupsDue(NOW, 10))).toEqual([idOf('unknown')]);
    });

    it('deletes an account with its claim on its place, and leaves a place that another has taken over', async () => {
      const store = await open();
      const place = placeId(named('one'));
      const claim = { account: idOf('one'), claimedAt: NOW };
      await store.save(named('one'));
      await store.claimPlace(place, claim, null);
      for (let time = 0; time < 2; time += 1) await store.remove(named('one'));
      expect(await store.byIds([idOf('one')])).toEqual([]);
      expect(await store.ofHolder(named('one').holder)).toEqual([]);
      expect((await store.list({ limit: 9, cursor: null })).items).toEqual([]);
      expect(await store.placeOwner(place)).toBeNull();
      const other = { account: idOf('two'), claimedAt: NOW };
      await store.claimPlace(place, other, null);
      await store.remove(named('one'));
      expect(await store.placeOwner(place)).toEqual(other);
    });
  });
};

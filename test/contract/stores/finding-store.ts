import { describe, expect, it } from 'vitest';
import { AccountId, FindingId, PersonId, ProvisionId } from '../../../shared/domain/ids.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import { Instant, minus, plus } from '../../../shared/domain/time.js';
import { BadCursorError } from '../../../shared/errors.js';
import { UNFILTERED, type FindingQuery, type FindingStore } from '../../../shared/ports.js';
import { aFinding, anIndication } from '../../fixtures/finding.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const idOf = (name: string): FindingId => FindingId.parse(opaqueId(name));
const named = (name: string, overrides: Partial<Finding> = {}): Finding =>
  aFinding({ id: idOf(name), ...overrides });
const everything: FindingQuery = { ...UNFILTERED, limit: 100, cursor: null };
const ids = (findings: readonly Finding[]): FindingId[] => findings.map(({ id }) => id);
const untold = { holder: null, supervisor: null } as const;

/** One a week back from `NOW`, over half a year; the last two at the same moment. */
const weekly = Array.from({ length: 26 }, (_, week) =>
  named(`week ${week}`, { foundAt: minus(NOW, { days: 7 * Math.min(week, 24) }) }),
);

export const findingStoreContract = (open: () => Promise<FindingStore>): void => {
  const holding = async (findings: readonly Finding[]): Promise<FindingStore> => {
    const store = await open();
    for (const finding of findings) await store.create(finding);
    return store;
  };

  describe('a finding store', () => {
    it('keeps the first of two findings with one id', async () => {
      const store = await open();
      expect(await store.create(named('one'))).toBe('created');
      expect(await store.create(named('one', { foundAt: plus(NOW, { days: 1 }) }))).toBe('duplicate');
      expect(await store.byId(idOf('one'))).toEqual(named('one'));
      expect(await store.byId(idOf('two'))).toBeNull();
    });

    it('lets one of two decisions on one revision win', async () => {
      const store = await holding([named('one')]);
      expect(await store.save(named('one', { state: 'clarifying', revision: 1 }))).toBe('saved');
      expect(await store.save(named('one', { state: 'dismissed', revision: 1 }))).toBe('stale');
      expect((await store.byId(idOf('one')))?.state).toBe('clarifying');
    });

    it('notes nothing of a finding that was removed', async () => {
      const store = await holding([named('one')]);
      await store.remove(named('one'), NOW);
      await store.noteGone(idOf('one'), NOW);
      expect(await store.byId(idOf('one'))).toBeNull();
    });

    it('notes once since when a post is gone, so that no decision undoes it', async () => {
      const store = await holding([named('one', { untold: { holder: 'clarification', supervisor: null } })]);
      await store.noteGone(idOf('one'), NOW);
      await store.noteGone(idOf('one'), plus(NOW, { days: 1 }));
      await store.noteGone(idOf('two'), NOW);
      expect(await store.byId(idOf('one'))).toMatchObject({ goneAt: NOW, revision: 1 });
      expect(await store.byId(idOf('two'))).toBeNull();
      expect(await store.save(named('one', { state: 'clarifying', revision: 1 }))).toBe('stale');
      expect(ids(await store.untold('holder', 10))).toEqual([idOf('one')]);
    });

    it.each([1, 5, 25, 26, 27])('lists every finding once, newest first, %i to a page', async (limit) => {
      const store = await holding(weekly);
      const listed: Finding[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.list({ ...everything, limit, cursor });
        listed.push(...page.items);
        if (page.next !== null) expect(page.items).toHaveLength(limit);
        cursor = page.next;
      } while (cursor !== null);
      expect(listed.map(({ foundAt }) => foundAt)).toEqual(weekly.map(({ foundAt }) => foundAt));
      expect(ids(listed).sort()).toEqual(ids(weekly).sort());
    });

    it('takes `from` in and leaves `to` out', async () => {
      const store = await holding(weekly);
      const [from, to] = [minus(NOW, { days: 14 }), minus(NOW, { days: 7 })];
      expect(ids((await store.list({ ...everything, from, to })).items)).toEqual([idOf('week 2')]);
      expect((await store.list({ ...everything, from: to, to: from })).items).toEqual([]);
      expect((await store.list({ ...everything, to: from, limit: 1 })).items).toHaveLength(1);
    });

    it('filters by state, provision and network, and fills its pages all the same', async () => {
      const [provision, other] = [ProvisionId.parse('DIS-2'), ProvisionId.parse('DIS-5')];
      const both = anIndication({ provisions: [provision, other] });
      const store = await holding(
        weekly.map((finding, week) => ({
          ...finding,
          state: week % 2 === 0 ? 'referred' : 'dismissed',
          indication: week % 4 === 0 ? both : finding.indication,
        })),
      );
      const count = async (query: Partial<FindingQuery>) =>
        (await store.list({ ...everything, ...query })).items.length;
      expect(await count({ states: ['referred'] })).toBe(13);
      expect(await count({ states: ['referred', 'dismissed'] })).toBe(26);
      expect(await count({ states: [] })).toBe(0);
      expect(await count({ provision: other })).toBe(7);
      expect(await count({ provision: other, states: ['dismissed'] })).toBe(0);
      expect(await count({ network: 'feed' })).toBe(26);
      expect(await count({ network: 'other' })).toBe(0);
      const first = await store.list({ ...everything, states: ['dismissed'], limit: 6 });
      const second = await store.list({ ...everything, states: ['dismissed'], limit: 7, cursor: first.next });
      expect([first.items.length, second.items.length, second.next]).toEqual([6, 7, null]);
    });

    it.each(['', 'nonsense', 'e30', Buffer.from('{"foundAt":"now","id":"x"}').toString('base64url')])(
      'refuses the cursor "%s", which no page gave',
      async (cursor) => {
        const store = await open();
        await expect(store.list({ ...everything, cursor })).rejects.toThrow(BadCursorError);
      },
    );

    it('finds the findings on an account', async () => {
      const account = AccountId.parse(opaqueId('another account'));
      const store = await holding([named('one'), named('two', { account })]);
      expect(ids(await store.ofAccount(account))).toEqual([idOf('two')]);
    });

    it('names what each audience is still to be told, longest waiting first', async () => {
      const store = await holding([
        named('new', { stateSince: NOW, untold: { holder: 'clarification', supervisor: null } }),
        named('old', {
          stateSince: minus(NOW, { days: 3 }),
          untold: { holder: 'referred', supervisor: 'referred' },
        }),
        named('none'),
      ]);
      expect(ids(await store.untold('holder', 10))).toEqual([idOf('old'), idOf('new')]);
      expect(ids(await store.untold('holder', 1))).toEqual([idOf('old')]);
      expect(ids(await store.untold('supervisor', 10))).toEqual([idOf('old')]);
    });

    it.each([1, 2, 5])(
      'names each that is to be told once, %i to a page, of equal age too',
      async (limit) => {
        const names = ['one', 'two', 'three', 'four', 'five'];
        const store = await holding(
          names.map((name) => named(name, { untold: { holder: 'referred', supervisor: null } })),
        );
        const listed: FindingId[] = [];
        let after: Finding | undefined;
        do {
          const page = await store.untold('holder', limit, after);
          expect(page.length).toBeLessThanOrEqual(limit);
          listed.push(...ids(page));
          // What was told meanwhile moves no place.
          if (page[0] !== undefined) await store.told(page[0].id, 'holder', 'referred');
          after = page.at(-1);
        } while (after !== undefined);
        expect(listed).toHaveLength(names.length);
        expect(listed.sort()).toEqual(names.map(idOf).sort());
      },
    );

    it('names what is in an open state, the longest in it first, until it moves on', async () => {
      const store = await holding([
        named('new', { state: 'deciding', stateSince: NOW }),
        named('old', { state: 'deciding', stateSince: minus(NOW, { days: 3 }) }),
        named('other', { state: 'objected' }),
        named('ended', { state: 'dismissed' }),
      ]);
      const [oldest] = await store.inState('deciding', 1);
      expect(oldest?.id).toBe(idOf('old'));
      expect(ids(await store.inState('deciding', 10, oldest))).toEqual([idOf('new')]);
      await store.save(named('old', { state: 'dismissed', revision: 1 }));
      expect(ids(await store.inState('deciding', 10))).toEqual([idOf('new')]);
      expect(await store.inState('indicated', 10)).toEqual([]);
    });

    it('notes that one audience was told, and leaves the other and the revision alone', async () => {
      const store = await holding([named('one', { untold: { holder: 'referred', supervisor: 'referred' } })]);
      await store.told(idOf('one'), 'supervisor', 'referred');
      await store.told(idOf('one'), 'supervisor', 'referred');
      expect(await store.untold('supervisor', 10)).toEqual([]);
      expect(await store.byId(idOf('one'))).toEqual(
        named('one', { untold: { holder: 'referred', supervisor: null } }),
      );
      expect(ids(await store.untold('holder', 10))).toEqual([idOf('one')]);
    });

    it('keeps what is newly to be told when an older telling is noted late', async () => {
      const store = await holding([named('one', { untold: { ...untold, supervisor: 'objected' } })]);
      await store.told(idOf('one'), 'supervisor', 'referred');
      await store.told(idOf('nowhere'), 'supervisor', 'referred');
      expect((await store.untold('supervisor', 10))[0]?.untold.supervisor).toBe('objected');
      expect(await store.byId(idOf('nowhere'))).toBeNull();
    });

    it('names the windows that have ended, and none that has not begun or is closed', async () => {
      const clarifying = { state: 'clarifying', replyBy: NOW } as const;
      const store = await holding([
        named('ended', clarifying),
        named('ended before', { ...clarifying, replyBy: minus(NOW, { days: 1 }) }),
        named('open', { ...clarifying, replyBy: plus(NOW, { days: 1 }) }),
        named('not begun', { state: 'clarifying', replyBy: null }),
        named('closed', { state: 'deciding', replyBy: NOW }),
      ]);
      expect(ids(await store.windowEndedBy(NOW, 10))).toEqual([idOf('ended before'), idOf('ended')]);
      expect(ids(await store.windowEndedBy(NOW, 1))).toEqual([idOf('ended before')]);
      await store.save(named('ended', { state: 'deciding', replyBy: NOW, revision: 1 }));
      expect(ids(await store.windowEndedBy(NOW, 10))).toEqual([idOf('ended before')]);
    });

    it('keeps every character of a post', async () => {
      const store = await open();
      const finding = named('one', {
        postedAt: Instant.parse('2026-11-01T00:00:00.000Z'),
        parts: [
          { field: 'title', text: '' },
          { field: 'body', text: 'Sugeng énjing 🙏🏽 ꦱꦸꦒꦼꦁ\r\n\t\u0000\u202e' },
        ],
        contents: { '0': { salt: '0'.repeat(32), text: '', files: [] } },
      });
      await store.create(finding);
      expect(await store.byId(finding.id)).toEqual(finding);
    });

    it('lists what was concluded by a moment, the longest first, page after page', async () => {
      const since = (name: string, days: number, state: Finding['state'] = 'dismissed') =>
        named(name, { state, stateSince: minus(NOW, { days }) });
      const store = await holding([
        since('two', 2),
        since('nine', 9),
        since('five', 5),
        since('referred', 9, 'referred'),
        since('open', 9, 'indicated'),
      ]);
      const by = minus(NOW, { days: 5 });
      const listed = await store.concludedBy('dismissed', by, 10);
      expect(ids(listed)).toEqual([idOf('nine'), idOf('five')]);
      const [first] = await store.concludedBy('dismissed', by, 1);
      expect(first?.id).toBe(idOf('nine'));
      expect(ids(await store.concludedBy('dismissed', by, 10, first))).toEqual([idOf('five')]);
      expect(ids(await store.concludedBy('referred', NOW, 10))).toEqual([idOf('referred')]);
    });

    it('lists what a network lends for some days, captured by a moment, the oldest first, page after page', async () => {
      const captured = (name: string, days: number, overrides: Partial<Finding> = {}) =>
        named(name, { network: 'youtube', capturedAt: minus(NOW, { days }), ...overrides });
      const store = await holding([
        captured('two', 2),
        captured('nine', 9, { state: 'referred' }),
        captured('five', 5),
        captured('feed', 9, { network: 'feed' }),
        captured('given in', 9, { submitted: true }),
      ]);
      const by = minus(NOW, { days: 5 });
      expect(ids(await store.lentBy('youtube', by, 10))).toEqual([idOf('nine'), idOf('five')]);
      const [first] = await store.lentBy('youtube', by, 1);
      expect(ids(await store.lentBy('youtube', by, 10, first))).toEqual([idOf('five')]);
      await store.remove(first!, NOW);
      expect(ids(await store.lentBy('youtube', by, 10))).toEqual([idOf('five')]);
      expect(await store.lentBy('feed', by, 10)).toEqual([]);
    });

    it('locks a finding that is still what it was: it is there, and nothing is saved of it any more', async () => {
      const dismissed = named('one', { state: 'dismissed', untold: { ...untold, holder: 'dismissed' } });
      const store = await holding([dismissed, named('two')]);
      const held = {
        ...dismissed,
        legalHold: { by: PersonId.parse(opaqueId('officer')), since: NOW, until: plus(NOW, { days: 9 }) },
      };
      expect(await store.lock({ ...dismissed, revision: 1 })).toBe('stale');
      expect(await store.save({ ...held, revision: 1 })).toBe('saved');
      expect(await store.lock(dismissed)).toBe('stale');
      expect(await store.lockedOf(dismissed.account)).toEqual([]);
      const now = { ...held, revision: 1 };
      for (let time = 0; time < 2; time += 1) expect(await store.lock(now)).toBe('locked');
      expect(await store.save({ ...now, legalHold: null, revision: 2 })).toBe('stale');
      expect(await store.byId(dismissed.id)).toEqual(now);
      expect(ids(await store.ofAccount(dismissed.account)).toSorted()).toEqual(
        [idOf('one'), idOf('two')].toSorted(),
      );
      await store.told(dismissed.id, 'holder', 'dismissed');
      expect(await store.save({ ...now, legalHold: null, revision: 2 })).toBe('stale');
      expect(ids(await store.lockedOf(dismissed.account))).toEqual([idOf('one')]);
      expect(await store.remove(now, NOW)).toBe('removed');
      expect(await store.lockedOf(dismissed.account)).toEqual([]);
      expect(await store.lock(now)).toBe('stale');
    });

    it('deletes a finding that is still what it was, everywhere, and keeps its id taken', async () => {
      const dismissed = named('one', { state: 'dismissed', untold: { ...untold, holder: 'dismissed' } });
      const store = await holding([dismissed, named('two')]);
      expect(await store.remove({ ...dismissed, revision: 1 }, NOW)).toBe('stale');
      expect(await store.remove(dismissed, NOW)).toBe('removed');
      expect(await store.byId(dismissed.id)).toBeNull();
      expect(ids((await store.list(everything)).items)).toEqual([idOf('two')]);
      expect(ids(await store.ofAccount(dismissed.account))).toEqual([idOf('two')]);
      expect(await store.untold('holder', 10)).toEqual([]);
      expect(await store.concludedBy('dismissed', NOW, 10)).toEqual([]);
      expect(await store.create(dismissed)).toBe('duplicate');
      expect(await store.save({ ...dismissed, revision: 1 })).toBe('stale');
      expect(await store.remove(dismissed, NOW)).toBe('stale');
    });
  });
};

import { describe, expect, it } from 'vitest';
import { FindingId } from '../../../shared/domain/ids.js';
import { tagOf } from '../../../shared/domain/digest/mail.js';
import { milliseconds, plus, type Duration } from '../../../shared/domain/time.js';
import type { MailingStore } from '../../../shared/ports.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const name = { kind: 'digest', recipient: opaqueId('supervisor'), occasion: '2026-11-23' } as const;
const finding = FindingId.parse(opaqueId('finding'));
const mailing = { ...name, items: [{ finding, telling: 'referred' }] };
const after = (duration: Duration) => plus(NOW, duration);
const ALMOST_A_QUARTER = { seconds: milliseconds({ minutes: 15 }) / 1000 - 1 };

export const mailingStoreContract = (open: () => Promise<MailingStore>): void => {
  describe('a mailing store', () => {
    it('gives a claim to one of two runs', async () => {
      const store = await open();
      const claims = await Promise.all([store.claim(mailing, NOW), store.claim(mailing, NOW)]);
      expect(claims.sort()).toEqual(['busy', 'claimed']);
    });

    it('gives a claim without an end again after a quarter of an hour, with what is to be told by then', async () => {
      const store = await open();
      await store.claim(mailing, NOW);
      expect(await store.claim(mailing, after({ seconds: 59 }))).toBe('busy');
      expect(await store.claim(mailing, after({ minutes: 1 }))).toBe('in-doubt');
      expect(await store.claim(mailing, after(ALMOST_A_QUARTER))).toBe('in-doubt');
      expect(await store.claim({ ...mailing, items: [] }, after({ minutes: 15 }))).toBe('claimed');
      expect(await store.claim(mailing, after({ minutes: 16, seconds: -1 }))).toBe('busy');
      expect(await store.last(name.kind, name.recipient)).toMatchObject({
        items: [],
        claimedAt: after({ minutes: 15 }),
      });
    });

    it.each(['sent', 'undeliverable'] as const)('never claims a mail again that is %s', async (state) => {
      const store = await open();
      await store.claim(mailing, NOW);
      await store.settle(name, { state, messageId: 'ses-1' });
      expect(await store.claim(mailing, after({ days: 1 }))).toBe(state);
      expect(await store.last(name.kind, name.recipient)).toEqual({
        ...mailing,
        fate: null,
        state,
        claimedAt: NOW,
        messageId: 'ses-1',
      });
    });

    it('gives a claim that was released again at once', async () => {
      const store = await open();
      await store.claim(mailing, NOW);
      await store.release(name);
      expect(await store.last(name.kind, name.recipient)).toMatchObject({ state: 'unsent' });
      const claims = await Promise.all([store.claim(mailing, NOW), store.claim(mailing, NOW)]);
      expect(claims.sort()).toEqual(['busy', 'claimed']);
    });

    it('releases nothing that is not claimed', async () => {
      const store = await open();
      await expect(store.release(name)).rejects.toThrow('No claim');
      await store.claim(mailing, NOW);
      await store.settle(name, { state: 'sent', messageId: 'ses-1' });
      await expect(store.release(name)).rejects.toThrow('No claim');
      expect(await store.claim(mailing, NOW)).toBe('sent');
    });

    it('names every mailing that speaks of a finding, as it stands', async () => {
      const store = await open();
      const other = { ...mailing, recipient: opaqueId('another') };
      await store.claim(mailing, NOW);
      await store.claim(other, NOW);
      await store.settle(name, { state: 'sent', messageId: 'ses-1' });
      await store.claim({ ...mailing, occasion: '2026-11-24', items: [] }, NOW);
      const about = await store.about(finding);
      expect(about.map(({ recipient, state }) => [recipient, state]).sort()).toEqual(
        [
          [mailing.recipient, 'sent'],
          [other.recipient, 'claimed'],
        ].sort(),
      );
      expect(await store.about(FindingId.parse(opaqueId('nothing')))).toEqual([]);
    });

    it('settles nothing that was never claimed', async () => {
      const store = await open();
      await expect(store.settle(name, { state: 'sent', messageId: null })).rejects.toThrow('No claim');
      expect(await store.last(name.kind, name.recipient)).toBeNull();
    });

    it('tells occasions, recipients and kinds apart', async () => {
      const store = await open();
      await store.claim(mailing, NOW);
      expect(await store.claim({ ...mailing, occasion: '2026-11-24' }, NOW)).toBe('claimed');
      expect(await store.claim({ ...mailing, recipient: opaqueId('another') }, NOW)).toBe('claimed');
      expect(await store.claim({ ...mailing, kind: 'work-list' }, NOW)).toBe('claimed');
    });

    it('names the last mailing by its occasion', async () => {
      const store = await open();
      for (const occasion of ['2026-11-24', '2026-11-25', '2026-11-23'])
        await store.claim({ ...mailing, occasion }, NOW);
      expect((await store.last(name.kind, name.recipient))?.occasion).toBe('2026-11-25');
      expect(await store.last('outcome', name.recipient)).toBeNull();
    });

    it('finds a mailing by what the mail service calls it', async () => {
      const store = await open();
      expect(await store.byTag(tagOf(name))).toBeNull();
      await store.claim(mailing, NOW);
      expect(await store.byTag(tagOf(name))).toMatchObject({ ...mailing, state: 'claimed', fate: null });
      expect(await store.byTag(tagOf({ ...name, kind: 'work-list' }))).toBeNull();
    });

    it('notes what became of a mail: what weighs more stays, whatever the order', async () => {
      const store = await open();
      const event = { messageId: 'm-1' };
      expect(await store.noteFate(name, { ...event, fate: 'delivered' })).toBe(false);
      await store.claim(mailing, NOW);
      expect(await store.noteFate(name, { ...event, fate: 'delivered' })).toBe(true);
      expect(await store.noteFate(name, { ...event, fate: 'delivered' })).toBe(true);
      expect(await store.byTag(tagOf(name))).toMatchObject({
        state: 'sent',
        fate: 'delivered',
        messageId: 'm-1',
      });
      await store.settle(name, { state: 'sent', messageId: 'm-1' });
      expect((await store.byTag(tagOf(name)))?.fate).toBe('delivered');
      expect(await store.noteFate(name, { ...event, fate: 'bounced' })).toBe(true);
      expect(await store.noteFate(name, { ...event, fate: 'complained' })).toBe(false);
      await store.settle(name, { state: 'sent', messageId: 'm-1' });
      expect(await store.byTag(tagOf(name))).toMatchObject({ state: 'undeliverable', fate: 'bounced' });
      expect(await store.claim(mailing, after({ days: 1 }))).toBe('undeliverable');
    });

    it('lists the oldest claims and every mail to somebody, and deletes them with what points to them', async () => {
      const store = await open();
      await store.claim(mailing, after({ days: 2 }));
      await store.claim({ ...mailing, occasion: '2026-11-20' }, after({ days: 1 }));
      await store.claim({ ...mailing, kind: 'work-list' }, NOW);
      await store.claim({ ...mailing, recipient: opaqueId('another') }, after({ days: 3 }));
      const oldest = await store.claimedBy(after({ days: 2 }), 2);
      expect(oldest.map(({ kind, occasion }) => [kind, occasion])).toEqual([
        ['work-list', '2026-11-23'],
        ['digest', '2026-11-20'],
      ]);
      expect(await store.to(name.recipient)).toHaveLength(3);
      for (const old of oldest) await store.remove(old);
      for (const old of oldest) await store.remove(old);
      expect(await store.to(name.recipient)).toMatchObject([{ occasion: '2026-11-23', kind: 'digest' }]);
      expect(await store.about(finding)).toHaveLength(2);
      expect(await store.claimedBy(after({ days: 9 }), 10)).toHaveLength(2);
    });
  });
};

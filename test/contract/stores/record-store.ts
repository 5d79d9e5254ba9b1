import { describe, expect, it } from 'vitest';
import { FindingId, PersonId } from '../../../shared/domain/ids.js';
import { lineOrder, type RecordEntry, type RecordLine } from '../../../shared/domain/record/entry.js';
import { minus, plus } from '../../../shared/domain/time.js';
import type { RecordStore } from '../../../shared/ports.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const person = PersonId.parse(opaqueId('analyst'));
const read = { kind: 'read', at: NOW, person, finding: FindingId.parse(opaqueId('finding')) } as const;
const act: RecordEntry = { kind: 'act', at: NOW, person, act: 'scan-requested' };

const at = (minutes: number): RecordEntry => ({ ...act, at: plus(NOW, { minutes }) });
const ALWAYS = { from: null, to: plus(NOW, { days: 1 }) } as const;

export const recordStoreContract = (open: () => Promise<RecordStore>): void => {
  const entries = async (store: RecordStore): Promise<RecordEntry[]> =>
    (await store.lines(ALWAYS, 100)).map(({ entry }) => entry);

  describe('a record store', () => {
    it('keeps every line, also two that say the same', async () => {
      const store = await open();
      for (const entry of [read, act, read]) await store.append(entry);
      const kept = await entries(store);
      expect(kept.map(({ kind }) => kind).sort()).toEqual(['act', 'read', 'read']);
      expect(kept).toContainEqual(read);
      expect(kept).toContainEqual(act);
    });

    it('keeps the first of what is said once under a name', async () => {
      const store = await open();
      expect(await store.appendOnce('a', at(1))).toBe('appended');
      expect(await store.appendOnce('a', at(2))).toBe('there');
      expect(await store.appendOnce('b', at(3))).toBe('appended');
      expect(await entries(store)).toEqual([at(1), at(3)]);
    });

    it.each([1, 2, 7, 100])('gives the lines of a span in their order, %i to a page', async (limit) => {
      const store = await open();
      for (const minutes of [5, 0, 2, 2, 9, -1]) await store.append(at(minutes));
      await store.appendOnce('once', at(3));
      const span = { from: NOW, to: plus(NOW, { minutes: 9 }) };
      const found: RecordLine[] = [];
      let after: RecordLine | undefined;
      do {
        const page = await store.lines(span, limit, after);
        expect(page.length).toBeLessThanOrEqual(limit);
        found.push(...page);
        after = page.at(-1);
      } while (after !== undefined);
      expect(found.map(({ entry }) => entry)).toEqual([0, 2, 2, 3, 5].map(at));
      expect(found.map(lineOrder)).toEqual(found.map(lineOrder).sort());
    });

    it('gives everything before a moment', async () => {
      const store = await open();
      for (const minutes of [-5, 5]) await store.append(at(minutes));
      expect((await store.lines({ from: null, to: NOW }, 10)).map(({ entry }) => entry)).toEqual([at(-5)]);
      expect(await store.lines({ from: NOW, to: minus(NOW, { minutes: 1 }) }, 10)).toEqual([]);
    });

    it('finds every look at a finding, in the order of time, and none at another', async () => {
      const store = await open();
      const later: RecordEntry = { ...read, at: plus(NOW, { days: 40 }) };
      const elsewhere: RecordEntry = { ...read, finding: FindingId.parse(opaqueId('another')) };
      for (const entry of [later, act, elsewhere, read]) await store.append(entry);
      expect(await store.looksAt(read.finding)).toEqual([read, later]);
      expect(await store.looksAt(FindingId.parse(opaqueId('none')))).toEqual([]);
    });
  });
};

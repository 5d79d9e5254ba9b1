import { describe, expect, it } from 'vitest';
import { FindingId, PersonId } from '../../../shared/domain/ids.js';
import type { RecordEntry } from '../../../shared/domain/record/entry.js';
import type { RecordStore } from '../../../shared/ports.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const person = PersonId.parse(opaqueId('analyst'));
const read: RecordEntry = { kind: 'read', at: NOW, person, finding: FindingId.parse(opaqueId('finding')) };
const act: RecordEntry = { kind: 'act', at: NOW, person, act: 'scan-requested' };

export interface OpenedRecord {
  readonly store: RecordStore;
  readonly entries: () => Promise<readonly RecordEntry[]>;
}

export const recordStoreContract = (open: () => Promise<OpenedRecord>): void => {
  describe('a record store', () => {
    it('keeps every line, also two that say the same', async () => {
      const { store, entries } = await open();
      for (const entry of [read, act, read]) await store.append(entry);
      const kept = await entries();
      expect(kept.map(({ kind }) => kind).sort()).toEqual(['act', 'read', 'read']);
      expect(kept).toContainEqual(read);
      expect(kept).toContainEqual(act);
    });
  });
};

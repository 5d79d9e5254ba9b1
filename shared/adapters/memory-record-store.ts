import { RecordEntry } from '../domain/record/entry.js';
import type { RecordStore } from '../ports.js';
import { promised } from './memory-rows.js';

/** The record for one process; `entries` shows its lines in the order in which they came. */
export const memoryRecordStore = (): RecordStore & { readonly entries: readonly RecordEntry[] } => {
  const entries: RecordEntry[] = [];
  return {
    entries,
    append: (entry) =>
      promised(() => {
        entries.push(RecordEntry.parse(structuredClone(entry)));
      }),
  };
};

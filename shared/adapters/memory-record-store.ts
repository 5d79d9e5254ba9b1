import { sha256 } from '../domain/ids.js';
import { lineOrder, RecordLine, type RecordEntry } from '../domain/record/entry.js';
import type { RecordStore } from '../ports.js';
import { by } from './by.js';
import { promised } from './memory-rows.js';

/** The record for one process; `entries` shows what was appended in the order in which it came. */
export const memoryRecordStore = (): RecordStore & { readonly entries: readonly RecordEntry[] } => {
  const lines: RecordLine[] = [];
  const entries: RecordEntry[] = [];
  const add = (id: string, entry: RecordEntry): void => {
    const line = RecordLine.parse(structuredClone({ id, entry }));
    lines.push(line);
    entries.push(line.entry);
  };
  return {
    entries,
    looksAt: (finding) =>
      promised(() =>
        entries
          .flatMap((entry) => (entry.kind === 'read' && entry.finding === finding ? [entry] : []))
          .sort(by(({ at }) => at)),
      ),
    append: (entry) =>
      promised(() => {
        add(sha256('line', String(lines.length)).slice(0, 32), entry);
      }),
    appendOnce: (name, entry) =>
      promised(() => {
        const id = sha256('once', name).slice(0, 32);
        if (lines.some((line) => line.id === id)) return 'there';
        add(id, entry);
        return 'appended';
      }),
    lines: ({ from, to }, limit, after) =>
      promised(() =>
        lines
          .filter(({ entry }) => (from === null || entry.at >= from) && entry.at < to)
          .filter((line) => after === undefined || lineOrder(line) > lineOrder(after))
          .sort(by(lineOrder))
          .slice(0, limit),
      ),
  };
};

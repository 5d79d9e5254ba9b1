import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportRow } from '../../../shared/domain/record/export-file.js';
import { sealDay, sealHash, type Seal } from '../../../shared/domain/record/seal.js';
import { verifyRecord, type Anchors } from '../../../shared/domain/record/verify.js';
import { appended } from '../../../shared/domain/review/history.js';
import { PersonId } from '../../../shared/domain/ids.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { aLivelyArchive, exported, written } from '../../fixtures/record.js';
import { holds } from './independent-verifier.js';

const OTHER = PersonId.parse('0'.repeat(32));

let rows: ExportRow[] = [];
let file: string[] = [];
let anchors: Anchors = new Map();
let noted = '';

const sealsOf = (of: readonly ExportRow[]): Seal[] =>
  of.flatMap((row) => (row.row === 'seal' ? [row.seal] : []));

beforeAll(async () => {
  rows = await exported(await aLivelyArchive());
  file = written(rows);
  const last = sealsOf(rows).at(-1);
  if (last === undefined) throw new Error('Days are sealed');
  noted = sealHash(last);
  anchors = new Map([[last.day, noted]]);
});

const faultsIn = (texts: readonly string[], known: Anchors = anchors): string[] =>
  verifyRecord(texts, known).faults.map(({ where, what }) => `${where}: ${what}`);

/** Both verifiers must find fault. */
const isCaught = (texts: readonly string[]): boolean =>
  faultsIn(texts).length > 0 && !holds(texts.join('\n'), noted);

describe('an exported record', () => {
  it('holds, and says what it has and what it cannot show', () => {
    expect(verifyRecord(file, anchors)).toEqual({
      faults: [],
      seals: 4,
      lines: 17,
      histories: 7,
      decisions: 14,
      firstDay: '2026-11-23',
      lastDay: '2026-11-26',
      lastSeal: noted,
      anchored: 1,
      unsealedLines: 0,
      unsealedHistories: 0,
      unfollowedHeads: 0,
    });
    expect(holds(file.join('\n'), noted)).toBe(true);
  });

  it('of some days holds too', () => {
    const [, second, third] = sealsOf(rows);
    if (second === undefined || third === undefined) throw new Error('Four days are sealed');
    const within = (at: string) => at >= (second.from ?? '') && at < third.to;
    const part = rows.filter((row) => {
      if (row.row === 'seal') return [second.day, third.day].includes(row.seal.day);
      return row.row !== 'line' || within(row.line.entry.at);
    });
    const lines = part.filter(({ row }) => row === 'line').length;
    const some = part.map((row): ExportRow => {
      if (row.row === 'header') return { ...row, from: second.day, to: third.day };
      return row.row === 'end' ? { ...row, seals: 2, lines } : row;
    });
    expect(faultsIn(written(some), new Map([[third.day, sealHash(third)]]))).toEqual([]);
    const later = some.map((row) =>
      row.row === 'header' ? { ...row, to: LocalDate.parse('2026-11-26') } : row,
    );
    expect(faultsIn(written(later)).join()).toContain('seals are missing at the end');
    const earlier = some.map((row) =>
      row.row === 'header' ? { ...row, from: LocalDate.parse('2026-11-23') } : row,
    );
    expect(faultsIn(written(earlier)).join()).toContain('seals are missing at the begin');
  });

  it('is caught where any one letter is another', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.constantFrom('0', '1', '7', 'a', 'e', 'z', '"', '{'),
        (row, place, letter) => {
          // The header says when and what for: what is sealed begins with the second row.
          const index = 1 + (row % (file.length - 1));
          const text = file[index] ?? '';
          const at = place % text.length;
          fc.pre(text[at] !== letter);
          const altered = file.with(index, text.slice(0, at) + letter + text.slice(at + 1));
          expect(isCaught(altered)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is caught where any row is deleted, doubled, or swapped with another', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const index = one % file.length;
        expect(isCaught(file.toSpliced(index, 1))).toBe(true);
        expect(isCaught(file.toSpliced(index, 0, file[index] ?? ''))).toBe(true);
        const second = other % file.length;
        fc.pre(index !== second);
        const swapped = file.with(index, file[second] ?? '').with(second, file[index] ?? '');
        expect(isCaught(swapped)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('is caught where it is cut off anywhere, though the last row is put right', () => {
    for (let length = 1; length < rows.length - 1; length += 1) {
      const kept = rows.slice(0, length);
      const count = (kind: ExportRow['row']) => kept.filter(({ row }) => row === kind).length;
      const end = {
        row: 'end',
        seals: count('seal'),
        histories: count('history'),
        lines: count('line'),
      } as const;
      expect(isCaught(written(kept))).toBe(true);
      expect(isCaught(written([...kept, end]))).toBe(true);
    }
  });

  it('is caught where a line is left out and its day sealed anew, by the seal that was kept', () => {
    const lines = rows.flatMap((row) => (row.row === 'line' ? [row.line] : []));
    for (const left of lines.keys()) {
      const kept = lines.toSpliced(left, 1);
      // All seals are made again, one after the other, as whoever holds the system could.
      const seals: Seal[] = [];
      for (const { day, zone, from, to, heads } of sealsOf(rows)) {
        const of = kept.filter(({ entry }) => (from === null || entry.at >= from) && entry.at < to);
        seals.push(sealDay({ day, zone, lines: of, heads, previous: seals.at(-1) ?? null }));
      }
      const anew: ExportRow[] = [
        ...rows.slice(0, 1),
        ...seals.map((seal) => ({ row: 'seal', seal }) as const),
        ...rows.filter(({ row }) => row === 'history'),
        ...kept.map((line) => ({ row: 'line', line }) as const),
        { row: 'end', seals: seals.length, histories: 7, lines: kept.length },
      ];
      const faults = faultsIn(written(anew));
      expect(faults.join()).toContain('It is not the seal that was kept elsewhere');
      // Without it nobody could tell, unless what was left out is a receipt.
      const alone = faultsIn(written(anew), new Map());
      expect(alone.length === 0).toBe(lines[left]?.entry.kind !== 'finding-ended');
    }
  });

  it('is caught where a history is cut off, or chained anew from any entry', () => {
    // Two histories with all their entries: each place costs both verifiers a whole file.
    const [shortest, longest] = rows
      .filter(({ row }) => row === 'history')
      .sort((left, right) => JSON.stringify(left).length - JSON.stringify(right).length)
      .filter((_, place, all) => place === 0 || place === all.length - 1);
    for (const [index, row] of rows.entries()) {
      if (row.row !== 'history' || (row !== shortest && row !== longest)) continue;
      const { finding, entries } = row.history;
      for (const place of entries.keys()) {
        const cut = entries.slice(0, place);
        const rechained = entries.slice(place).reduce(
          (history, entry) =>
            appended(
              { id: finding, history },
              {
                at: entry.at,
                actor: entry.actor,
                act: entry.act,
                code: entry.code === null ? 'other' : null,
              },
              null,
            ),
          cut,
        );
        const longer = appended(
          { id: finding, history: entries },
          { ...entries[place]!, code: 'other' },
          null,
        );
        for (const history of place === 0 ? [rechained, longer] : [cut, rechained, longer]) {
          const altered = rows.with(index, { row: 'history', history: { finding, entries: history } });
          expect(isCaught(written(altered))).toBe(true);
          expect(faultsIn(written(altered))).not.toEqual([]);
        }
      }
    }
  });

  it('says where and what', () => {
    const [line] = rows.flatMap((row) => (row.row === 'line' ? [row.line] : []));
    if (line === undefined || line.entry.kind !== 'act') throw new Error('The first line is an act');
    const index = rows.findIndex((row) => row.row === 'line');
    const edited = written([{ row: 'line', line: { ...line, entry: { ...line.entry, person: OTHER } } }]);
    expect(faultsIn(file.toSpliced(index, 1, ...edited))).toEqual([
      'seal of 2026-11-23: Its root does not fit the lines of its day; a line or the seal was altered.',
    ]);
    expect(faultsIn(file.slice(0, -1))).toContain('end: The last row is missing; the file was cut off.');
    expect(faultsIn([]).length).toBeGreaterThan(0);
    expect(faultsIn(['no json'])[0]).toBe('row 1: This is not JSON; the file was cut or altered here.');
  });
});

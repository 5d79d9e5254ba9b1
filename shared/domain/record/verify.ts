import * as z from 'zod';
import type { FindingId } from '../ids.js';
import { firstBreak, type HistoryEntry } from '../review/history.js';
import { addDays, type LocalDate } from '../time.js';
import { lineOrder, type RecordLine } from './entry.js';
import { ExportRow, type OpenHistory } from './export-file.js';
import { merkleRoot } from './merkle.js';
import { leavesOf, sealHash, spanOf, type Seal } from './seal.js';

/** Something that does not hold: where in the file, and what. */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

export interface Verification {
  readonly faults: readonly Fault[];
  readonly seals: number;
  readonly lines: number;
  readonly histories: number;
  /** Decisions that people took, each with who, what, when. */
  readonly decisions: number;
  readonly firstDay: LocalDate | null;
  readonly lastDay: LocalDate | null;
  /** The hash of the last seal: with it noted elsewhere, nobody can replace the file up to there. */
  readonly lastSeal: string | null;
  /** Days whose seal was compared with one that was kept elsewhere. */
  readonly anchored: number;
  /** What the file cannot show by itself. */
  readonly unsealedLines: number;
  readonly unsealedHistories: number;
  readonly unfollowedHeads: number;
}

/** Hashes of seals that somebody kept elsewhere, by their day. */
export type Anchors = ReadonlyMap<LocalDate, string>;

interface Contents {
  readonly header: Extract<ExportRow, { row: 'header' }> | null;
  readonly end: Extract<ExportRow, { row: 'end' }> | null;
  readonly seals: readonly Seal[];
  readonly histories: readonly OpenHistory[];
  readonly lines: readonly RecordLine[];
}

const ORDER: readonly ExportRow['row'][] = ['header', 'seal', 'history', 'line', 'end'];

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The rows of a file; whatever is none, or not in its place, is a fault. */
const read = (texts: Iterable<string>, fault: (where: string, what: string) => void): Contents => {
  let header: Contents['header'] = null;
  let end: Contents['end'] = null;
  const [seals, histories, lines]: [Seal[], OpenHistory[], RecordLine[]] = [[], [], []];
  let number = 0;
  let reached = 0;
  for (const text of texts) {
    number += 1;
    const where = `row ${number}`;
    const content = parsedJson(text);
    const parsed = ExportRow.safeParse(content);
    if (!parsed.success) {
      fault(
        where,
        content === undefined
          ? 'This is not JSON; the file was cut or altered here.'
          : `This row is not as the format says: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      );
      continue;
    }
    const row = parsed.data;
    const place = ORDER.indexOf(row.row);
    if (place < reached || (number === 1) !== (row.row === 'header') || end !== null)
      fault(where, `A ${row.row} does not belong here; rows were moved, added or left out.`);
    reached = Math.max(reached, place);
    switch (row.row) {
      case 'header':
        header ??= row;
        break;
      case 'seal':
        seals.push(row.seal);
        break;
      case 'history':
        histories.push(row.history);
        break;
      case 'line':
        lines.push(row.line);
        break;
      case 'end':
        end ??= row;
        break;
    }
  }
  return { header, end, seals, histories, lines };
};

const isDecision = ({ act, actor }: HistoryEntry): boolean =>
  actor.kind === 'person' && ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'].includes(act);

/** A history with the place at which it stands in the file. */
interface Kept {
  readonly where: string;
  readonly finding: FindingId;
  readonly entries: readonly HistoryEntry[];
  /** Whether its finding was deleted: then the line that says so is sealed with the whole history. */
  readonly ended: boolean;
}

const keptHistories = ({ histories, lines }: Contents): Kept[] => [
  ...histories.map(({ finding, entries }) => ({
    where: `history of ${finding}`,
    finding,
    entries,
    ended: false,
  })),
  ...lines.flatMap(({ id, entry }) =>
    entry.kind === 'finding-ended'
      ? [{ where: `line ${id}`, finding: entry.finding, entries: entry.history, ended: true }]
      : [],
  ),
];

/**
 * Checks an exported record with nothing but the file, and the hashes of seals that were kept elsewhere. Without those a
 * file that was made anew from end to end holds in itself; with one, everything up to its day is what it was then.
 */
export const verifyRecord = (texts: Iterable<string>, anchors: Anchors): Verification => {
  const faults: Fault[] = [];
  const fault = (where: string, what: string): void => {
    faults.push({ where, what });
  };
  const contents = read(texts, fault);
  const { header, seals, histories, lines } = contents;
  checkFrame(contents, fault);
  checkSeals(contents, anchors, fault);

  const kept = keptHistories(contents);
  for (const { where, finding, entries } of kept) {
    const broken = firstBreak({ id: finding, history: entries });
    if (broken !== null)
      fault(where, `Entry ${broken} does not follow from the one before it; the history was altered there.`);
  }
  const unfollowedHeads = checkHeads(contents, kept, fault);
  const unsealedHistories = checkSealedHistories(seals, kept, fault);

  const lastSeal = seals.at(-1);
  const people = new Map(kept.map(({ finding, entries }) => [finding, entries.filter(isDecision).length]));
  return {
    faults,
    seals: seals.length,
    lines: lines.length,
    histories: histories.length,
    decisions: [...people.values()].reduce((sum, decisions) => sum + decisions, 0),
    firstDay: seals[0]?.day ?? header?.from ?? null,
    lastDay: lastSeal?.day ?? null,
    lastSeal: lastSeal === undefined ? null : sealHash(lastSeal),
    anchored: seals.filter(({ day }) => anchors.has(day)).length,
    unsealedLines: lines.filter(({ entry }) => lastSeal === undefined || entry.at >= lastSeal.to).length,
    unsealedHistories,
    unfollowedHeads,
  };
};

type Report = (where: string, what: string) => void;

/** Header and end, and that every finding and line is there once and in order. */
const checkFrame = ({ header, end, seals, histories, lines }: Contents, fault: Report): void => {
  if (header === null)
    fault('row 1', 'The header is missing; this is no exported record, or its begin was cut off.');
  if (end === null) fault('end', 'The last row is missing; the file was cut off.');
  else if (end.seals !== seals.length || end.histories !== histories.length || end.lines !== lines.length)
    fault('end', 'The last row counts other rows than there are; rows were added or left out.');
  const ids = histories.map(({ finding }) => finding);
  for (const [index, id] of ids.entries())
    if (index > 0 && id <= (ids[index - 1] ?? ''))
      fault(`history of ${id}`, 'Histories are not in the order of their findings, or one is there twice.');
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before !== undefined && lineOrder(before) >= lineOrder(line))
      fault(`line ${line.id}`, 'Lines are not in the order of time, or one is there twice.');
  }
};

/** The lines of each seal; a line belongs to the first seal that ends after it. */
const linesOfSeals = ({ seals, lines }: Contents): readonly RecordLine[][] => {
  const days: RecordLine[][] = seals.map(() => []);
  for (const line of lines) {
    let [low, high] = [0, seals.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (line.entry.at < (seals[middle]?.to ?? '')) high = middle;
      else low = middle + 1;
    }
    days[low]?.push(line);
  }
  return days;
};

/** Each seal against its lines, against the one before it, and against what was kept elsewhere. */
const checkSeals = (contents: Contents, anchors: Anchors, fault: Report): void => {
  const { header, seals, lines } = contents;
  const days = linesOfSeals(contents);
  for (const [index, seal] of seals.entries()) {
    const where = `seal of ${seal.day}`;
    const before = seals[index - 1] ?? null;
    const day = days[index] ?? [];
    if (day.length !== seal.lines)
      fault(
        where,
        `It was made over ${seal.lines} lines, and there are ${day.length}; lines were added or deleted.`,
      );
    else if (merkleRoot(leavesOf(day, seal.heads)) !== seal.root)
      fault(where, 'Its root does not fit the lines of its day; a line or the seal was altered.');
    if (seal.to !== spanOf(seal.day, seal.zone, before).to)
      fault(where, 'It does not end with its day; the seal was altered.');
    if (before === null) {
      const isFirst = seal.previous === null;
      if (isFirst !== (seal.from === null) || (isFirst && header?.from != null && header.from < seal.day))
        fault(where, 'It is not linked as a first seal is; seals before it were cut off.');
      if (!isFirst && header?.from == null)
        fault(where, 'It is linked to a day before it that is missing; seals were cut off at the begin.');
      if (!isFirst && header?.from != null && header.from !== seal.day)
        fault(where, `The file should begin with ${header.from}; seals are missing at the begin.`);
    } else {
      if (seal.day !== addDays(before.day, 1))
        fault(where, `It follows the seal of ${before.day}; the days between are missing.`);
      if (seal.from !== before.to)
        fault(where, 'It does not begin where the day before ended; it was altered.');
      if (seal.previous !== sealHash(before))
        fault(
          where,
          `It is linked to another seal of ${before.day} than the one in the file; one was altered.`,
        );
    }
    const anchor = anchors.get(seal.day);
    if (anchor !== undefined && anchor !== sealHash(seal))
      fault(where, 'It is not the seal that was kept elsewhere; the record up to this day was made anew.');
  }
  const [first, last] = [seals[0], seals.at(-1)];
  for (const day of [...anchors.keys()].sort()) {
    const asked = (header?.from == null || day >= header.from) && (header?.to == null || day <= header.to);
    const there = first !== undefined && last !== undefined && day >= first.day && day <= last.day;
    if (asked && !there)
      fault(`seal of ${day}`, 'It was kept elsewhere and is missing here; days were cut off.');
  }
  if (header?.to != null && last !== undefined && last.day !== header.to)
    fault(`seal of ${last.day}`, `The file should end with ${header.to}; seals are missing at the end.`);
  const start = first?.from ?? null;
  if (start !== null && lines.some(({ entry }) => entry.at < start))
    fault('lines', 'There are lines from before the first seal; they belong to no day of the file.');
};

/** What was sealed of a history is in the history still. Answers how many heads the file cannot follow. */
const checkHeads = ({ header, seals }: Contents, kept: readonly Kept[], fault: Report): number => {
  const byFinding = new Map<FindingId, Kept[]>();
  for (const history of kept)
    byFinding.set(history.finding, [...(byFinding.get(history.finding) ?? []), history]);
  let unfollowed = 0;
  for (const { day, heads } of seals)
    for (const head of heads) {
      const found = byFinding.get(head.finding) ?? [];
      if (found.length === 0) {
        // What was deleted after the last day asked for has its receipt outside of this file.
        if (header?.to == null)
          fault(
            `seal of ${day}`,
            `Finding ${head.finding} had a history then, and has neither a history nor a receipt now; it was deleted unseen.`,
          );
        else unfollowed += 1;
      }
      for (const { where, entries } of found)
        if (entries[head.entries - 1]?.hash !== head.hash)
          fault(where, `It is not the history that was sealed on ${day}; entries were altered or cut off.`);
    }
  return unfollowed;
};

/** A history that had its last entry before the last seal was made must be in a seal as it is. Answers how many are newer. */
const checkSealedHistories = (seals: readonly Seal[], kept: readonly Kept[], fault: Report): number => {
  const [first, last] = [seals[0], seals.at(-1)];
  const sealed = new Set(
    seals.flatMap(({ heads }) => heads.map(({ finding, entries, hash }) => `${finding} ${entries} ${hash}`)),
  );
  let unsealed = 0;
  for (const { where, finding, entries, ended } of kept) {
    const end = entries.at(-1);
    if (end === undefined || ended) continue;
    if (last === undefined || end.at >= last.to) unsealed += 1;
    else if (first?.from != null && end.at < first.from) unsealed += 1;
    else if (!sealed.has(`${finding} ${entries.length} ${end.hash}`))
      fault(
        where,
        'It should be in a seal as it is now, and is not; the history was altered or added later.',
      );
  }
  return unsealed;
};

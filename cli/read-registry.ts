import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod';
import { checkRow, type WrittenRow } from '../shared/domain/registry/check-row.js';
import type { EmployeeNumber } from '../shared/domain/registry/employee-number.js';
import { REGISTRY_COLUMNS } from '../shared/domain/registry/registry-row.js';
import { rowConflicts } from '../shared/domain/registry/row-conflicts.js';
import { nearest } from './nearest.js';

/** What is wrong, and where. `column` is empty where it is the whole line. */
export interface LineFault {
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

/** A row that holds by itself: as it was written, and who it is about. */
export interface FileRow {
  readonly line: number;
  readonly written: WrittenRow;
  readonly person: EmployeeNumber;
  readonly supervisor: EmployeeNumber | null;
}

export interface RegistryFile {
  readonly rows: readonly FileRow[];
  readonly faults: readonly LineFault[];
}

type Circumstances = Parameters<typeof checkRow>[1];

const SEPARATORS = [',', ';', '\t'] as const;

/** Excel writes semicolons where the comma is the decimal mark, as in Indonesia. */
const separatorOf = (head: string): string => {
  const [header = ''] = head.split(/\r?\n/, 1);
  const count = (separator: string): number => header.split(separator).length;
  return [...SEPARATORS].sort((left, right) => count(right) - count(left))[0] ?? ',';
};

/** All that is wrong with the header in one sentence, or `null`. */
const headerFault = (header: readonly string[]): string | null => {
  const known: readonly string[] = REGISTRY_COLUMNS;
  const missing = REGISTRY_COLUMNS.filter((column) => !header.includes(column));
  const unknown = header
    .filter((column) => !known.includes(column))
    .map((column) => {
      const meant = nearest(column, missing);
      return `“${column}”${meant === null ? '' : ` (did you mean ${meant}?)`}`;
    });
  const twice = known.filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
  const parts = [
    ['unknown', unknown],
    ['missing', missing],
    ['there twice', twice],
  ] as const;
  const wrong = parts.filter(([, columns]) => columns.length > 0);
  return wrong.length === 0
    ? null
    : `the header does not fit; ${wrong.map(([what, columns]) => `${what}: ${columns.join(', ')}`).join('; ')}`;
};

const Parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) });

const blank = Object.fromEntries(REGISTRY_COLUMNS.map((column) => [column, '']));
const Written: z.ZodType<WrittenRow> = z.record(z.enum(REGISTRY_COLUMNS), z.string());

/** Takes the lines one by one and keeps what holds. */
const reader = (circumstances: Circumstances) => {
  const rows: FileRow[] = [];
  const faults: LineFault[] = [];
  const conflicts = rowConflicts('line');
  let header: readonly string[] | null = null;

  const take = (line: number, cells: readonly string[]): void => {
    if (header === null) {
      header = cells.map((cell) => cell.trim());
      const reason = headerFault(header);
      if (reason !== null) faults.push({ line: 1, column: '', reason });
      return;
    }
    // Without its header a file says nothing, so its rows are not judged.
    if (faults[0]?.line === 1) return;
    if (cells.length !== header.length) {
      faults.push({ line, column: '', reason: `has ${cells.length} cells, the header has ${header.length}` });
      return;
    }
    if (cells.some((cell) => cell.includes('\ufffd'))) {
      faults.push({ line, column: '', reason: 'is not UTF-8; save the file as “CSV UTF-8”' });
      return;
    }
    const names = header;
    const written = Written.parse({
      ...blank,
      ...Object.fromEntries(cells.map((cell, index) => [names[index] ?? '', cell])),
    });
    const checked = checkRow(written, circumstances);
    if (checked.kind === 'bad') {
      faults.push(...checked.faults.map((fault) => ({ ...fault, line })));
      return;
    }
    const { row, place } = checked;
    const found = conflicts({ at: line, row, place });
    if (found.length > 0) faults.push(...found.map(({ column, reason }) => ({ line, column, reason })));
    else rows.push({ line, written, person: row.employeeNumber, supervisor: row.supervisorEmployeeNumber });
  };
  return { take, result: (): RegistryFile => ({ rows, faults }) };
};

/** Reads registry.csv as a stream and names every fault of every line at once. */
export const readRegistry = async (source: Readable, circumstances: Circumstances): Promise<RegistryFile> => {
  const { take, result } = reader(circumstances);
  const chunks = source.setEncoding('utf8')[Symbol.asyncIterator]();
  let first = '';
  for (let ended = false; !ended && !first.includes('\n');) {
    const chunk = await chunks.next();
    ended = chunk.done === true;
    if (!ended) first += z.string().parse(chunk.value);
  }
  if (first.trim() === '')
    return { rows: [], faults: [{ line: 1, column: '', reason: 'the file is empty' }] };
  const parser = parse({
    bom: true,
    delimiter: separatorOf(first),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const all = async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  try {
    await pipeline(Readable.from(all()), parser, async (records: AsyncIterable<unknown>) => {
      for await (const parsed of records) {
        const { record, info } = Parsed.parse(parsed);
        take(info.lines, record);
      }
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = z.object({ lines: z.int() }).safeParse(error).data?.lines ?? 1;
    const { rows, faults } = result();
    const reason = 'a quotation mark is not where CSV has it; nothing after it could be read';
    return { rows, faults: [...faults, { line, column: '', reason }] };
  }
  return result();
};

import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import type { EmployeeNumber } from '../shared/domain/registry/employee-number.js';
import type { HostGuard } from '../shared/domain/registry/host-grammar.js';
import { NetworkSettings } from '../shared/domain/registry/network-settings.js';
import { LocalDate } from '../shared/domain/time.js';
import type { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { orderRows } from './order-rows.js';
import { readRegistry, type FileRow, type LineFault } from './read-registry.js';

const PER_CALL = 500;

const Agency = z.object({ today: LocalDate });
const Lookup = z.object({ people: z.array(z.object({}).nullable()) });
const Counts = z.object({ created: z.int(), updated: z.int(), unchanged: z.int() });
type Counts = z.infer<typeof Counts>;
const AccountCounts = Counts.extend({ withdrawn: z.int() });
type AccountCounts = z.infer<typeof AccountCounts>;
const Report = z.object({
  people: Counts,
  accounts: AccountCounts,
  faults: z.array(z.object({ row: z.int(), column: z.string(), reason: z.string() })),
});

export interface ImportResult {
  /** Rows that were sent and taken. */
  readonly rows: number;
  readonly people: Counts;
  readonly accounts: AccountCounts;
  readonly faults: readonly LineFault[];
}

interface ImportOrder {
  readonly api: ApiClient;
  readonly file: string;
  readonly guard: HostGuard;
  /** Import the good rows although others are not. */
  readonly partial: boolean;
}

const inChunks = <Item>(items: readonly Item[]): (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / PER_CALL) }, (_, index) =>
    items.slice(index * PER_CALL, (index + 1) * PER_CALL),
  );

const onRecord =
  (api: ApiClient) =>
  async (numbers: readonly EmployeeNumber[]): Promise<ReadonlySet<EmployeeNumber>> => {
    const known = new Set<EmployeeNumber>();
    for (const employeeNumbers of inChunks(numbers)) {
      const { people } = Lookup.parse(await api.post('/people/lookup', { employeeNumbers }));
      employeeNumbers.forEach((number, index) => {
        if (people[index] !== null && people[index] !== undefined) known.add(number);
      });
    }
    return known;
  };

const unreadable = (file: string, why: string): CliError =>
  new CliError(`${file} cannot be read: ${why}.`, 'Check the name and that it is a file.');

const opened = async (file: string): Promise<Readable> => {
  try {
    const handle = await open(file);
    if (!(await handle.stat()).isDirectory()) return handle.createReadStream();
    await handle.close();
  } catch (error) {
    throw error instanceof Error ? unreadable(file, error.message) : error;
  }
  throw unreadable(file, 'it is a folder');
};

const plus = (left: Counts, right: Counts): Counts => ({
  created: left.created + right.created,
  updated: left.updated + right.updated,
  unchanged: left.unchanged + right.unchanged,
});

/** Checks a file whole, and imports it: all of it, or with `partial` the good rows. Imported again it changes nothing. */
export const importRegistry = async ({ api, file, guard, partial }: ImportOrder): Promise<ImportResult> => {
  const stream = await opened(file);
  const { today } = Agency.parse(await api.get('/agency'));
  const settings = NetworkSettings.strip().parse(await api.get('/networks'));
  const read = await readRegistry(stream, { guard, today, settings });
  const ordered = await orderRows(read.rows, onRecord(api));
  const faults = [...read.faults, ...ordered.faults];
  const none: Counts = { created: 0, updated: 0, unchanged: 0 };
  let result: ImportResult = { rows: 0, people: none, accounts: { ...none, withdrawn: 0 }, faults };

  const send = async (chunk: readonly FileRow[]): Promise<readonly LineFault[]> => {
    const report = Report.parse(
      await api.post('/registry/rows', { rows: chunk.map(({ written }) => written) }),
    );
    if (report.faults.length === 0)
      result = {
        ...result,
        rows: result.rows + chunk.length,
        people: plus(result.people, report.people),
        accounts: {
          ...plus(result.accounts, report.accounts),
          withdrawn: result.accounts.withdrawn + report.accounts.withdrawn,
        },
      };
    return report.faults.map(({ row, column, reason }) => ({
      line: chunk[row - 1]?.line ?? 0,
      column,
      reason,
    }));
  };

  if (faults.length === 0 || partial)
    for (const chunk of inChunks(ordered.rows)) {
      const refused = await send(chunk);
      faults.push(...refused);
      // What the registry alone can know; the rest of the chunk holds without these rows.
      const bad = new Set(refused.map(({ line }) => line));
      const good = chunk.filter(({ line }) => !bad.has(line));
      if (refused.length > 0 && !partial) break;
      if (refused.length > 0 && good.length > 0) faults.push(...(await send(good)));
    }
  return { ...result, faults: faults.toSorted((left, right) => left.line - right.line) };
};

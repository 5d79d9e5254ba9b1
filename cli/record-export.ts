import { open, rename, rm, stat } from 'node:fs/promises';
import * as z from 'zod';
import { canonicalJson } from '../shared/domain/record/canonical.js';
import { RecordLine } from '../shared/domain/record/entry.js';
import { OpenHistory, type ExportRow } from '../shared/domain/record/export-file.js';
import { Seal } from '../shared/domain/record/seal.js';
import { Instant, LocalDate } from '../shared/domain/time.js';
import type { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { exported, type Source } from './export-parts.js';

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable(), at: Instant.optional() });

/** Every item of a list of the API, page after page, and the moment of its first answer where it says one. */
const everyItem = async <Item extends z.ZodType>(
  api: ApiClient,
  path: string,
  item: Item,
  query: Readonly<Record<string, string | undefined>> = {},
): Promise<{ readonly items: z.infer<Item>[]; readonly at: Instant | undefined }> => {
  const items: z.infer<Item>[] = [];
  let at: Instant | undefined;
  let cursor: string | undefined;
  do {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...query, cursor }))
      if (value !== undefined) asked.append(name, value);
    const answer = pageOf(item).parse(await api.get(`${path}?${asked.toString()}`));
    items.push(...answer.items);
    at ??= answer.at;
    cursor = answer.next ?? undefined;
  } while (cursor !== undefined);
  return { items, at };
};

/** The first and the last day that somebody asks for. */
export interface Span {
  readonly from?: string;
  readonly to?: string;
}

const dayOf = (name: string, written: string | undefined): LocalDate | null => {
  if (written === undefined) return null;
  const day = LocalDate.safeParse(written);
  if (!day.success) throw new CliError(`--${name} ${written} is not a day.`, 'Write it as 2026-11-23.');
  return day.data;
};

/** The seals of some days, and the moment at which they were read. */
export const sealsIn = async (
  api: ApiClient,
  span: Span,
): Promise<{ readonly seals: readonly Seal[]; readonly at: Instant }> => {
  const [from, to] = [dayOf('from', span.from), dayOf('to', span.to)];
  const { items, at } = await everyItem(api, '/record/seals', Seal, {
    from: from ?? undefined,
    to: to ?? undefined,
  });
  return { seals: items, at: Instant.parse(at) };
};

/** The lines from a moment to another. */
export const linesIn = async (
  api: ApiClient,
  span: { readonly from?: string | undefined; readonly to: string },
): Promise<readonly RecordLine[]> => (await everyItem(api, '/record/lines', RecordLine, span)).items;

const EXPORTS = '/record/exports';

/**
 * The rows of an export. What is read first is never ahead of what is read after it: a history that is sealed is there
 * when histories are read, and one that is deleted meanwhile has its receipt among the lines.
 */
export async function* exportRows(source: Source, span: Span): AsyncGenerator<ExportRow> {
  const [from, to] = [dayOf('from', span.from), dayOf('to', span.to)];
  const { seals, at: exportedAt } = await sealsIn(source.api, span);
  yield { row: 'header', format: 'netral-record', version: 1, exportedAt, from, to };
  for (const seal of seals) yield { row: 'seal', seal };

  // Of all that is in memory at once only what exists at this moment: what is over lies in the lines.
  const histories: OpenHistory[] = [];
  for await (const history of exported(source, EXPORTS, OpenHistory, { what: 'histories' }))
    histories.push(history);
  histories.sort((left, right) => (left.finding < right.finding ? -1 : 1));
  for (const history of histories) yield { row: 'history', history };

  const end = to === null ? exportedAt : (seals.at(-1)?.to ?? exportedAt);
  const asked = { what: 'lines', to: end, ...(seals[0]?.from == null ? {} : { from: seals[0].from }) };
  let lines = 0;
  for await (const line of exported(source, EXPORTS, RecordLine, asked)) {
    lines += 1;
    yield { row: 'line', line };
  }
  yield { row: 'end', seals: seals.length, histories: histories.length, lines };
}

/** Each as one canonical row. */
export async function* asRows(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield canonicalJson(item);
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** An exported record is never overwritten. */
export const refuseExisting = async (file: string): Promise<void> => {
  try {
    await stat(file);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  throw new CliError(`${file} is there already.`, 'Name another file.');
};

/** Whole or not at all; tells how many there were. */
export const writeRows = async (file: string, rows: AsyncIterable<string>): Promise<number> => {
  const part = `${file}.part`;
  const handle = await open(part, 'w').catch((error: unknown) => {
    if (isMissing(error))
      throw new CliError(`There is no folder for ${file}.`, 'Make it, or name another file.');
    throw error;
  });
  try {
    let count = 0;
    for await (const row of rows) {
      await handle.write(`${row}\n`);
      count += 1;
    }
    await handle.close();
    await rename(part, file);
    return count;
  } catch (error) {
    await handle.close();
    await rm(part, { force: true });
    throw error;
  }
};

import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { FindingSummary, FindingView } from '../shared/domain/review/views.js';
import type { ReplayRow } from '../shared/domain/screening/replay.js';
import { instant, Instant, LocalDate } from '../shared/domain/time.js';
import type { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';

const Moment = z.union([
  Instant,
  LocalDate,
  z.iso.datetime({ offset: true }).transform((at) => instant(new Date(at))),
]);

/** A line of labelled texts; what else stands in it is left aside. */
const Line = z.object({
  id: z.string().min(1).optional(),
  text: z.string(),
  label: z.string().nullish(),
  election: z.string().nullish(),
  contest: z.string().nullish(),
  date: Moment.nullish(),
  postedAt: Moment.nullish(),
});

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Labelled texts, one JSON object to a line. Any line that is none is named, and nothing is read. */
export const rowsOfFile = async (file: string): Promise<ReplayRow[]> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(`${file} cannot be read.`, 'It holds one JSON object to a line, each with a text.');
  });
  const faults: string[] = [];
  const rows = text.split('\n').flatMap((line, index): ReplayRow[] => {
    if (line.trim() === '') return [];
    const name = `line ${index + 1}`;
    const parsed = Line.safeParse(parsedJson(line));
    if (!parsed.success) {
      faults.push(
        `${name}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
      );
      return [];
    }
    const { id, label, election, contest, date, postedAt, text: body } = parsed.data;
    return [
      {
        id: id ?? name,
        parts: [{ field: 'body', text: body }],
        context: null,
        label: label ?? null,
        election: election ?? contest ?? null,
        postedAt: postedAt ?? date ?? null,
      },
    ];
  });
  if (faults.length > 0) throw new CliError(`${file} holds lines that are no labelled texts.`, null, faults);
  return rows;
};

const Page = z.object({ items: z.array(FindingSummary), next: z.string().nullable() });

/** The newest findings as an analyst may read them, one by one; every look is put on record. Their label is their state. */
export const rowsOfFindings = async (api: ApiClient, most: number): Promise<ReplayRow[]> => {
  const rows: ReplayRow[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(Math.min(most - rows.length, 100)) });
    if (cursor !== null) query.set('cursor', cursor);
    const page = Page.parse(await api.get(`/findings?${query.toString()}`));
    for (const { id } of page.items) {
      const view = FindingView.parse(await api.get(`/findings/${encodeURIComponent(id)}`));
      const { parts, context, postedAt, indication, state } = view;
      rows.push({ id, parts, context, label: state, election: indication.contest, postedAt });
    }
    cursor = page.next;
  } while (cursor !== null && rows.length < most);
  return rows;
};

import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { pageCursor } from '../../shared/adapters/page-cursor.js';
import { sealedCursors } from '../../shared/adapters/sealed-cursors.js';
import type { PersonId } from '../../shared/domain/ids.js';
import { RecordLine } from '../../shared/domain/record/entry.js';
import { OpenHistory } from '../../shared/domain/record/export-file.js';
import { Seal } from '../../shared/domain/record/seal.js';
import { Instant, LocalDate } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import { UNFILTERED, type Page } from '../../shared/ports.js';
import { json, jsonBody, pageOf, PageQuery, routes, type ApiDeps } from './api.js';
import { exportPart, Part, PartQuery, PARTS, type PartDeps } from './export-part.js';

const MOST_LINES = 500;
const PER_READ = 100;

/** Lines of the record are listed by time, then by id. */
const lineCursor = pageCursor(z.strictObject({ at: Instant, id: RecordLine.shape.id }));

/** Seals are listed by day. */
const sealCursor = pageCursor(z.strictObject({ day: LocalDate }));

const seals = createRoute({
  method: 'get',
  path: '/record/seals',
  summary: 'The seals of the record’s days, first day first',
  description:
    'Whoever notes the hash of a seal elsewhere can later tell that the record up to its day was not made anew.',
  request: { query: PageQuery.extend({ from: LocalDate.optional(), to: LocalDate.optional() }) },
  responses: {
    200: json(pageOf(Seal).extend({ at: Instant }), 'A page of seals, and the moment of the answer'),
  },
});

const histories = createRoute({
  method: 'get',
  path: '/record/histories',
  summary: 'Who did what and when to each finding that exists; opaque ids and no content',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(OpenHistory), 'A page of histories') },
});

const lines = createRoute({
  method: 'get',
  path: '/record/lines',
  summary: 'The lines of the record in their order: looks, acts, and receipts of what was deleted',
  description:
    '`from` is included and `to` is not. That the record was read is put on record with the first page.',
  request: {
    query: PageQuery.extend({
      limit: z.coerce.number().int().min(1).max(MOST_LINES).default(MOST_LINES),
      from: Instant.optional(),
      to: Instant,
    }),
  },
  responses: { 200: json(pageOf(RecordLine, MOST_LINES), 'A page of lines') },
});

const parts = createRoute({
  method: 'post',
  path: '/record/exports',
  summary: 'Take the record as files: the histories that exist, or the lines between two moments',
  description: `${PARTS} That the record was read is put on record with the first part of its lines.`,
  request: {
    body: jsonBody(
      z.discriminatedUnion('what', [
        z.strictObject({ what: z.literal('histories'), ...PartQuery }),
        z.strictObject({ what: z.literal('lines'), from: Instant.optional(), to: Instant, ...PartQuery }),
      ]),
    ),
  },
  responses: { 201: json(Part, 'The part') },
});

type RecordDeps = PartDeps & Pick<ApiDeps, 'agency' | 'histories' | 'record' | 'seals' | 'now'>;

export const recordRoutes = (deps: RecordDeps) => {
  const { record, now } = deps;
  const historiesAfter = async (cursor: string | null, limit: number): Promise<Page<OpenHistory>> => {
    // The order of findings tells when they were found, which is nobody's business here.
    const cursors = sealedCursors(await deps.agency.hashKey());
    const place = cursor === null ? null : cursors.open(cursor);
    const found = await deps.histories.list({ ...UNFILTERED, limit, cursor: place });
    const items = found.items.map(({ id, history }) => OpenHistory.parse({ finding: id, entries: history }));
    return { items, next: found.next === null ? null : cursors.seal(found.next) };
  };
  const linesAfter = async (
    span: { readonly from: Instant | null; readonly to: Instant },
    cursor: string | null,
    limit: number,
  ): Promise<Page<RecordLine>> => {
    const after = cursor === null ? undefined : lineCursor.read(cursor);
    const place = after === undefined ? undefined : { id: after.id, entry: { at: after.at } };
    const found = await record.lines(span, limit, place);
    const last = found.length < limit ? undefined : found.at(-1);
    const next = last === undefined ? null : lineCursor.write({ at: last.entry.at, id: last.id });
    return { items: found.map((line) => RecordLine.parse(line)), next };
  };
  const readBy = (person: PersonId): Promise<void> =>
    record.append({ kind: 'act', at: now(), person, act: 'record-read' });

  const app = routes();

  app.openapi(seals, async (c) => {
    const { limit, cursor, from, to } = c.req.valid('query');
    const after = cursor === undefined ? null : sealCursor.read(cursor).day;
    const at = now();
    const days = (await deps.seals.days()).filter(
      (day) =>
        (after === null || day > after) &&
        (from === undefined || day >= from) &&
        (to === undefined || day <= to),
    );
    const listed = days.slice(0, limit);
    const found = await inParallel(listed, deps.seals.byDay);
    const last = listed.at(-1);
    const next = days.length > limit && last !== undefined ? sealCursor.write({ day: last }) : null;
    return c.json({ at, items: found.filter((seal) => seal !== null), next }, 200);
  });

  app.openapi(histories, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await historiesAfter(cursor ?? null, limit);
    return c.json({ items: [...page.items], next: page.next }, 200);
  });

  app.openapi(lines, async (c) => {
    const { limit, cursor, from, to } = c.req.valid('query');
    if (cursor === undefined) await readBy(c.get('caller').person.id);
    const page = await linesAfter({ from: from ?? null, to }, cursor ?? null, limit);
    return c.json({ items: [...page.items], next: page.next }, 200);
  });

  app.openapi(parts, async (c) => {
    const asked = c.req.valid('json');
    const cursor = asked.cursor ?? null;
    switch (asked.what) {
      case 'histories': {
        const page = (after: string | null) => historiesAfter(after, PER_READ);
        return c.json(await exportPart(deps)('histories.jsonl', page, cursor), 201);
      }
      case 'lines': {
        if (cursor === null) await readBy(c.get('caller').person.id);
        const span = { from: asked.from ?? null, to: asked.to };
        const page = (after: string | null) => linesAfter(span, after, MOST_LINES);
        return c.json(await exportPart(deps)('lines.jsonl', page, cursor), 201);
      }
    }
  });

  return app;
};

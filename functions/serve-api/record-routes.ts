import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { lineCursor, sealCursor } from '../../shared/adapters/page-cursor.js';
import { sealedCursors } from '../../shared/adapters/sealed-cursors.js';
import { RecordLine } from '../../shared/domain/record/entry.js';
import { OpenHistory } from '../../shared/domain/record/export-file.js';
import { Seal } from '../../shared/domain/record/seal.js';
import { Instant, LocalDate } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import { json, PageQuery, problems, routes, type ApiDeps } from './api.js';

const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

const MOST_LINES = 500;

const seals = createRoute({
  method: 'get',
  path: '/record/seals',
  summary: 'The seals of the record’s days, first day first',
  description:
    'Whoever notes the hash of a seal elsewhere can later tell that the record up to its day was not made anew.',
  request: { query: PageQuery.extend({ from: LocalDate.optional(), to: LocalDate.optional() }) },
  responses: {
    200: json(page(Seal).extend({ at: Instant }), 'A page of seals, and the moment of the answer'),
    ...problems,
  },
});

const histories = createRoute({
  method: 'get',
  path: '/record/histories',
  summary: 'Who did what and when to each finding that exists; opaque ids and no content',
  request: { query: PageQuery },
  responses: { 200: json(page(OpenHistory), 'A page of histories'), ...problems },
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
  responses: { 200: json(page(RecordLine), 'A page of lines'), ...problems },
});

const EVERYTHING = { states: null, provision: null, network: null, from: null, to: null } as const;

type RecordDeps = Pick<ApiDeps, 'agency' | 'histories' | 'record' | 'seals' | 'now'>;

export const recordRoutes = (deps: RecordDeps) => {
  const { record, now } = deps;
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
    // The order of findings tells when they were found, which is nobody's business here.
    const cursors = sealedCursors(await deps.agency.hashKey());
    const place = cursor === undefined ? null : cursors.open(cursor);
    const found = await deps.histories.list({ ...EVERYTHING, limit, cursor: place });
    const items = found.items.map(({ id, history }) => OpenHistory.parse({ finding: id, entries: history }));
    return c.json({ items, next: found.next === null ? null : cursors.seal(found.next) }, 200);
  });

  app.openapi(lines, async (c) => {
    const { limit, cursor, from, to } = c.req.valid('query');
    if (cursor === undefined)
      await record.append({
        kind: 'act',
        at: now(),
        person: c.get('caller').person.id,
        act: 'record-read',
      });
    const after = cursor === undefined ? undefined : lineCursor.read(cursor);
    const place = after === undefined ? undefined : { id: after.id, entry: { at: after.at } };
    const found = await record.lines({ from: from ?? null, to }, limit, place);
    const last = found.length < limit ? undefined : found.at(-1);
    const next = last === undefined ? null : lineCursor.write({ at: last.entry.at, id: last.id });
    return c.json({ items: found.map((line) => RecordLine.parse(line)), next }, 200);
  });

  return app;
};

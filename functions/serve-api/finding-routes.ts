import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { LINE } from '../../shared/domain/limits.js';
import { FindingId, ProvisionId } from '../../shared/domain/ids.js';
import { PersonAct } from '../../shared/domain/review/acts.js';
import { FindingState } from '../../shared/domain/review/finding.js';
import { FindingSummary, FindingView } from '../../shared/domain/review/views.js';
import { instant, LocalDate, startOfDay, type Instant, type TimeZone } from '../../shared/domain/time.js';
import { ACCOUNT_NETWORKS } from '../../shared/networks.js';
import { actingOn, readFinding, tagOf, type ActDeps } from './act-on-finding.js';
import { json, jsonBody, pageOf, PageQuery, routes } from './api.js';
import { exportPart, Part, PartQuery, PARTS, type PartDeps } from './export-part.js';
import { listFindings } from './list-findings.js';
import { ProblemError } from './problem.js';

const [dismiss, clarify, refer, confirm, withdraw] = PersonAct.options;

/** What an analyst decides, with its reason from the list and in words. */
export const Decision = z.discriminatedUnion('kind', [dismiss, clarify, refer, confirm, withdraw]);

const NO_MOMENT = 'must be a date or a moment, 2026-11-23 or 2026-11-23T08:00:00Z';

/** A day, or a moment to any precision, of this century: years of more digits would sort among others. */
const Moment = z
  .union(
    [
      z.iso.date().max(10),
      z.iso.datetime({ offset: true }).max(LINE),
      z.iso.datetime({ offset: true, precision: -1 }).max(LINE),
    ],
    NO_MOMENT,
  )
  .refine((written) => written.startsWith('20'), NO_MOMENT);

const momentOf = (written: string, zone: TimeZone): Instant => {
  const day = LocalDate.safeParse(written);
  return day.success ? startOfDay(day.data, zone) : instant(new Date(written));
};

const ById = z.strictObject({ id: FindingId });

/** Which findings of all those that the caller may see. */
const Filter = z.strictObject({
  state: z.union([FindingState, z.array(FindingState).max(FindingState.options.length)]).optional(),
  provision: ProvisionId.optional(),
  network: z.enum(ACCOUNT_NETWORKS).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
});
type Filter = z.infer<typeof Filter>;

const WHICH =
  '`from` is included and `to` is not; a date means the start of that day in the agency’s time zone. ' +
  'What is on the caller or their own staff is left out as if it did not exist.';

const take = createRoute({
  method: 'post',
  path: '/findings/exports',
  summary: 'Take the list of findings as files; no texts, no links to posts',
  description: `${WHICH} ${PARTS}`,
  request: { body: jsonBody(Filter.extend(PartQuery)) },
  responses: { 201: json(Part, 'The part') },
});

const list = createRoute({
  method: 'get',
  path: '/findings',
  summary: 'Findings, newest indication first; no texts, no links',
  description: WHICH,
  request: { query: PageQuery.extend(Filter.shape) },
  responses: {
    200: json(pageOf(FindingSummary), 'A page of findings'),
  },
});

const show = createRoute({
  method: 'get',
  path: '/findings/{id}',
  summary: 'One finding, as the caller may see it; the look is put on record',
  request: { params: ById },
  responses: { 200: json(FindingView, 'The finding; its revision is the ETag') },
});

const decide = createRoute({
  method: 'post',
  path: '/findings/{id}/decisions',
  summary: 'Dismiss, ask the holder, refer, or judge an objection',
  description:
    'An item that another analyst has is theirs; a free one is taken and decided at once. `If-Match` may carry the version ' +
    'on which the decision rests: 412 says what changed since. `Idempotency-Key` makes a repeat safe.',
  request: { params: ById, body: jsonBody(Decision) },
  responses: { 200: json(FindingView, 'The finding after the decision') },
});

const acknowledge = createRoute({
  method: 'post',
  path: '/findings/{id}/acknowledgement',
  summary: 'The superior has taken note of how things stand',
  request: { params: ById },
  responses: { 200: json(FindingView, 'The finding') },
});

const PER_READ = 100;

export const findingRoutes = (deps: ActDeps & PartDeps) => {
  const app = routes();
  const query = async ({ state, provision, network, from, to }: Filter) => {
    const agency = await deps.agency.read();
    if (agency === null) throw new ProblemError('not-found');
    return {
      states: state === undefined ? null : [state].flat(),
      provision: provision ?? null,
      network: network ?? null,
      from: from === undefined ? null : momentOf(from, agency.timeZone),
      to: to === undefined ? null : momentOf(to, agency.timeZone),
    };
  };
  const acting = actingOn(deps);

  app.openapi(list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const asked = await query(filter);
    const { items, next } = await listFindings(deps)(c.get('caller'), {
      ...asked,
      limit,
      cursor: cursor ?? null,
    });
    return c.json({ items: items.map((item) => FindingSummary.parse(item)), next }, 200);
  });

  app.openapi(take, async (c) => {
    const { cursor, ...filter } = c.req.valid('json');
    const asked = await query(filter);
    const page = (after: string | null) =>
      listFindings(deps)(c.get('caller'), { ...asked, limit: PER_READ, cursor: after });
    return c.json(await exportPart(deps)('findings.jsonl', page, cursor ?? null), 201);
  });

  app.openapi(show, async (c) => {
    const view = await readFinding(deps)(c.get('caller'), c.req.valid('param').id);
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(decide, async (c) => {
    const view = await acting(c, c.req.valid('param').id, c.req.valid('json'));
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(acknowledge, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'acknowledge' });
    return c.json(view, 200, tagOf(view));
  });

  return app;
};

import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FindingId, ProvisionId } from '../../shared/domain/ids.js';
import { PersonAct } from '../../shared/domain/review/acts.js';
import { FindingState } from '../../shared/domain/review/finding.js';
import { FindingSummary, FindingView, summaryOf } from '../../shared/domain/review/views.js';
import { Instant } from '../../shared/domain/time.js';
import { NETWORK_IDS } from '../../shared/networks.js';
import { actOnFinding, readFinding } from './act-on-finding.js';
import { expectedRevision, json, jsonBody, PageQuery, problems, routes, type ApiDeps } from './api.js';
import { sightingsOf } from './sightings.js';

const [dismiss, clarify, refer, confirm, withdraw] = PersonAct.options;

/** What an analyst decides, with its reason from the list and in words. */
export const Decision = z.discriminatedUnion('kind', [dismiss, clarify, refer, confirm, withdraw]);

const ById = z.strictObject({ id: FindingId });

const list = createRoute({
  method: 'get',
  path: '/findings',
  summary: 'Findings, newest indication first; no texts, no links',
  description:
    'What is on the caller or their own staff is left out, so a page may be shorter than asked for; ' +
    '`next` says whether there is more.',
  request: {
    query: PageQuery.extend({
      state: z.union([FindingState, z.array(FindingState)]).optional(),
      provision: ProvisionId.optional(),
      network: z.enum(NETWORK_IDS).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
  },
  responses: {
    200: json(
      z.strictObject({ items: z.array(FindingSummary), next: z.string().nullable() }),
      'A page of findings',
    ),
    ...problems,
  },
});

const show = createRoute({
  method: 'get',
  path: '/findings/{id}',
  summary: 'One finding, as the caller may see it; the look is put on record',
  request: { params: ById },
  responses: { 200: json(FindingView, 'The finding; its revision is the ETag'), ...problems },
});

const decide = createRoute({
  method: 'post',
  path: '/findings/{id}/decisions',
  summary: 'Dismiss, ask the holder, refer, or judge an objection',
  description: '`If-Match` may carry the revision on which the decision rests.',
  request: { params: ById, body: jsonBody(Decision) },
  responses: { 200: json(FindingView, 'The finding after the decision'), ...problems },
});

const acknowledge = createRoute({
  method: 'post',
  path: '/findings/{id}/acknowledgement',
  summary: 'The superior has taken note of how things stand',
  request: { params: ById },
  responses: { 200: json(FindingView, 'The finding'), ...problems },
});

export const findingRoutes = (
  deps: Pick<ApiDeps, 'agency' | 'findings' | 'accounts' | 'people' | 'record' | 'now' | 'salt'>,
) => {
  const app = routes();

  app.openapi(list, async (c) => {
    const { limit, cursor, state, provision, network, from, to } = c.req.valid('query');
    const page = await deps.findings.list({
      limit,
      cursor: cursor ?? null,
      states: state === undefined ? null : [state].flat(),
      provision: provision ?? null,
      network: network ?? null,
      from: from ?? null,
      to: to ?? null,
    });
    const seen = await sightingsOf(deps)(c.get('caller'), page.items);
    const items = seen
      .filter(({ view }) => view.view === 'blind' || view.view === 'analyst')
      .map(({ finding }) => FindingSummary.parse(summaryOf(finding)));
    return c.json({ items, next: page.next }, 200);
  });

  app.openapi(show, async (c) => {
    const view = await readFinding(deps)(c.get('caller'), c.req.valid('param').id);
    return c.json(view, 200, { etag: `"${view.revision}"` });
  });

  app.openapi(decide, async (c) => {
    const view = await actOnFinding(deps)({
      caller: c.get('caller'),
      id: c.req.valid('param').id,
      act: c.req.valid('json'),
      expected: expectedRevision(c),
    });
    return c.json(view, 200, { etag: `"${view.revision}"` });
  });

  app.openapi(acknowledge, async (c) => {
    const view = await actOnFinding(deps)({
      caller: c.get('caller'),
      id: c.req.valid('param').id,
      act: { kind: 'acknowledge' },
      expected: expectedRevision(c),
    });
    return c.json(view, 200, { etag: `"${view.revision}"` });
  });

  return app;
};

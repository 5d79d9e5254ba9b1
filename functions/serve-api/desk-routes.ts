import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { FindingId } from '../../shared/domain/ids.js';
import { words } from '../../shared/domain/review/acts.js';
import { DeskAct, reassign } from '../../shared/domain/review/desk-acts.js';
import { isOnHold, leaseAt } from '../../shared/domain/review/desk.js';
import { Finding, OpenState } from '../../shared/domain/review/finding.js';
import { FindingView } from '../../shared/domain/review/views.js';
import { Instant } from '../../shared/domain/time.js';
import { inPages } from '../../shared/in-pages.js';
import { actingOn, actOnFinding, circumstancesOf, refusal, tagOf, type ActDeps } from './act-on-finding.js';
import { expectedRevision, idempotencyKey, json, jsonBody, routes } from './api.js';
import { ProblemError } from './problem.js';
import { standingsTo } from './sightings.js';
import { takeNext } from './take-next.js';

const ById = z.strictObject({ id: FindingId });
const [, , holdAct, noteAct, recuseAct] = DeskAct.options;

const next = createRoute({
  method: 'post',
  path: '/findings/next',
  summary: 'Take the next item, or go on with the one that the caller has',
  description:
    'By clock, stage of the contest and age; never what the caller may not judge, has decided on, or others have or put ' +
    'off. The item is the caller’s for 20 minutes.',
  responses: {
    200: json(z.strictObject({ finding: FindingView.nullable() }), 'The item; `null` when nothing waits'),
  },
});

const take = createRoute({
  method: 'put',
  path: '/findings/{id}/lease',
  summary: 'Take a free item, or renew what one has, for 20 minutes from now; a hold on it ends',
  request: { params: ById },
  responses: { 200: json(FindingView, 'The finding') },
});

const giveBack = createRoute({
  method: 'delete',
  path: '/findings/{id}/lease',
  summary: 'Give an item back undecided',
  request: { params: ById },
  responses: { 200: json(FindingView, 'The finding') },
});

const hold = createRoute({
  method: 'post',
  path: '/findings/{id}/holds',
  summary: 'Put an item that one has off for some working days; the holder’s window goes on',
  request: { params: ById, body: jsonBody(holdAct.omit({ kind: true })) },
  responses: { 200: json(FindingView, 'The finding') },
});

const note = createRoute({
  method: 'post',
  path: '/findings/{id}/notes',
  summary: 'Leave a note for the team; no holder and no superior gets it',
  request: { params: ById, body: jsonBody(noteAct.omit({ kind: true })) },
  responses: { 200: json(FindingView, 'The finding') },
});

const recuse = createRoute({
  method: 'post',
  path: '/findings/{id}/recusals',
  summary: 'Stand aside because one is not free to judge; the finding is there for others only',
  request: { params: ById, body: jsonBody(recuseAct.omit({ kind: true })) },
  responses: { 204: { description: 'Nothing of it is for the caller any more' } },
});

/** An item that is taken or put off: nothing of its words, of whose it is, or of who has it. */
const DeskItem = z.strictObject({
  id: FindingId,
  state: OpenState,
  foundAt: Finding.shape.foundAt,
  takenUntil: Instant.nullable(),
  holdUntil: Instant.nullable(),
});

const desk = createRoute({
  method: 'get',
  path: '/review/desk',
  summary: 'Which items are taken or put off, and until when',
  responses: {
    200: json(z.strictObject({ items: z.array(DeskItem).max(ANSWER) }), 'The items'),
  },
});

const free = createRoute({
  method: 'post',
  path: '/findings/{id}/reassignment',
  summary: 'Free an item that somebody sits on or has put off; nobody says who takes it next',
  request: { params: ById, body: jsonBody(z.strictObject({ words })) },
  responses: { 204: { description: 'It is free' } },
});

export const deskRoutes = (deps: ActDeps) => {
  const app = routes();
  const acting = actingOn(deps);

  app.openapi(next, async (c) => {
    const finding = await takeNext(deps)(c.get('caller'));
    return c.json({ finding }, 200, finding === null ? {} : tagOf(finding));
  });

  app.openapi(take, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'take' });
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(giveBack, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'return' });
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(hold, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'hold', ...c.req.valid('json') });
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(note, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'note', ...c.req.valid('json') });
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(recuse, async (c) => {
    await actOnFinding(deps)({
      caller: c.get('caller'),
      id: c.req.valid('param').id,
      act: { kind: 'recuse', ...c.req.valid('json') },
      expected: expectedRevision(c),
      key: idempotencyKey(c),
    });
    return c.body(null, 204);
  });

  app.openapi(desk, async (c) => {
    const at = deps.now();
    const taken: Finding[] = [];
    for (const state of OpenState.options)
      for await (const finding of inPages((limit, after?: Finding) =>
        deps.findings.inState(state, limit, after),
      ))
        if (leaseAt(finding.desk, at) !== null || isOnHold(finding.desk, at)) taken.push(finding);
    // What is on the officer, their staff or their superior is not theirs to free.
    const standings = await standingsTo(deps)(c.get('caller'), taken);
    const items = standings
      .filter(({ party }) => !party.isHolder && !party.isSupervisor && party.conflict === null)
      .map(({ finding }) =>
        DeskItem.parse({
          id: finding.id,
          state: finding.state,
          foundAt: finding.foundAt,
          takenUntil: leaseAt(finding.desk, at)?.until ?? null,
          holdUntil: isOnHold(finding.desk, at) ? finding.desk.holdUntil : null,
        }),
      );
    return c.json({ items }, 200);
  });

  app.openapi(free, async (c) => {
    const finding = await deps.findings.byId(c.req.valid('param').id);
    const [standing] = finding === null ? [] : await standingsTo(deps)(c.get('caller'), [finding]);
    if (standing === undefined) throw new ProblemError('not-found');
    const { words: reason } = c.req.valid('json');
    const outcome = reassign(standing.finding, reason, standing.party, await circumstancesOf(deps));
    if (outcome.kind === 'refused') throw refusal(outcome.reason);
    if ((await deps.findings.save(outcome.finding)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.body(null, 204);
  });

  return app;
};

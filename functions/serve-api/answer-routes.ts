import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FindingId } from '../../shared/domain/ids.js';
import { PersonAct } from '../../shared/domain/review/acts.js';
import { FindingView } from '../../shared/domain/review/views.js';
import { actingOn, tagOf, type ActDeps } from './act-on-finding.js';
import { Attachments, attachmentsTo, type AttachDeps } from './attachments.js';
import { followDisowning, type DisownDeps } from './disown.js';
import { json, jsonBody, routes } from './api.js';

const answerAct = PersonAct.options[5];
const objectAct = PersonAct.options[6];
const ById = z.strictObject({ id: FindingId });

const answer = createRoute({
  method: 'post',
  path: '/me/findings/{id}/answers',
  summary: 'Answer the question that was asked about one’s own post',
  description:
    '`not-my-account` also pauses the account and asks the officer to correct its registration. If that fails half-way, the ' +
    'same answer again does what is missing.',
  request: {
    params: ById,
    body: jsonBody(answerAct.omit({ kind: true, files: true }).extend({ attachments: Attachments })),
  },
  responses: { 200: json(FindingView, 'The finding with the answer') },
});

const object = createRoute({
  method: 'post',
  path: '/me/findings/{id}/objections',
  summary: 'Object to a referral; somebody who decided nothing before judges it',
  request: {
    params: ById,
    body: jsonBody(objectAct.omit({ kind: true, files: true }).extend({ attachments: Attachments })),
  },
  responses: { 200: json(FindingView, 'The finding with the objection') },
});

/** What holders say of a finding on themself. */
export const answerRoutes = (deps: ActDeps & AttachDeps & DisownDeps) => {
  const app = routes();
  const acting = actingOn(deps);
  const attach = attachmentsTo(deps);

  app.openapi(answer, async (c) => {
    const { id } = c.req.valid('param');
    const { attachments, ...said } = c.req.valid('json');
    try {
      const { files, keep, release } = await attach(c.get('caller'), id, attachments);
      const view = await acting(c, id, { kind: 'answer', ...said, files }, keep);
      await release();
      return c.json(view, 200, tagOf(view));
    } finally {
      // Also when this answer is refused, as one that was given before: an earlier one may not have come this far.
      if (said.answer === 'not-my-account') await followDisowning(deps)(c.get('caller').person, id);
    }
  });

  app.openapi(object, async (c) => {
    const { id } = c.req.valid('param');
    const { attachments, words } = c.req.valid('json');
    const { files, keep, release } = await attach(c.get('caller'), id, attachments);
    const view = await acting(c, id, { kind: 'object', words, files }, keep);
    await release();
    return c.json(view, 200, tagOf(view));
  });

  return app;
};

import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { FindingId } from '../../shared/domain/ids.js';
import { PersonAct } from '../../shared/domain/review/acts.js';
import { FindingSummary, FindingView } from '../../shared/domain/review/views.js';
import { actingOn, tagOf } from './act-on-finding.js';
import { Attachments, attachmentsTo, type AttachDeps } from './attachments.js';
import { followDisowning, type DisownDeps } from './disown.js';
import { json, jsonBody, problems, routes } from './api.js';
import { myData, MyRecord, type MyDataDeps } from './my-data.js';

const Me = MyRecord.extend({
  /** Each is read in full at `/findings/{id}`. */
  findings: z.array(FindingSummary).max(ANSWER),
});

const me = createRoute({
  method: 'get',
  path: '/me',
  summary:
    'All that is on record of the caller: accounts, what was scanned, what was found, who looked, requests',
  responses: { 200: json(Me, 'What is on record'), ...problems },
});

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
  responses: { 200: json(FindingView, 'The finding with the answer'), ...problems },
});

const object = createRoute({
  method: 'post',
  path: '/me/findings/{id}/objections',
  summary: 'Object to a referral; somebody who decided nothing before judges it',
  request: {
    params: ById,
    body: jsonBody(objectAct.omit({ kind: true, files: true }).extend({ attachments: Attachments })),
  },
  responses: { 200: json(FindingView, 'The finding with the objection'), ...problems },
});

type MeDeps = AttachDeps & MyDataDeps & DisownDeps;

export const meRoutes = (deps: MeDeps) => {
  const app = routes();
  const acting = actingOn(deps);
  const attach = attachmentsTo(deps);

  app.openapi(me, async (c) => {
    const { record, summaries } = await myData(deps)(c.get('caller'));
    return c.json(Me.parse({ ...record, findings: summaries }), 200);
  });

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

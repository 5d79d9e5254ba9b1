import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { FindingSummary } from '../../shared/domain/review/views.js';
import { json, routes } from './api.js';
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
  responses: { 200: json(Me, 'What is on record') },
});

export const meRoutes = (deps: MyDataDeps) => {
  const app = routes();
  app.openapi(me, async (c) => {
    const { record, summaries } = await myData(deps)(c.get('caller'));
    return c.json(Me.parse({ ...record, findings: summaries }), 200);
  });
  return app;
};

import { createRoute } from '@hono/zod-openapi';
import { EvenHandedness, evenHandedness } from '../../shared/domain/statistics/even-handedness.js';
import { Statistics, statisticsOf } from '../../shared/domain/statistics/statistics.js';
import { json, routes, type ApiDeps } from './api.js';
import { countedRows, Period, PERIOD } from './counted-rows.js';

const statistics = createRoute({
  method: 'get',
  path: '/statistics',
  summary: 'What happened, from counts that hold no person; small groups are not told',
  description: PERIOD,
  request: { query: Period },
  responses: { 200: json(Statistics, 'The statistics') },
});

const report = createRoute({
  method: 'get',
  path: '/even-handedness',
  summary: 'Whether sides, units and positions are treated alike, and whether a difference could be chance',
  description: PERIOD,
  request: { query: Period },
  responses: { 200: json(EvenHandedness, 'The report') },
});

export const statisticsRoutes = (deps: Pick<ApiDeps, 'counts' | 'now'>) => {
  const app = routes();
  app.openapi(statistics, async (c) => {
    const { rows, period } = await countedRows(deps)(c.req.valid('query'));
    return c.json(Statistics.parse(statisticsOf(rows, period)), 200);
  });
  app.openapi(report, async (c) => {
    const { rows, period } = await countedRows(deps)(c.req.valid('query'));
    return c.json(EvenHandedness.parse(evenHandedness(rows, period)), 200);
  });
  return app;
};

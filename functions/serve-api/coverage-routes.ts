import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { Account } from '../../shared/domain/registry/account.js';
import { AccountStanding, StandingReason } from '../../shared/domain/scanning/account-standing.js';
import { json, pageOf, PageQuery, routes, type ApiDeps } from './api.js';
import { standingsOf, type StandingDeps } from './standings.js';

const CoveragePage = pageOf(
  AccountStanding.extend({ account: Account.shape.id, network: Account.shape.network }),
).extend({
  /** How many accounts of this page stand how; the pages add up to the whole. */
  counts: z.partialRecord(StandingReason, z.int().positive()),
});

const coverage = createRoute({
  method: 'get',
  path: '/coverage',
  summary: 'What was and was not seen of each account, and why; no names, no handles',
  request: { query: PageQuery },
  responses: { 200: json(CoveragePage, 'A page of the ledger') },
});

export const coverageRoutes = (deps: Pick<ApiDeps, 'accounts'> & StandingDeps) => {
  const app = routes();
  app.openapi(coverage, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await deps.accounts.list({ limit, cursor: cursor ?? null });
    const accounts = await standingsOf(deps)(page.items);
    const counts: Partial<Record<StandingReason, number>> = {};
    for (const { standing } of accounts) counts[standing.reason] = (counts[standing.reason] ?? 0) + 1;
    const items = accounts.map(({ id, network, standing }) => ({ ...standing, account: id, network }));
    return c.json(CoveragePage.parse({ counts, items, next: page.next }), 200);
  });
  return app;
};

import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { AccountId } from '../../shared/domain/ids.js';
import { Account, changeAccount } from '../../shared/domain/registry/account.js';
import { masked } from '../../shared/domain/registry/employee-number.js';
import { inParallel } from '../../shared/in-parallel.js';
import { json, PageQuery, problems, routes, type ApiDeps } from './api.js';
import { OwnAccount, ownAccount } from './own-account.js';
import { ProblemError } from './problem.js';
import { standingsOf } from './standings.js';

const ListedAccount = z.strictObject({
  id: AccountId,
  /** The holder's employee number, masked. */
  holder: z.string(),
  network: Account.shape.network,
  handle: Account.shape.handle,
  area: Account.shape.area,
  state: Account.shape.state,
  confirmedBy: z.enum(['link', 'declaration']).nullable(),
  effectiveFrom: Account.shape.effectiveFrom,
  effectiveTo: Account.shape.effectiveTo,
});

const list = createRoute({
  method: 'get',
  path: '/accounts',
  summary: 'The registered accounts, in no order that means anything',
  request: { query: PageQuery },
  responses: {
    200: json(
      z.strictObject({ items: z.array(ListedAccount), next: z.string().nullable() }),
      'A page of accounts',
    ),
    ...problems,
  },
});

const change = <Kind extends 'pause' | 'resume' | 'withdraw'>(kind: Kind, summary: string) =>
  createRoute({
    method: 'post',
    path: `/accounts/{id}/${kind}`,
    summary,
    request: { params: z.strictObject({ id: AccountId }) },
    responses: { 200: json(OwnAccount, 'The account as it is now'), ...problems },
  });

const REFUSED = {
  'not-confirmed': 'This registration is not confirmed yet; nothing is read under it.',
  withdrawn:
    'This registration is withdrawn; only a declaration signed on a later day registers the account again.',
} as const;

export const accountRoutes = (deps: Pick<ApiDeps, 'accounts' | 'people' | 'scans' | 'cohorts' | 'now'>) => {
  const { accounts, people, now } = deps;
  const app = routes();

  app.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await accounts.list({ limit, cursor: cursor ?? null });
    const holders = await inParallel([...new Set(page.items.map(({ holder }) => holder))], people.byId);
    const numbers = new Map(
      holders.flatMap((person) => (person === null ? [] : [[person.id, masked(person.employeeNumber)]])),
    );
    const items = page.items.map((account) =>
      ListedAccount.parse({
        id: account.id,
        holder: numbers.get(account.holder) ?? '',
        network: account.network,
        handle: account.handle,
        area: account.area,
        state: account.state,
        confirmedBy: account.state === 'invited' ? null : (account.confirmation?.kind ?? null),
        effectiveFrom: account.effectiveFrom,
        effectiveTo: account.effectiveTo,
      }),
    );
    return c.json({ items, next: page.next }, 200);
  });

  for (const [kind, summary] of [
    ['pause', 'Stop looking at your account for now; what was under way is void'],
    ['resume', 'Let your account be looked at again'],
    ['withdraw', 'End the registration of your account for good'],
  ] as const)
    app.openapi(change(kind, summary), async (c) => {
      const [account] = await accounts.byIds([c.req.valid('param').id]);
      if (account?.holder !== c.get('caller').person.id) throw new ProblemError('not-found');
      const outcome = changeAccount(account, { kind }, now());
      if (outcome.kind === 'refused') throw new ProblemError('not-now', { detail: REFUSED[outcome.reason] });
      const after = outcome.kind === 'changed' ? outcome.account : account;
      if (outcome.kind === 'changed' && (await accounts.save(after)) === 'stale')
        throw new ProblemError('changed-meanwhile');
      const [standing] = await standingsOf(deps)([after]);
      if (standing === undefined) throw new Error('Every account has a standing');
      return c.json(ownAccount(standing), 200);
    });

  return app;
};

import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { LINE } from '../../shared/domain/limits.js';
import { AccountId, type PersonId } from '../../shared/domain/ids.js';
import { Account, changeAccount } from '../../shared/domain/registry/account.js';
import { askForProof } from '../../shared/domain/registry/proof.js';
import { masked } from '../../shared/domain/registry/employee-number.js';
import { inParallel } from '../../shared/in-parallel.js';
import { json, pageOf, PageQuery, routes, type ApiDeps } from './api.js';
import { OwnAccount, ownAccounts } from './own-account.js';
import { ProblemError } from './problem.js';
import { standingsOf } from './standings.js';

const ListedAccount = z.strictObject({
  id: AccountId,
  /** The holder's employee number, masked. */
  holder: z.string().max(LINE),
  network: Account.shape.network,
  handle: Account.shape.handle,
  area: Account.shape.area,
  state: Account.shape.state,
  confirmedBy: z.enum(['link', 'declaration', 'self']).nullable(),
  effectiveFrom: Account.shape.effectiveFrom,
  effectiveTo: Account.shape.effectiveTo,
});

const list = createRoute({
  method: 'get',
  path: '/accounts',
  summary: 'The registered accounts, in no order that means anything',
  request: { query: PageQuery },
  responses: {
    200: json(pageOf(ListedAccount), 'A page of accounts'),
  },
});

const change = <Kind extends 'pause' | 'resume' | 'withdraw'>(kind: Kind, summary: string) =>
  createRoute({
    method: 'post',
    path: `/accounts/{id}/${kind}`,
    summary,
    request: { params: z.strictObject({ id: AccountId }) },
    responses: { 200: json(OwnAccount, 'The account as it is now') },
  });

const prove = createRoute({
  method: 'post',
  path: '/accounts/{id}/proof',
  summary: 'Ask for a code by which you prove that the account is yours',
  description:
    'The code is put into the profile or a public post, or the profile links to the given page with `rel="me"`. ' +
    'It is looked for during seven days. Asking again gives the same code while it is good.',
  request: { params: z.strictObject({ id: AccountId }) },
  responses: { 200: json(OwnAccount, 'The account with the code') },
});

/** There, nobody can look for a code. */
export const PROVED_ON_PAPER =
  'This network is not read here, so no code can be looked for: sign a declaration, and your administrator registers the account with it.';

const REFUSED = {
  'not-confirmed': 'This registration is not confirmed yet; nothing is read under it.',
  withdrawn:
    'This registration is withdrawn; register the account again, or have a declaration signed on a later day.',
} as const;

type AccountDeps = Pick<
  ApiDeps,
  'agency' | 'accounts' | 'people' | 'scans' | 'cohorts' | 'networks' | 'publicUrl' | 'now'
>;

export const accountRoutes = (deps: AccountDeps) => {
  const { accounts, people, now } = deps;
  const ownOne = async (holder: PersonId, id: AccountId): Promise<Account> => {
    const [account] = await accounts.byIds([id]);
    if (account?.holder !== holder) throw new ProblemError('not-found');
    return account;
  };
  /** The account after a change, which may be none. */
  const kept = async (before: Account, after: Account): Promise<OwnAccount> => {
    if (after !== before && (await accounts.save(after)) === 'stale')
      throw new ProblemError('changed-meanwhile');
    const [own] = await ownAccounts(deps)(await standingsOf(deps)([after]));
    if (own === undefined) throw new Error('Every account has a standing');
    return own;
  };

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
      const account = await ownOne(c.get('caller').person.id, c.req.valid('param').id);
      const outcome = changeAccount(account, { kind }, now());
      if (outcome.kind === 'refused') throw new ProblemError('not-now', { detail: REFUSED[outcome.reason] });
      return c.json(await kept(account, outcome.kind === 'changed' ? outcome.account : account), 200);
    });

  app.openapi(prove, async (c) => {
    const account = await ownOne(c.get('caller').person.id, c.req.valid('param').id);
    if (account.state === 'withdrawn') throw new ProblemError('not-now', { detail: REFUSED.withdrawn });
    if (account.state === 'invited') throw new ProblemError('not-now', { detail: REFUSED['not-confirmed'] });
    if (!deps.networks.some((network) => network === account.network))
      throw new ProblemError('not-now', { detail: PROVED_ON_PAPER });
    return c.json(await kept(account, askForProof(account, now())), 200);
  });

  return app;
};

import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { PersonId } from '../../shared/domain/ids.js';
import { changeAccount } from '../../shared/domain/registry/account.js';
import { ErasureOrder, obstaclesTo, type Obstacle } from '../../shared/domain/registry/erasure.js';
import { inParallel } from '../../shared/in-parallel.js';
import { json, routes, type ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

const erase = createRoute({
  method: 'post',
  path: '/people/{id}/erasure',
  summary: 'Have all that is kept of a person deleted',
  description:
    'Accounts are withdrawn at once; the rest is deleted within the hour, and the record says when. Refused while the person ' +
    'has a role, and while a matter on them is open, referred or under a legal hold: those are kept, and the answer names them.',
  request: { params: z.strictObject({ id: PersonId }) },
  responses: { 202: json(ErasureOrder, 'What was ordered') },
});

const open = createRoute({
  method: 'get',
  path: '/erasures',
  summary: 'Erasures that were ordered and are not done yet',
  responses: {
    200: json(z.strictObject({ items: z.array(ErasureOrder).max(ANSWER) }), 'The orders, oldest first'),
  },
});

const MOST_OPEN = 100;

const STANDS = {
  'open-matter': 'is not concluded yet',
  'referred-matter': 'was referred and is kept by the archive schedule',
  'legal-hold': 'is under a legal hold',
} as const;

const named = (obstacle: Obstacle): { at: string; detail: string } =>
  obstacle.kind === 'has-role'
    ? { at: 'person', detail: 'The person has a role; an administrator takes it away first.' }
    : { at: `finding ${obstacle.finding}`, detail: `It ${STANDS[obstacle.kind]}.` };

type ErasureDeps = Pick<ApiDeps, 'people' | 'accounts' | 'findings' | 'erasures' | 'record' | 'now'>;

export const erasureRoutes = (deps: ErasureDeps) => {
  const { people, accounts, findings, erasures, record, now } = deps;
  const app = routes();

  app.openapi(erase, async (c) => {
    const subject = c.req.valid('param').id;
    const person = await people.byId(subject);
    if (person === null) throw new ProblemError('not-found');
    const by = c.get('caller').person.id;
    if (by === subject)
      throw new ProblemError('not-allowed', { detail: 'Nobody has themself erased; another officer does.' });
    const held = await accounts.ofHolder(subject);
    const found = (await inParallel(held, ({ id }) => findings.ofAccount(id))).flat();
    const at = now();
    const obstacles = obstaclesTo(person, found, at);
    if (obstacles.length > 0)
      throw new ProblemError('not-now', {
        detail: 'The person cannot be erased as things stand; nothing was changed.',
        errors: obstacles.map(named),
      });
    await record.append({ kind: 'erasure', at, step: 'ordered', person: by, subject });
    const order = await erasures.order({ subject, by, at });
    // The job withdraws what is missed here.
    for (const account of held) {
      const outcome = changeAccount(account, { kind: 'withdraw' }, at);
      if (outcome.kind === 'changed') await accounts.save(outcome.account);
    }
    return c.json(ErasureOrder.parse(order), 202);
  });

  app.openapi(open, async (c) => c.json({ items: [...(await erasures.open(MOST_OPEN))] }, 200));
  return app;
};

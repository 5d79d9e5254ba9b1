import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { keyedHash, PersonId } from '../../shared/domain/ids.js';
import { ungrouped } from '../../shared/domain/registry/employee-number.js';
import { Person, Role } from '../../shared/domain/registry/person.js';
import { inParallel } from '../../shared/in-parallel.js';
import {
  json,
  jsonBody,
  requiredRevision,
  routes,
  staleOver,
  versionTag,
  type ApiDeps,
  type ApiEnv,
} from './api.js';
import { ProblemError } from './problem.js';

const MOST_NUMBERS = 500;

const KnownPerson = z.strictObject({
  id: PersonId,
  name: Person.shape.name,
  roles: Person.shape.roles,
  /** Who acts for them (Plt/Plh). */
  actedBy: PersonId.nullable(),
  /** What `If-Match` names for a change of them. */
  revision: Person.shape.revision,
});

const lookup = createRoute({
  method: 'post',
  path: '/people/lookup',
  summary: 'Which of these employee numbers are on record',
  request: {
    body: jsonBody(z.strictObject({ employeeNumbers: z.array(z.string().max(40)).min(1).max(MOST_NUMBERS) })),
  },
  responses: {
    200: json(
      z.strictObject({ people: z.array(KnownPerson.nullable()).max(ANSWER) }),
      'The people in the order of the numbers; `null` for a number that nobody has',
    ),
  },
});

const roles = createRoute({
  method: 'put',
  path: '/people/{id}/roles',
  summary: 'Give a person exactly these roles',
  description:
    'Nobody gives themself the roles of analyst or officer. `If-Match` carries the revision that the look-up gave: ' +
    '412 says how it is now.',
  request: {
    params: z.strictObject({ id: PersonId }),
    body: jsonBody(z.strictObject({ roles: Person.shape.roles.max(Role.options.length) })),
  },
  responses: { 200: json(KnownPerson, 'The person') },
});

const acting = createRoute({
  method: 'put',
  path: '/people/{id}/acting',
  summary: 'Say who acts for a person while they are away or their post is vacant (Plt/Plh)',
  description:
    'Who acts for a superior gets their digest and sees what it tells; `null` ends it. Nobody acts for themself, ' +
    'and nobody names themself. `If-Match` carries the revision that the look-up gave: 412 says how it is now.',
  request: {
    params: z.strictObject({ id: PersonId }),
    body: jsonBody(z.strictObject({ actedBy: PersonId.nullable() })),
  },
  responses: { 200: json(KnownPerson, 'The person') },
});

/** What nobody may hand to themself: looking at colleagues' posts, and opening the gates to it. */
const NOT_FOR_ONESELF: readonly Role[] = ['analyst', 'officer'];

const known = ({ id, name, roles: held, actedBy, revision }: Person): z.infer<typeof KnownPerson> =>
  KnownPerson.parse({ id, name, roles: held, actedBy, revision });

export const peopleRoutes = ({
  agency,
  people,
  record,
  now,
}: Pick<ApiDeps, 'agency' | 'people' | 'record' | 'now'>) => {
  /** Whoever is to be changed, on the version that the request rests on. */
  const changing = async (c: Context<ApiEnv>, id: PersonId): Promise<Person> => {
    const expected = requiredRevision(c);
    const person = await people.byId(id);
    if (person === null) throw new ProblemError('not-found');
    if (person.revision !== expected) throw staleOver({ roles: person.roles, actedBy: person.actedBy });
    return person;
  };
  const app = routes();

  app.openapi(lookup, async (c) => {
    const key = await agency.hashKey();
    const found = await inParallel(c.req.valid('json').employeeNumbers, (written) =>
      people.byId(PersonId.parse(keyedHash(key, 'person', ungrouped(written)).slice(0, 32))),
    );
    return c.json({ people: found.map((person) => (person === null ? null : known(person))) }, 200);
  });

  app.openapi(roles, async (c) => {
    const person = await changing(c, c.req.valid('param').id);
    const given = [...new Set(c.req.valid('json').roles)].sort();
    const caller = c.get('caller').person;
    const added = given.filter((role) => !person.roles.includes(role));
    if (caller.id === person.id && added.some((role) => NOT_FOR_ONESELF.includes(role)))
      throw new ProblemError('not-allowed', {
        detail: 'Nobody gives themself the roles of analyst or officer; ask another administrator.',
      });
    const changed = { ...person, roles: given, revision: person.revision + 1 };
    await record.append({ kind: 'act', at: now(), person: caller.id, act: 'roles-changed' });
    if ((await people.save(changed)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(known(changed), 200, versionTag(changed.revision));
  });

  app.openapi(acting, async (c) => {
    const { actedBy } = c.req.valid('json');
    const person = await changing(c, c.req.valid('param').id);
    const refuse = (detail: string): never => {
      throw new ProblemError('bad-request', { errors: [{ at: 'json.actedBy', detail }] });
    };
    if (actedBy === person.id) refuse('is the person themself');
    if (actedBy !== null && (await people.byId(actedBy)) === null) refuse('is nobody on record');
    const caller = c.get('caller').person;
    // Who acts for a superior reads what was concluded on their staff.
    if (actedBy === caller.id)
      throw new ProblemError('not-allowed', {
        detail: 'Nobody has themself act for another; ask another administrator.',
      });
    const changed = { ...person, actedBy, revision: person.revision + 1 };
    await record.append({ kind: 'act', at: now(), person: caller.id, act: 'acting-changed' });
    if ((await people.save(changed)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(known(changed), 200, versionTag(changed.revision));
  });

  return app;
};

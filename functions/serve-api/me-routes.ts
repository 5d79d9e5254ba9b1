import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FindingId } from '../../shared/domain/ids.js';
import { Notice, OfficerContact } from '../../shared/domain/registry/agency.js';
import { masked } from '../../shared/domain/registry/employee-number.js';
import { Person, Role } from '../../shared/domain/registry/person.js';
import { PersonAct } from '../../shared/domain/review/acts.js';
import { FindingSummary, FindingView, summaryOf } from '../../shared/domain/review/views.js';
import { inParallel } from '../../shared/in-parallel.js';
import { actingOn, tagOf, type ActDeps } from './act-on-finding.js';
import { json, jsonBody, problems, routes, type ApiDeps } from './api.js';
import { OwnAccount, ownAccounts } from './own-account.js';
import { sightingsOf } from './sightings.js';
import { standingsOf } from './standings.js';

const Me = z.strictObject({
  person: z.strictObject({
    id: Person.shape.id,
    name: Person.shape.name,
    unit: Person.shape.unit,
    employeeNumber: z.string(),
    email: Person.shape.email,
    roles: z.array(Role),
  }),
  /** What holders were told, and whom they reach with questions. */
  notice: Notice.nullable(),
  officer: OfficerContact.nullable(),
  accounts: z.array(OwnAccount),
  /** Each is read in full at `/findings/{id}`. */
  findings: z.array(FindingSummary),
});

const me = createRoute({
  method: 'get',
  path: '/me',
  summary: 'All that is on record of the caller: accounts, what was scanned, what was found',
  responses: { 200: json(Me, 'What is on record'), ...problems },
});

const answerAct = PersonAct.options[5];
const objectAct = PersonAct.options[6];
const ById = z.strictObject({ id: FindingId });

const answer = createRoute({
  method: 'post',
  path: '/me/findings/{id}/answers',
  summary: 'Answer the question that was asked about one’s own post',
  request: { params: ById, body: jsonBody(answerAct.omit({ kind: true })) },
  responses: { 200: json(FindingView, 'The finding with the answer'), ...problems },
});

const object = createRoute({
  method: 'post',
  path: '/me/findings/{id}/objections',
  summary: 'Object to a referral; somebody who decided nothing before judges it',
  request: { params: ById, body: jsonBody(objectAct.omit({ kind: true })) },
  responses: { 200: json(FindingView, 'The finding with the objection'), ...problems },
});

type MeDeps = ActDeps & Pick<ApiDeps, 'scans' | 'cohorts' | 'publicUrl'>;

export const meRoutes = (deps: MeDeps) => {
  const app = routes();
  const acting = actingOn(deps);

  app.openapi(me, async (c) => {
    const caller = c.get('caller');
    const { person, roles } = caller;
    const agency = await deps.agency.read();
    const accounts = await deps.accounts.ofHolder(person.id);
    const found = await inParallel(accounts, ({ id }) => deps.findings.ofAccount(id));
    const seen = await sightingsOf(deps)(caller, found.flat());
    return c.json(
      Me.parse({
        person: {
          id: person.id,
          name: person.name,
          unit: person.unit,
          employeeNumber: masked(person.employeeNumber),
          email: person.email,
          roles,
        },
        notice: agency?.gates.notice ?? null,
        officer: agency?.gates.officer ?? null,
        accounts: await ownAccounts(deps)(await standingsOf(deps)(accounts)),
        findings: seen.map(({ finding }) => summaryOf(finding)),
      }),
      200,
    );
  });

  app.openapi(answer, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'answer', ...c.req.valid('json') });
    return c.json(view, 200, tagOf(view));
  });

  app.openapi(object, async (c) => {
    const view = await acting(c, c.req.valid('param').id, { kind: 'object', ...c.req.valid('json') });
    return c.json(view, 200, tagOf(view));
  });

  return app;
};

import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { LAST_KNOWN_YEAR } from '../../shared/domain/calendar/holidays.js';
import { ContestCalendar } from '../../shared/domain/calendar/contest.js';
import { keyedHash } from '../../shared/domain/ids.js';
import { Agency, ReviewSettings } from '../../shared/domain/registry/agency.js';
import { changeGates, GatesChange } from '../../shared/domain/registry/change-gates.js';
import { employeeNumberFault, ungrouped } from '../../shared/domain/registry/employee-number.js';
import { ClosedGate, GATE_NAMES } from '../../shared/domain/registry/closed-gate.js';
import { closedGates } from '../../shared/domain/registry/gates.js';
import { Person } from '../../shared/domain/registry/person.js';
import { Instant, localDate, LocalDate } from '../../shared/domain/time.js';
import {
  expectedRevision,
  json,
  jsonBody,
  routes,
  staleOver,
  versionTag,
  type ApiDeps,
  type ApiEnv,
} from './api.js';
import { ProblemError } from './problem.js';

type AgencyDeps = Pick<ApiDeps, 'agency' | 'people' | 'packs' | 'record' | 'now'>;

const AgencyView = z.strictObject({
  name: Agency.shape.name,
  area: Agency.shape.area,
  timeZone: Agency.shape.timeZone,
  gates: Agency.shape.gates,
  review: Agency.shape.review,
  ownershipProof: Agency.shape.ownershipProof,
  scanRequestedAt: Agency.shape.scanRequestedAt,
  revision: Agency.shape.revision,
  /** What keeps the agency from scanning; an empty list means that nothing does. */
  closedGates: z.array(ClosedGate).max(GATE_NAMES.length),
  /** The day it is there now. */
  today: LocalDate,
  /** What is or will be or was on, and its first and last day. */
  contests: z
    .array(
      z.strictObject({
        id: ContestCalendar.shape.id,
        title: ContestCalendar.shape.title,
        from: LocalDate,
        to: LocalDate,
      }),
    )
    .max(ANSWER),
  /** The last year whose decreed holidays are on file; what is counted beyond it may end too early. */
  holidaysKnownUntil: z.int(),
});

/** The settings to be changed; those left out stay as they are. */
const ReviewChange = z.strictObject({
  replyWorkingDays: ReviewSettings.shape.replyWorkingDays.optional(),
  holdWorkingDays: ReviewSettings.shape.holdWorkingDays.unwrap().optional(),
  excludeOwnUnit: ReviewSettings.shape.excludeOwnUnit.unwrap().optional(),
  secondLookPercent: ReviewSettings.shape.secondLookPercent.unwrap().optional(),
  goldenPercent: ReviewSettings.shape.goldenPercent.unwrap().optional(),
  superiorMail: ReviewSettings.shape.superiorMail.unwrap().optional(),
});

/** The first person on record: whoever sets the agency up. */
const FirstPerson = z.strictObject({
  employeeNumber: z.string().trim().max(40),
  employmentType: Person.shape.employmentType,
  name: Person.shape.name,
  email: Person.shape.email,
  unit: Person.shape.unit,
});

const NewAgency = z.strictObject({
  name: Agency.shape.name,
  area: Agency.shape.area,
  timeZone: Agency.shape.timeZone,
  review: Agency.shape.review.prefault({ replyWorkingDays: 3 }),
  administrator: FirstPerson,
});
type NewAgency = z.infer<typeof NewAgency>;

const setUp = createRoute({
  method: 'post',
  path: '/agency',
  summary: 'Set the agency up, once; the caller becomes its first administrator',
  request: { body: jsonBody(NewAgency) },
  responses: { 201: json(AgencyView, 'The new agency, with all its gates closed') },
});

const show = createRoute({
  method: 'get',
  path: '/agency',
  summary: 'The agency, its legal gates, and which of them are closed',
  responses: { 200: json(AgencyView, 'The agency') },
});

const change = createRoute({
  method: 'patch',
  path: '/agency/gates',
  summary: 'Record what the law asks for before a single account is looked at',
  description: 'Only the gates in the body change; `null` closes one. `If-Match` may carry the revision.',
  request: { body: jsonBody(GatesChange) },
  responses: { 200: json(AgencyView, 'The agency as it is now') },
});

const ownership = createRoute({
  method: 'patch',
  path: '/agency/ownership',
  summary: 'Say whether an account is looked at only once its holder has proved that it is theirs',
  description: '`If-Match` may carry the revision.',
  request: { body: jsonBody(z.strictObject({ proof: Agency.shape.ownershipProof.unwrap() })) },
  responses: { 200: json(AgencyView, 'The agency as it is now') },
});

const settle = createRoute({
  method: 'patch',
  path: '/agency/review',
  summary: 'Change windows and who is kept out; no setting can skip a person or the holder',
  description: 'Only the settings in the body change. `If-Match` may carry the revision.',
  request: { body: jsonBody(ReviewChange) },
  responses: { 200: json(AgencyView, 'The agency as it is now') },
});

const scan = createRoute({
  method: 'post',
  path: '/scans',
  summary: 'Have every account looked at as soon as its network allows',
  responses: {
    202: json(z.strictObject({ requestedAt: Instant }), 'Everything that was not looked at since is due'),
  },
});

/**
 * A change of some settings alone undoes nothing that it does not name, so nobody has to say on which version it rests;
 * whoever does is told what is there now of what they would change.
 */
export const restOn = (
  c: Context<ApiEnv>,
  { revision }: Pick<Agency, 'revision'>,
  there: Readonly<Record<string, unknown>>,
  asked: object,
): void => {
  const expected = expectedRevision(c);
  if (expected === null || expected === revision) return;
  throw staleOver(Object.fromEntries(Object.entries(there).filter(([name]) => Object.hasOwn(asked, name))));
};

const firstPerson = async (
  facts: NewAgency,
  subject: string,
  { agency }: Pick<AgencyDeps, 'agency'>,
): Promise<Person> => {
  const { administrator, area } = facts;
  const fault = employeeNumberFault(administrator.employeeNumber, administrator.employmentType);
  if (fault !== null)
    throw new ProblemError('bad-request', {
      errors: [{ at: 'json.administrator.employeeNumber', detail: fault }],
    });
  const employeeNumber = ungrouped(administrator.employeeNumber);
  return Person.parse({
    ...administrator,
    id: keyedHash(await agency.hashKey(), 'person', employeeNumber).slice(0, 32),
    employeeNumber,
    email: administrator.email?.toLowerCase() ?? null,
    area,
    supervisor: null,
    actedBy: null,
    subject,
    roles: ['administrator'],
    language: 'id',
    revision: 0,
  });
};

export const agencyRoutes = (deps: AgencyDeps) => {
  const { agency, people, packs, record, now } = deps;

  const known = async (): Promise<Agency> => {
    const found = await agency.read();
    if (found === null) throw new ProblemError('not-found');
    return found;
  };
  const closedNow = async (found: Agency) => closedGates(found, (await packs.active()).contests, now());
  /** What an answer shows an agency with. Asked for before anything is saved: what was kept is never answered as a failure. */
  const viewing = async () => {
    const { contests } = await packs.active();
    return (found: Agency) =>
      AgencyView.parse({
        name: found.name,
        area: found.area,
        timeZone: found.timeZone,
        gates: found.gates,
        review: found.review,
        ownershipProof: found.ownershipProof,
        scanRequestedAt: found.scanRequestedAt,
        revision: found.revision,
        closedGates: closedGates(found, contests, now()),
        today: localDate(now(), found.timeZone),
        holidaysKnownUntil: LAST_KNOWN_YEAR,
        contests: contests.map(({ id, title, stages }) => ({
          id,
          title,
          from: stages[0]?.from,
          to: stages.at(-1)?.to,
        })),
      });
  };

  const app = routes();

  app.openapi(setUp, async (c) => {
    const facts = c.req.valid('json');
    if ((await agency.read()) !== null) throw new ProblemError('agency-exists');
    const person = await firstPerson(facts, c.get('claims').subject, deps);
    const view = await viewing();
    // The person first: an agency without anybody on record would lock everybody out.
    if ((await people.save(person)) === 'stale' && (await people.byId(person.id))?.subject !== person.subject)
      throw new ProblemError('agency-exists');
    const created = Agency.parse({
      name: facts.name,
      area: facts.area,
      timeZone: facts.timeZone,
      review: facts.review,
      gates: { instrument: null, impactAssessment: null, officer: null, notice: null, retention: null },
      scanRequestedAt: null,
      revision: 0,
    });
    await record.append({ kind: 'act', at: now(), person: person.id, act: 'agency-created' });
    if ((await agency.save(created)) === 'stale') throw new ProblemError('agency-exists');
    return c.json(view(created), 201);
  });

  app.openapi(show, async (c) => {
    const found = await known();
    return c.json((await viewing())(found), 200, versionTag(found.revision));
  });

  app.openapi(settle, async (c) => {
    const before = await known();
    const asked = c.req.valid('json');
    restOn(c, before, before.review, asked);
    const view = await viewing();
    const review = ReviewSettings.parse({ ...before.review, ...asked });
    const changed = { ...before, review, revision: before.revision + 1 };
    await record.append({ kind: 'act', at: now(), person: c.get('caller').person.id, act: 'review-changed' });
    if ((await agency.save(changed)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(view(changed), 200, versionTag(changed.revision));
  });

  app.openapi(change, async (c) => {
    const before = await known();
    const asked = c.req.valid('json');
    restOn(c, before, before.gates, asked);
    const outcome = changeGates(before, asked);
    if (outcome.kind === 'refused') throw new ProblemError('notice-version');
    const view = await viewing();
    await record.append({ kind: 'act', at: now(), person: c.get('caller').person.id, act: 'gates-changed' });
    if ((await agency.save(outcome.agency)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(view(outcome.agency), 200, versionTag(outcome.agency.revision));
  });

  app.openapi(ownership, async (c) => {
    const before = await known();
    const { proof } = c.req.valid('json');
    restOn(c, before, { proof: before.ownershipProof }, { proof });
    const view = await viewing();
    const after = { ...before, ownershipProof: proof, revision: before.revision + 1 };
    await record.append({
      kind: 'act',
      at: now(),
      person: c.get('caller').person.id,
      act: 'ownership-changed',
    });
    if ((await agency.save(after)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json(view(after), 200, versionTag(after.revision));
  });

  app.openapi(scan, async (c) => {
    const before = await known();
    const closed = await closedNow(before);
    if (closed.length > 0)
      throw new ProblemError('gates-closed', {
        errors: closed.map(({ gate, problem, remedy }) => ({ at: gate, detail: `${problem}: ${remedy}` })),
      });
    const requestedAt = now();
    const requested = { ...before, scanRequestedAt: requestedAt, revision: before.revision + 1 };
    await record.append({
      kind: 'act',
      at: requestedAt,
      person: c.get('caller').person.id,
      act: 'scan-requested',
    });
    if ((await agency.save(requested)) === 'stale') throw new ProblemError('changed-meanwhile');
    return c.json({ requestedAt }, 202);
  });

  return app;
};

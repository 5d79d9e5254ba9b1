import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER, LINE } from '../../shared/domain/limits.js';
import { keyedHash, PersonId } from '../../shared/domain/ids.js';
import { ungrouped } from '../../shared/domain/registry/employee-number.js';
import {
  answerRequest,
  HolderRequest,
  newRequest,
  RequestId,
  RequestKind,
  RequestOutcome,
} from '../../shared/domain/requests/holder-request.js';
import { Instant, instant } from '../../shared/domain/time.js';
import { expectedRevision, json, jsonBody, pageOf, PageQuery, routes, type ApiDeps } from './api.js';
import { isKept, OwnRequest, ownRequest } from './own-request.js';
import { ProblemError } from './problem.js';

const words = HolderRequest.shape.words;

/** A request as the officer sees it. */
const RegisteredRequest = OwnRequest.extend({
  person: PersonId.nullable(),
  /** Of whoever is on record. */
  name: z.string().max(LINE).nullable(),
  registeredAt: Instant,
  revision: HolderRequest.shape.revision,
});

const ById = z.strictObject({ id: RequestId });

const ask = createRoute({
  method: 'post',
  path: '/me/requests',
  summary: 'Ask the officer for access, correction, erasure or restriction, object, or complain',
  description: 'It is in the register at once, and its time of three times 24 hours begins.',
  request: { body: jsonBody(z.strictObject({ kind: RequestKind, words })) },
  responses: { 201: json(OwnRequest, 'The request, with its number and when it is due') },
});

const mine = createRoute({
  method: 'get',
  path: '/me/requests',
  summary: 'The caller’s requests to the officer, newest first, with their answers',
  responses: {
    200: json(z.strictObject({ items: z.array(OwnRequest).max(ANSWER) }), 'The requests'),
  },
});

const list = createRoute({
  method: 'get',
  path: '/requests',
  summary: 'The register of requests: those without an answer, the earliest due first, or all, newest first',
  request: { query: PageQuery.extend({ state: z.enum(['open', 'all']).default('open') }) },
  responses: {
    200: json(pageOf(RegisteredRequest), 'A page of the register'),
  },
});

const show = createRoute({
  method: 'get',
  path: '/requests/{id}',
  summary: 'One request of the register',
  request: { params: ById },
  responses: { 200: json(RegisteredRequest, 'The request; its revision is the ETag') },
});

const enter = createRoute({
  method: 'post',
  path: '/requests',
  summary: 'Enter a request that came on paper; its time runs from when it was received',
  request: {
    body: jsonBody(
      z.strictObject({
        /** Of whom it is about; without one it is about somebody who is not on record. */
        employeeNumber: z.string().max(40).optional(),
        kind: RequestKind,
        words,
        receivedAt: z.iso.datetime({ offset: true }).max(LINE),
      }),
    ),
  },
  responses: { 201: json(RegisteredRequest, 'The request') },
});

const answer = createRoute({
  method: 'post',
  path: '/requests/{id}/answer',
  summary: 'Answer a request, with reasons; an officer’s own is answered by another',
  request: { params: ById, body: jsonBody(z.strictObject({ outcome: RequestOutcome, words })) },
  responses: { 200: json(RegisteredRequest, 'The request with its answer') },
});

type RequestDeps = Pick<ApiDeps, 'agency' | 'people' | 'requests' | 'record' | 'now' | 'salt'>;

export const requestRoutes = ({ agency, people, requests, record, now, salt }: RequestDeps) => {
  const registered = async (request: HolderRequest) =>
    RegisteredRequest.parse({
      ...ownRequest(request, now()),
      person: request.person,
      name: request.person === null ? null : ((await people.byId(request.person))?.name ?? null),
      registeredAt: request.registeredAt,
      revision: request.revision,
    });
  const byId = async (id: RequestId): Promise<HolderRequest> => {
    const request = await requests.byId(id);
    if (request === null || !isKept(request, now())) throw new ProblemError('not-found');
    return request;
  };
  const register = async (by: PersonId, facts: Omit<Parameters<typeof newRequest>[0], 'at' | 'chance'>) => {
    const request = newRequest({ ...facts, at: now(), chance: salt() });
    await record.append({ kind: 'act', at: now(), person: by, act: 'request-registered' });
    if ((await requests.save(request)) === 'stale') throw new Error('The id of a request is not new');
    return request;
  };

  const app = routes();

  app.openapi(ask, async (c) => {
    const { id } = c.get('caller').person;
    const request = await register(id, {
      ...c.req.valid('json'),
      person: id,
      via: 'electronic',
      receivedAt: now(),
    });
    return c.json(OwnRequest.parse(ownRequest(request, now())), 201);
  });

  app.openapi(mine, async (c) => {
    const at = now();
    const own = await requests.ofPerson(c.get('caller').person.id);
    const items = own.filter((request) => isKept(request, at));
    return c.json({ items: items.map((request) => OwnRequest.parse(ownRequest(request, at))) }, 200);
  });

  app.openapi(list, async (c) => {
    const { state, limit, cursor } = c.req.valid('query');
    if (state === 'open' && cursor !== undefined)
      throw new ProblemError('bad-request', {
        errors: [{ at: 'query.cursor', detail: 'the open requests are one page: answer some' }],
      });
    const page =
      state === 'open'
        ? { items: await requests.open(limit), next: null }
        : await requests.list({ limit, cursor: cursor ?? null });
    const kept = page.items.filter((request) => isKept(request, now()));
    return c.json({ items: await Promise.all(kept.map(registered)), next: page.next }, 200);
  });

  app.openapi(show, async (c) => {
    const request = await registered(await byId(c.req.valid('param').id));
    return c.json(request, 200, { etag: `"${request.revision}"` });
  });

  app.openapi(enter, async (c) => {
    const { employeeNumber, kind, words: said, receivedAt } = c.req.valid('json');
    const refuse = (at: string, detail: string): never => {
      throw new ProblemError('bad-request', { errors: [{ at: `json.${at}`, detail }] });
    };
    const received = instant(new Date(receivedAt));
    if (received > now()) refuse('receivedAt', 'has not come yet');
    const key = await agency.hashKey();
    const person =
      employeeNumber === undefined
        ? null
        : PersonId.parse(keyedHash(key, 'person', ungrouped(employeeNumber)).slice(0, 32));
    if (person !== null && (await people.byId(person)) === null)
      refuse('employeeNumber', 'is nobody on record; leave it out and name them in words');
    const request = await register(c.get('caller').person.id, {
      person,
      kind,
      words: said,
      via: 'paper',
      receivedAt: received,
    });
    return c.json(await registered(request), 201);
  });

  app.openapi(answer, async (c) => {
    const request = await byId(c.req.valid('param').id);
    const expected = expectedRevision(c);
    if (expected !== null && expected !== request.revision) throw new ProblemError('stale');
    const by = c.get('caller').person.id;
    const outcome = answerRequest(request, { at: now(), by, ...c.req.valid('json') });
    if (outcome.kind === 'refused')
      throw outcome.reason === 'own-request'
        ? new ProblemError('not-allowed', {
            detail: 'Nobody answers their own request; ask another officer.',
          })
        : new ProblemError('not-now', { detail: 'This request has its answer.' });
    await record.append({ kind: 'act', at: now(), person: by, act: 'request-answered' });
    if ((await requests.save(outcome.request)) === 'stale')
      throw new ProblemError(expected === null ? 'changed-meanwhile' : 'stale');
    return c.json(await registered(outcome.request), 200);
  });

  return app;
};

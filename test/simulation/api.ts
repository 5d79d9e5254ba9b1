import { AsyncLocalStorage } from 'node:async_hooks';
import type { ApiDeps } from '../../functions/serve-api/api.js';
import { buildApp } from '../../functions/serve-api/app.js';
import { Claims } from '../../shared/domain/registry/claims.js';
import { somePacks } from '../fixtures/packs.js';
import { PUBLIC_URL, type reached } from './functions.js';
import { emptyStores, fixedPacks } from './ports.js';

/** What one process of the API stands on. */
type Reached = ReturnType<typeof reached>;

const current = new AsyncLocalStorage<Reached>();

const here = (): Reached => {
  const process = current.getStore();
  if (process === undefined) throw new Error('No process serves this request');
  return process;
};

/** A port of whichever process serves the request, in the shape of `like`. */
const ported = <Port extends object>(shape: Port, port: () => Port): Port =>
  new Proxy(shape, {
    get: (_, key): unknown => {
      const member: unknown = Reflect.get(port(), key);
      return typeof member === 'function'
        ? (...given: unknown[]): unknown => Reflect.apply(member, undefined, given)
        : member;
    },
  });

const like = emptyStores(() => here().now());

const packs = somePacks();

/** The API as one application for all worlds, because building it takes longer than a simulated day. */
const app = buildApp({
  agency: ported(like.agency, () => here().agency),
  people: ported(like.people, () => here().people),
  accounts: ported(like.accounts, () => here().accounts),
  scans: ported(like.scans, () => here().scans),
  cohorts: ported(like.cohorts, () => here().cohorts),
  findings: ported(like.findings, () => here().findings),
  requests: ported(like.requests, () => here().requests),
  mailings: ported(like.mailings, () => here().mailings),
  golden: ported(like.golden, () => here().golden),
  histories: ported(like.findings, () => here().rows),
  erasures: ported(like.erasures, () => here().erasures),
  seals: ported(like.seals, () => here().seals),
  record: ported(like.record, () => here().record),
  counts: ported(like.counts, () => here().counts),
  files: ported(like.files, () => here().files),
  posts: { send: (bundles) => here().posts.send(bundles) },
  packs: { ...fixedPacks(packs), candidate: () => Promise.resolve(null) },
  shadow: { days: () => Promise.resolve([]) },
  // Tokens have their own tests; here a token is what it says.
  tokens: (token) => Promise.resolve(Claims.parse(JSON.parse(Buffer.from(token, 'base64url').toString()))),
  now: () => here().now(),
  salt: () => '0'.repeat(32),
  guard: 'public',
  networks: ['feed', 'mastodon'],
  publicUrl: PUBLIC_URL,
  signIn: () => Promise.reject(new Error('Nobody here has a browser')),
  console: () => Promise.reject(new Error('Nobody here has a browser')),
  report: () => undefined,
} satisfies ApiDeps);

// A simulation cannot wait for a file. The description needs all groups of routes, so they are read by now.
const described = await app.request('/openapi.json');
if (described.status !== 200) throw new Error('The groups of routes could not be read');

export interface Request {
  readonly operation: string;
  readonly claims?: Claims;
  readonly json?: unknown;
  /** What it rests on. */
  readonly version?: number;
  readonly form?: Readonly<Record<string, string>>;
}

export interface Response {
  readonly status: number;
  readonly body: string;
}

/** Has one process of the API answer a request. */
export const serve = async (
  process: Reached,
  { operation, claims, json, version, form }: Request,
): Promise<Response> => {
  const [method = 'GET', path = '/'] = operation.split(' ');
  const token = Buffer.from(JSON.stringify(claims ?? {})).toString('base64url');
  const answer = await current.run(process, async () =>
    app.request(path, {
      method,
      headers: {
        ...(claims === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    }),
  );
  return { status: answer.status, body: await answer.text() };
};

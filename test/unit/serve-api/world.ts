import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { buildApp } from '../../../functions/serve-api/app.js';
import { Problem } from '../../../functions/serve-api/problem-document.js';
import { memoryAccountScanStore } from '../../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../../shared/adapters/memory-account-store.js';
import { memoryAgencyStore } from '../../../shared/adapters/memory-agency-store.js';
import { memoryCohortStore } from '../../../shared/adapters/memory-cohort-store.js';
import { memoryCountStore } from '../../../shared/adapters/memory-count-store.js';
import { memoryFileStore } from '../../../shared/adapters/memory-file-store.js';
import { memoryErasureStore } from '../../../shared/adapters/memory-erasure-store.js';
import { memoryFindingStore } from '../../../shared/adapters/memory-finding-store.js';
import { memoryGoldenStore } from '../../../shared/adapters/memory-golden-store.js';
import { memoryMailingStore } from '../../../shared/adapters/memory-mailing-store.js';
import { memoryPersonStore } from '../../../shared/adapters/memory-person-store.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { memoryQueue } from '../../../shared/adapters/memory-queue.js';
import { memoryRequestStore } from '../../../shared/adapters/memory-request-store.js';
import { memorySealStore } from '../../../shared/adapters/memory-seal-store.js';
import { memoryShadowStore } from '../../../shared/adapters/memory-shadow-store.js';
import { tokenReader } from '../../../shared/adapters/oidc-tokens.js';
import { AccountId, PersonId } from '../../../shared/domain/ids.js';
import type { Agency } from '../../../shared/domain/registry/agency.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { PostBundle } from '../../../shared/domain/scanning/messages.js';
import type { Packs } from '../../../shared/domain/screening/packs.js';
import { epochSeconds, type Instant } from '../../../shared/domain/time.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAgency, aPerson, NOW, opaqueId } from '../../fixtures/registry.js';

export const ISSUER = 'https://masuk.sukamaju.example';
export const AUDIENCE = 'netral';

const { privateKey, publicKey } = await generateKeyPair('RS256');
export const signingKey = privateKey;
export const verifyingKey = publicKey;
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'a', alg: 'RS256' }] });
export const readTokens = (at: Instant = NOW) =>
  tokenReader({ issuer: ISSUER, audience: AUDIENCE, rolesClaim: 'roles', now: () => at }, keys);

/** A token as the agency's issuer would give it at `NOW`. */
export const aToken = (claims: JWTPayload, key = privateKey): Promise<string> =>
  new SignJWT({
    iss: ISSUER,
    aud: AUDIENCE,
    iat: epochSeconds(NOW),
    exp: epochSeconds(NOW) + 3600,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'a' })
    .sign(key);

/** People of Sukamaju by a short name; each signs in with it as `sub`, and the token has the roles of the registry. */
export const somebody = (name: string, overrides: Partial<Person> = {}): Person =>
  aPerson({
    id: PersonId.parse(opaqueId(name)),
    subject: name,
    email: `${name}@sukamaju.example`,
    ...overrides,
  });

/** An account's id by a short name. */
export const accountIdOf = (name: string): AccountId => AccountId.parse(opaqueId(name));

interface Call {
  readonly as?: Person;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks an API as somebody, or with a token. */
export const callerOf =
  (app: ReturnType<typeof buildApp>) =>
  async (operation: string, { as, token, body, headers = {} }: Call = {}): Promise<Response> => {
    const [method = 'GET', path = '/'] = operation.split(' ');
    const bearer = as === undefined ? token : await aToken({ sub: as.subject ?? '', roles: as.roles });
    const answer = await app.request(path, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Whatever is refused, is refused as the description says.
    if (method !== 'HEAD' && answer.headers.get('content-type') === 'application/problem+json')
      Problem.parse(await answer.clone().json());
    return answer;
  };

/** The API on stores in memory. */
export const aWorld = async (
  agencyFacts: Partial<Agency> | null = {},
  { candidate = null }: { candidate?: Packs | null } = {},
) => {
  const stores = {
    agency: memoryAgencyStore(),
    people: memoryPersonStore(),
    accounts: memoryAccountStore(),
    scans: memoryAccountScanStore(),
    cohorts: memoryCohortStore(),
    findings: memoryFindingStore(),
    golden: memoryGoldenStore(),
    mailings: memoryMailingStore(),
    record: memoryRecordStore(),
    requests: memoryRequestStore(),
    posts: memoryQueue<PostBundle>(),
    erasures: memoryErasureStore(),
    seals: memorySealStore(),
    shadow: memoryShadowStore(),
    counts: memoryCountStore(),
    files: memoryFileStore(() => NOW),
  };
  const reports: { readonly event: string; readonly facts: Readonly<Record<string, string | number>> }[] = [];
  /** The very same value until others are published, as from the bucket. */
  const packs = somePacks();
  const deps = {
    ...stores,
    histories: stores.findings,
    packs: {
      active: () => Promise.resolve(packs),
      whole: () => Promise.resolve(packs),
      candidate: () => Promise.resolve(candidate),
    },
    tokens: readTokens(),
    now: () => NOW,
    salt: () => '0'.repeat(32),
    guard: 'public' as const,
    networks: ['feed', 'mastodon'] as const,
    publicUrl: 'https://netral.sukamaju.example',
    signIn: () =>
      Promise.resolve({
        issuer: ISSUER,
        authorizationEndpoint: `${ISSUER}/authorize`,
        tokenEndpoint: 'https://tokens.example/token',
        clientId: 'console',
        scopes: 'openid',
        audience: AUDIENCE,
        rolesClaim: 'roles',
      }),
    console: () => Promise.resolve("'the console'"),
    report: (event: string, facts: Readonly<Record<string, string | number>>) => {
      reports.push({ event, facts });
    },
  };
  if (agencyFacts !== null) await stores.agency.save(anAgency(agencyFacts));
  const app = buildApp(deps);

  const call = callerOf(app);
  const onRecord = async (...people: readonly Person[]): Promise<void> => {
    for (const person of people) await stores.people.save(person);
  };
  return { app, deps, ...stores, reports, call, onRecord };
};

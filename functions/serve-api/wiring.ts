import { randomBytes } from 'node:crypto';
import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { oidcIssuer } from '../../shared/adapters/oidc-issuer.js';
import { oidcTokens } from '../../shared/adapters/oidc-tokens.js';
import { lazyPort } from '../../shared/adapters/lazy-port.js';
import { lazyS3Files } from '../../shared/adapters/lazy-s3-files.js';
import { lazySqs } from '../../shared/adapters/lazy-sqs.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { once } from '../../shared/once.js';
import type { Clock, Report } from '../../shared/ports.js';
import { buildApp } from './app.js';
import { Env } from './env.js';

interface Surroundings {
  readonly now: Clock;
  readonly report: Report;
  /** The console's script. */
  readonly console: () => Promise<string>;
}

/**
 * The API on what the environment names; Lambda and Node serve it alike. A start reads what tells who asks; all else that it stands
 * on is read when it is asked for.
 */
export const appFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
  { now, report, console }: Surroundings,
) => {
  const env = parseEnv(Env, environment);
  const documents = dynamoDocuments();
  const issuer = oidcIssuer(env.OIDC_ISSUER);
  const stores = once(async () => (await import('./stores.js')).storesOf(documents, env, environment, now));
  return buildApp({
    people: dynamoPersonStore(documents, env.REGISTRY_TABLE),
    agency: lazyPort(async () => (await stores()).agency),
    accounts: lazyPort(async () => (await stores()).accounts),
    scans: lazyPort(async () => (await stores()).scans),
    cohorts: lazyPort(async () => (await stores()).cohorts),
    findings: lazyPort(async () => (await stores()).findings),
    histories: lazyPort(async () => (await stores()).histories),
    requests: lazyPort(async () => (await stores()).requests),
    mailings: lazyPort(async () => (await stores()).mailings),
    golden: lazyPort(async () => (await stores()).golden),
    erasures: lazyPort(async () => (await stores()).erasures),
    seals: lazyPort(async () => (await stores()).seals),
    counts: lazyPort(async () => (await stores()).counts),
    record: lazyPort(async () => (await stores()).record),
    shadow: lazyPort(async () => (await stores()).shadow),
    packs: lazyPort(async () => (await import('./published-packs.js')).publishedPacks(env, environment, now)),
    files: lazyS3Files(env.FILES_BUCKET, environment),
    posts: lazySqs().queue(env.POSTS_QUEUE_URL),
    tokens: oidcTokens(
      { issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, rolesClaim: env.ROLES_CLAIM, now },
      issuer,
    ),
    signIn: async () => {
      const { authorization_endpoint, token_endpoint } = await issuer();
      return {
        issuer: env.OIDC_ISSUER,
        authorizationEndpoint: authorization_endpoint,
        tokenEndpoint: token_endpoint,
        clientId: env.OIDC_CLIENT_ID,
        scopes: env.OIDC_SCOPES,
        audience: env.OIDC_AUDIENCE,
        rolesClaim: env.ROLES_CLAIM,
      };
    },
    console,
    now,
    salt: () => randomBytes(16).toString('hex'),
    guard: env.NETWORK_GUARD,
    networks: env.NETWORKS,
    publicUrl: env.PUBLIC_URL,
    report,
  });
};

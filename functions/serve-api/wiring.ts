import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { dynamoErasureStore } from '../../shared/adapters/dynamo-erasure-store.js';
import { dynamoFindingRows, dynamoFindingStore } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoCountStore } from '../../shared/adapters/dynamo-count-store.js';
import { dynamoGoldenStore } from '../../shared/adapters/dynamo-golden-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { dynamoRequestStore } from '../../shared/adapters/dynamo-request-store.js';
import { dynamoShadowStore } from '../../shared/adapters/dynamo-shadow-store.js';
import { oidcIssuer } from '../../shared/adapters/oidc-issuer.js';
import { oidcTokens } from '../../shared/adapters/oidc-tokens.js';
import { lazyS3Files } from '../../shared/adapters/lazy-s3-files.js';
import { lazySqs } from '../../shared/adapters/lazy-sqs.js';
import { s3PackStore } from '../../shared/adapters/s3-pack-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { s3SealStore } from '../../shared/adapters/s3-seal-store.js';
import { parseEnv } from '../../shared/lambda/env.js';
import type { Clock, Report } from '../../shared/ports.js';
import { buildApp } from './app.js';
import { Env } from './env.js';

interface Surroundings {
  readonly now: Clock;
  readonly report: Report;
  /** The console's script. */
  readonly console: () => Promise<string>;
}

/** The API on what the environment names; Lambda and Node serve it alike. */
export const appFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
  { now, report, console }: Surroundings,
) => {
  const env = parseEnv(Env, environment);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient());
  const issuer = oidcIssuer(env.OIDC_ISSUER);
  return buildApp({
    agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
    people: dynamoPersonStore(documents, env.REGISTRY_TABLE),
    accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
    scans: dynamoAccountScanStore(documents, env.SCANS_TABLE),
    cohorts: dynamoCohortStore(documents, env.SCANS_TABLE),
    findings: dynamoFindingStore(
      documents,
      { findings: env.FINDINGS_TABLE, registry: env.REGISTRY_TABLE },
      now,
    ),
    requests: dynamoRequestStore(documents, env.REGISTRY_TABLE),
    mailings: dynamoMailingStore(documents, env.MAILINGS_TABLE),
    golden: dynamoGoldenStore(documents, env.REGISTRY_TABLE),
    histories: dynamoFindingRows(documents, env.FINDINGS_TABLE),
    erasures: dynamoErasureStore(documents, env.REGISTRY_TABLE),
    seals: s3SealStore(env.SEALS_BUCKET, environment),
    counts: dynamoCountStore(documents, env.FINDINGS_TABLE),
    record: dynamoRecordStore(documents, env.RECORD_TABLE),
    packs: s3PackStore(s3Reader(env.PACKS_BUCKET, environment), now),
    files: lazyS3Files(env.FILES_BUCKET, environment),
    posts: lazySqs().queue(env.POSTS_QUEUE_URL),
    shadow: dynamoShadowStore(documents, env.FINDINGS_TABLE),
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

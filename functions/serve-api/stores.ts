import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { dynamoCountStore } from '../../shared/adapters/dynamo-count-store.js';
import { dynamoErasureStore } from '../../shared/adapters/dynamo-erasure-store.js';
import { dynamoFindingRows, dynamoFindingStore } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoGoldenStore } from '../../shared/adapters/dynamo-golden-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { dynamoRequestStore } from '../../shared/adapters/dynamo-request-store.js';
import { dynamoShadowStore } from '../../shared/adapters/dynamo-shadow-store.js';
import { s3SealStore } from '../../shared/adapters/s3-seal-store.js';
import type { Clock } from '../../shared/ports.js';
import type { Env } from './env.js';

/** What is stored, but for people, of whom every call needs one; and packs, which most calls do not need. */
export const storesOf = (
  documents: DynamoDBDocumentClient,
  env: Env,
  environment: Readonly<Record<string, string | undefined>>,
  now: Clock,
) => ({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  scans: dynamoAccountScanStore(documents, env.SCANS_TABLE),
  cohorts: dynamoCohortStore(documents, env.SCANS_TABLE),
  findings: dynamoFindingStore(
    documents,
    { findings: env.FINDINGS_TABLE, registry: env.REGISTRY_TABLE },
    now,
  ),
  histories: dynamoFindingRows(documents, env.FINDINGS_TABLE),
  requests: dynamoRequestStore(documents, env.REGISTRY_TABLE),
  mailings: dynamoMailingStore(documents, env.MAILINGS_TABLE),
  golden: dynamoGoldenStore(documents, env.REGISTRY_TABLE),
  erasures: dynamoErasureStore(documents, env.REGISTRY_TABLE),
  seals: s3SealStore(env.SEALS_BUCKET, environment),
  counts: dynamoCountStore(documents, env.FINDINGS_TABLE),
  record: dynamoRecordStore(documents, env.RECORD_TABLE),
  shadow: dynamoShadowStore(documents, env.FINDINGS_TABLE),
});

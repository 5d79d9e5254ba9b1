import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { guardedFetch } from '../../shared/adapters/guarded-fetch.js';
import { s3PackStore } from '../../shared/adapters/s3-pack-store.js';
import { sqsDeadLetters } from '../../shared/adapters/sqs-dead-letters.js';
import { sqsQueue } from '../../shared/adapters/sqs-queue.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { ScanOrder } from '../../shared/domain/scanning/messages.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { sqsBatch } from '../../shared/lambda/sqs-batch.js';
import { connectors } from '../../shared/networks/connectors.js';
import { collectPosts } from './collect-posts.js';
import { Env } from './env.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('collect-posts');
const documents = DynamoDBDocumentClient.from(new DynamoDBClient());
const queues = new SQSClient();

const handle = collectPosts({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  packs: s3PackStore(new S3Client(), env.PACKS_BUCKET, systemClock),
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  scans: dynamoAccountScanStore(documents, env.SCANS_TABLE),
  cohorts: dynamoCohortStore(documents, env.SCANS_TABLE),
  connectors,
  posts: sqsQueue(queues, env.POSTS_QUEUE_URL),
  fetch: guardedFetch({
    now: systemClock,
    guard: env.NETWORK_GUARD,
    reach: (network) => connectors[network].reach,
    userAgent: `Netral/1 (+${env.CONTACT_URL})`,
  }),
  now: systemClock,
  chance: Math.random,
  report,
});

const park = sqsDeadLetters(queues, env.DEAD_LETTERS_URL);

export const handler = wrap(sqsBatch({ schema: ScanOrder, handle, park, report }));

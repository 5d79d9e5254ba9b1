import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { s3FileStore } from '../../shared/adapters/s3-file-store.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { closeWindows } from './close-windows.js';
import { endFindings } from './end-findings.js';
import { endMailings } from './end-mailings.js';
import { Env } from './env.js';
import { keepTime } from './keep-time.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('keep-time');
const documents = DynamoDBDocumentClient.from(new DynamoDBClient());

const deps = {
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  findings: dynamoFindingRows(documents, env.FINDINGS_TABLE),
  mailings: dynamoMailingStore(documents, env.MAILINGS_TABLE),
  record: dynamoRecordStore(documents, env.RECORD_TABLE),
  files: s3FileStore(new S3Client(), env.FILES_BUCKET),
  now: systemClock,
  report,
};

export const handler = wrap(
  keepTime({
    windows: closeWindows(deps),
    findings: endFindings(deps),
    mailings: endMailings(deps),
  }),
);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoFindingStore } from '../../shared/adapters/dynamo-finding-store.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { closeWindows } from './close-windows.js';
import { Env } from './env.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('keep-time');
const documents = DynamoDBDocumentClient.from(new DynamoDBClient());

const close = closeWindows({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  findings: dynamoFindingStore(documents, env.FINDINGS_TABLE),
  now: systemClock,
  report,
});

export const handler = wrap(close);

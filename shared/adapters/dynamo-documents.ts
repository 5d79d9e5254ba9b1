import type { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Each connection is a handshake, 3 ms of a core; those who ask all shards at once would open one for each. */
const CONNECTIONS = 8;

/** The SDK's own asks of each answer whether it is a stream of browsers, and by that Node loads all of those, 8 ms of a start. */
const streamCollector = async (answer: Readable): Promise<Uint8Array> =>
  Buffer.concat(await answer.toArray());

/** DynamoDB as the environment says. */
export const dynamoDocuments = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({ streamCollector, requestHandler: { httpsAgent: { maxSockets: CONNECTIONS } } }),
  );

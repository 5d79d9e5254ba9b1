import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import dynalite from 'dynalite';
import { createSqsServer } from 'local-aws-sqs';
import S3rver from 's3rver';
import type { NetworkId } from '../shared/networks.js';
import { refuseDamaged } from './database-files.js';
import { startMailbox } from './mailbox-server.js';
import { createTables } from './tables.js';

const HOST = '127.0.0.1';
export const PACKS_BUCKET = 'netral-packs';
export const FILES_BUCKET = 'netral-files';
export const SEALS_BUCKET = 'netral-seals';
export const TABLE_PREFIX = 'netral';

/** How often AWS hands a message out before it is parked, and after how long it does so again. Both as deployed, the time shortened. */
const RECEIVES = 5;
const VISIBILITY_SECONDS = 5;
const KEPT_OPEN = 60_000;

export interface WorkQueue {
  readonly url: string;
  readonly deadLettersUrl: string;
}

/** AWS on this machine: the same protocols, in this process, on loopback. */
export interface Services {
  readonly scans: Readonly<Record<NetworkId, WorkQueue>>;
  readonly posts: WorkQueue;
  readonly deliveries: WorkQueue;
  readonly sqs: SQSClient;
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  /** What a function's environment needs to find them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const origin = (server: Pick<Server, 'address'>): string => {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server does not listen on a port');
  return `http://${HOST}:${address.port}`;
};

/** Where the embedded database keeps its files. */
export const databaseFiles = (folder: string): string => join(folder, 'dynamodb');

/** Starts the embedded services on the state in `folder`; the mailbox listens on `mailboxPort`, the others wherever there is room. */
export const startServices = async (folder: string, mailboxPort: number): Promise<Services> => {
  mkdirSync(folder, { recursive: true });
  const files = databaseFiles(folder);
  await refuseDamaged(files);
  const database = dynalite({
    path: files,
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  database.listen(0, HOST);
  await once(database, 'listening');

  const queueServer = await createSqsServer({
    port: 0,
    hostname: HOST,
    region: 'ap-southeast-3',
    emulateQueueCreationLifecycle: false,
  });
  const mailbox = await startMailbox({ host: HOST, port: mailboxPort });
  const objects = await startObjects(join(folder, 's3'));

  // As long as AWS does: a connection that is closed just as it is used again is reset, and who sends a mail asks only once.
  for (const server of [queueServer, mailbox, objects, database]) server.keepAliveTimeout = KEPT_OPEN;

  const environment = {
    AWS_REGION: 'ap-southeast-3',
    // The object store accepts only its own pair; the others accept any.
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_ENDPOINT_URL_DYNAMODB: origin(database),
    AWS_ENDPOINT_URL_SQS: origin(queueServer),
    AWS_ENDPOINT_URL_SESV2: origin(mailbox),
    AWS_ENDPOINT_URL_S3: origin(objects),
  };
  Object.assign(process.env, environment);

  const dynamo = new DynamoDBClient();
  const sqs = new SQSClient();
  const s3 = new S3Client();
  await createTables(dynamo, TABLE_PREFIX);
  const scans = {
    feed: await createQueue(sqs, 'scans-feed'),
    bluesky: await createQueue(sqs, 'scans-bluesky'),
    mastodon: await createQueue(sqs, 'scans-mastodon'),
    youtube: await createQueue(sqs, 'scans-youtube'),
  };
  const posts = await createQueue(sqs, 'posts');
  const deliveries = await createQueue(sqs, 'deliveries');

  return {
    scans,
    posts,
    deliveries,
    sqs,
    dynamo,
    s3,
    environment,
    stop: async () => {
      for (const client of [dynamo, sqs, s3]) client.destroy();
      for (const server of [queueServer, mailbox, objects, database]) server.closeAllConnections();
      await Promise.all([closed(queueServer), closed(mailbox), closed(objects), closed(database)]);
    },
  };
};

/** As the bucket of a deployment allows it to the console; here, to whatever page of this machine. */
const UPLOADS_FROM_A_BROWSER = `<CORSConfiguration><CORSRule>
  <AllowedOrigin>http://${HOST}:*</AllowedOrigin>
  <AllowedMethod>PUT</AllowedMethod>
  <AllowedHeader>content-type</AllowedHeader>
  <AllowedHeader>x-amz-checksum-sha256</AllowedHeader>
</CORSRule></CORSConfiguration>`;

/**
 * S3 refuses requests of another time, and the SDK corrects its clock by the server's: both must live at the sample's. The
 * embedded one forgets all headers, the date too, where it fails; and of two deletions at once in one folder, one fails at
 * removing the folder, so they take turns.
 */
export const startObjects = async (directory: string): Promise<Server> => {
  const objects = new S3rver({
    address: HOST,
    port: 0,
    silent: true,
    directory,
    configureBuckets: [
      { name: PACKS_BUCKET, configs: [] },
      { name: FILES_BUCKET, configs: [UPLOADS_FROM_A_BROWSER] },
      { name: SEALS_BUCKET, configs: [] },
    ],
  });
  await objects.configureBuckets();
  const answer = objects.callback();
  let deleted: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    response.setHeader('date', new Date().toUTCString());
    const removeHeader = response.removeHeader.bind(response);
    response.removeHeader = (name) => {
      if (name.toLowerCase() !== 'date') removeHeader(name);
    };
    if (request.method === 'DELETE')
      deleted = deleted.then(() => {
        answer(request, response);
        return once(response, 'close');
      });
    else answer(request, response);
  }).listen(0, HOST);
  await once(server, 'listening');
  return server;
};

const closed = (server: { close: (done: () => void) => unknown }): Promise<void> =>
  new Promise((resolve) => {
    server.close(resolve);
  });

const createQueue = async (sqs: SQSClient, name: string): Promise<WorkQueue> => {
  const deadLetters = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dead-letters` }));
  const queue = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        VisibilityTimeout: String(VISIBILITY_SECONDS),
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:ap-southeast-3:123456789012:${name}-dead-letters`,
          maxReceiveCount: RECEIVES,
        }),
      },
    }),
  );
  const missing = (): never => {
    throw new Error(`Queue ${name} was not made`);
  };
  return { url: queue.QueueUrl ?? missing(), deadLettersUrl: deadLetters.QueueUrl ?? missing() };
};

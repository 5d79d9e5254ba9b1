import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { planScans } from '../functions/plan-scans/plan-scans.js';
import { publishSamplePacks } from '../local/packs.js';
import { sampleWorld } from '../local/sample/world.js';
import { PACKS_BUCKET, startServices, TABLE_PREFIX } from '../local/services.js';
import { tableName } from '../local/tables.js';
import { dynamoAccountStore } from '../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../shared/adapters/dynamo-cohort-store.js';
import { memoryQueue } from '../shared/adapters/memory-queue.js';
import { s3PackStore } from '../shared/adapters/s3-pack-store.js';
import { s3Reader } from '../shared/adapters/s3-reader.js';
import { systemClock } from '../shared/adapters/system-clock.js';
import type { ScanOrder } from '../shared/domain/scanning/scan-order.js';
import { addDays, localDate, plus } from '../shared/domain/time.js';
import { portOf } from '../test/contract/databases.js';
import { freePorts } from '../test/integration/free-ports.js';
import { listen } from '../test/servers-in-process/listen.js';
import { BETWEEN, feedsOf, register, startHost } from './polls.js';

/** Of the hosts of polls, one that tells that nothing is new. */
const ATTENTIVE = 5;

/**
 * AWS as an agency's deployment has it, with one account registered, which reads a feed in which nothing is new. What speaks plain HTTP on this
 * machine is reached by TLS, as AWS is.
 */
export const agencyAws = async (
  folder: string,
  certificate: { readonly key: Buffer; readonly cert: Buffer },
) => {
  const tunnels = new Map<string, Server>();
  const byTls = async (address: string): Promise<string> => {
    const { origin, port, hostname } = new URL(address);
    let tunnel = tunnels.get(origin);
    if (tunnel === undefined) {
      tunnel = createServer(certificate, (socket) => {
        const onward = connect(Number(port), hostname);
        socket.on('error', () => onward.destroy()).pipe(onward);
        onward.on('error', () => socket.destroy()).pipe(socket);
      });
      tunnels.set(origin, tunnel);
      await listen(tunnel);
    }
    return address.replace(origin, `https://127.0.0.1:${portOf(tunnel.address())}`);
  };

  const world = sampleWorld(addDays(localDate(systemClock(), 'Asia/Jakarta'), -1));
  const host = await startHost(ATTENTIVE, world.startsAt, () => false);
  const services = await startServices(join(folder, 'state'), await freePorts());
  await publishSamplePacks(services.s3, world.contest);
  await register(services, world, feedsOf({ ...host, origin: await byTls(host.origin) }).slice(0, 1));

  const environment: Record<string, string> = {
    NETWORK_GUARD: 'loopback',
    POSTS_QUEUE_URL: await byTls(services.posts.url),
    DEAD_LETTERS_URL: await byTls(services.posts.deadLettersUrl),
  };
  for (const [name, value] of Object.entries(services.environment))
    environment[name] = value.startsWith('http:') ? await byTls(value) : value;

  const documents = DynamoDBDocumentClient.from(services.dynamo);
  const orders = memoryQueue<ScanOrder>();
  let at = systemClock();
  const plan = planScans({
    agency: dynamoAgencyStore(documents, tableName(TABLE_PREFIX, 'registry')),
    accounts: dynamoAccountStore(documents, tableName(TABLE_PREFIX, 'registry')),
    cohorts: dynamoCohortStore(documents, tableName(TABLE_PREFIX, 'scans')),
    packs: s3PackStore(s3Reader(PACKS_BUCKET, services.environment), systemClock),
    scans: { feed: orders },
    now: () => at,
    report: () => {},
  });

  return {
    environment,
    /** An order for the account, each time it is asked for. */
    order: async (): Promise<ScanOrder> => {
      at = plus(at, BETWEEN);
      await plan();
      const last = orders.messages.at(-1);
      if (last === undefined) throw new Error('Nothing was ordered');
      return last;
    },
    stop: async (): Promise<void> => {
      for (const tunnel of tunnels.values()) tunnel.close();
      await services.stop();
      await host.close();
    },
  };
};

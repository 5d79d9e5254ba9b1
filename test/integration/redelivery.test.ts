import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectPosts } from '../../functions/collect-posts/collect-posts.js';
import { planScans } from '../../functions/plan-scans/plan-scans.js';
import { installSampleClock, type SampleClock } from '../../local/sample-clock.js';
import { seedAgency } from '../../local/seed.js';
import { PACKS_BUCKET, TABLE_PREFIX } from '../../local/services.js';
import { startStack, type Stack } from '../../local/stack.js';
import { compareWithTruth, readCoverage, readFindings } from '../../local/summary.js';
import { tableName } from '../../local/tables.js';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { guardedFetch } from '../../shared/adapters/guarded-fetch.js';
import { s3PackStore } from '../../shared/adapters/s3-pack-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { sqsQueue } from '../../shared/adapters/sqs-queue.js';
import type { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import { plus } from '../../shared/domain/time.js';
import { feedConnector } from '../../shared/networks/feed/feed-connector.js';
import { perNetwork } from '../../shared/networks.js';
import { mortal } from '../fixtures/mortal.js';
import { freePorts } from './free-ports.js';
import { noCredential, unmetered } from '../fixtures/no-credential.js';

const folder = mkdtempSync(join(tmpdir(), 'netral-redelivery-'));
let clock: SampleClock;
let stack: Stack;

beforeAll(async () => {
  clock = installSampleClock();
  stack = await startStack(folder, await freePorts(), clock);
  clock.set(stack.world.startsAt);
  await seedAgency(stack.client, stack.world, stack.sampleOrigin);
});
afterAll(async () => {
  clock.release();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The parts of which the handlers are made, on the stack's own services. */
const parts = () => {
  const { dynamo, sqs, posts } = stack.services;
  const documents = DynamoDBDocumentClient.from(dynamo);
  const [registry, scans] = [tableName(TABLE_PREFIX, 'registry'), tableName(TABLE_PREFIX, 'scans')];
  return {
    agency: dynamoAgencyStore(documents, registry),
    packs: s3PackStore(s3Reader(PACKS_BUCKET, process.env), clock.now),
    accounts: dynamoAccountStore(documents, registry),
    cohorts: dynamoCohortStore(documents, scans),
    accountScans: dynamoAccountScanStore(documents, scans),
    posts: sqsQueue(sqs, posts.url),
    now: clock.now,
    report: () => undefined,
  };
};

/** Leases what is due as the planner does, and keeps the orders back. */
const leaseAll = async (): Promise<readonly ScanOrder[]> => {
  const orders: ScanOrder[] = [];
  const queue = {
    send: (sent: readonly ScanOrder[]) => {
      orders.push(...sent);
      return Promise.resolve();
    },
  };
  await planScans({ ...parts(), scans: perNetwork(() => queue) })();
  return orders;
};

/** A collector whose process dies at its first save: the posts of that account are handed over, its cursor is not moved. */
const dieAfterHandOver = async (order: ScanOrder): Promise<void> => {
  const { accountScans, ...others } = parts();
  const collect = collectPosts({
    ...others,
    scans: { ...accountScans, save: mortal(0, 'before').through('scans', accountScans).save },
    connectors: perNetwork(() => feedConnector),
    fetch: guardedFetch({
      credential: noCredential,
      meter: unmetered,
      reach: () => feedConnector.reach,
      now: clock.now,
      guard: 'loopback',
      userAgent: 'Netral/1 (+https://sukamaju.example)',
    }),
    chance: () => 0,
  });
  await expect(collect(order)).rejects.toThrow('Some accounts of the cohort failed');
};

const deliver = async (order: ScanOrder): Promise<void> => {
  const { sqs, scans } = stack.services;
  await sqs.send(new SendMessageCommand({ QueueUrl: scans.feed.url, MessageBody: JSON.stringify(order) }));
  await stack.drained();
};

const scansOf = async ({ accounts }: ScanOrder) =>
  [...(await parts().accountScans.byAccounts(accounts))].sort((one, other) =>
    one.account.localeCompare(other.account),
  );

let orders: readonly ScanOrder[];
const largest = (): ScanOrder =>
  orders.toSorted((one, other) => other.accounts.length - one.accounts.length)[0]!;

describe('an order that is delivered again', () => {
  it('after its collector was killed between hand-over and save makes one finding of each post and counts it once', async () => {
    orders = await leaseAll();
    await dieAfterHandOver(largest());
    await stack.drained();
    // What was handed over is screened already, though no cursor knows of it.
    expect((await readFindings(stack.services)).length).toBeGreaterThan(0);
    expect(await scansOf(largest())).toEqual([]);

    for (const order of orders) await deliver(order);
    const read = stack.world.feeds.filter(({ declared, behaviour }) => declared && behaviour === 'normal');
    const posts = read.flatMap((feed) => feed.posts);
    const findings = await readFindings(stack.services);
    expect(compareWithTruth(findings, posts)).toEqual({ found: findings.length, missed: 0, falseAlarms: 0 });
    expect((await readCoverage(stack.client, stack.world)).posts).toBe(posts.length);
  });

  it('after a newer run has ended changes nothing, and no cursor goes back', async () => {
    clock.set(plus(clock.now(), { days: 2 }));
    await stack.functions.run('plan-scans', clock.now());
    await stack.drained();
    const before = { scans: await scansOf(largest()), findings: (await readFindings(stack.services)).length };
    expect(before.scans).toHaveLength(largest().accounts.length);
    await deliver(largest());
    expect({
      scans: await scansOf(largest()),
      findings: (await readFindings(stack.services)).length,
    }).toEqual(before);
    expect((await parts().cohorts.turnOf(largest().cohort))?.lastRunAt).not.toBe(largest().lease);
  });

  it('while a newer run holds the lease changes nothing', async () => {
    clock.set(plus(clock.now(), { days: 2 }));
    const newer = await leaseAll();
    const before = await scansOf(largest());
    await deliver(largest());
    expect(await scansOf(largest())).toEqual(before);
    expect(newer.map(({ cohort }) => cohort)).toContain(largest().cohort);
    const cohort = await parts().cohorts.turnOf(largest().cohort);
    expect(cohort?.lease).toBe(newer[0]?.lease);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient, type ApiClient } from '../../cli/api-client.js';
import { exportRows, linesIn } from '../../cli/record-export.js';
import { smoke } from '../../cli/smoke/smoke.js';
import { sampleToken } from '../../cli/stack.js';
import { appFromEnvironment } from '../../functions/serve-api/wiring.js';
import { environmentOf } from '../../local/functions.js';
import { installSampleClock, type SampleClock } from '../../local/sample-clock.js';
import { seedAgency, usernameOf } from '../../local/seed.js';
import { TABLE_PREFIX } from '../../local/services.js';
import { startStack, type Stack } from '../../local/stack.js';
import { createTables, TABLE_NAMES, tableName } from '../../local/tables.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { canonicalJson } from '../../shared/domain/record/canonical.js';
import type { ExportRow } from '../../shared/domain/record/export-file.js';
import { verifyRecord } from '../../shared/domain/record/verify.js';
import type { Role } from '../../shared/domain/registry/person.js';
import { type Instant, plus } from '../../shared/domain/time.js';
import { freePorts } from './free-ports.js';

const folder = mkdtempSync(join(tmpdir(), 'netral-operations-'));
let clock: SampleClock;
let stack: Stack;

beforeAll(async () => {
  clock = installSampleClock();
  stack = await startStack(folder, await freePorts(), clock);
  clock.set(stack.world.startsAt);
  await seedAgency(stack.client, stack.world, stack.sampleOrigin);
  await stack.functions.run('plan-scans', clock.now());
  await stack.drained();
});
afterAll(async () => {
  clock.release();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const peopleWith = (role: Role): readonly string[] =>
  stack.world.people.filter(({ roles }) => roles.includes(role)).map(usernameOf);

/** The API as one of the sample people. */
const as = (username: string, call: typeof fetch = fetch): ApiClient =>
  apiClient({
    url: stack.addresses.api,
    fetch: call,
    token: () => sampleToken(stack.addresses.issuer, username, fetch),
  });
const one = (role: Role, nth = 0): ApiClient => {
  const username = peopleWith(role)[nth];
  if (username === undefined) throw new Error(`Nobody is ${role}`);
  return as(username);
};

const rowsFor = async (officer: ApiClient): Promise<readonly ExportRow[]> => {
  const rows: ExportRow[] = [];
  for await (const row of exportRows({ api: officer, fetch }, {})) rows.push(row);
  return rows;
};

const faultsOf = async (officer: ApiClient): Promise<readonly unknown[]> => {
  const rows = await rowsFor(officer);
  return verifyRecord(
    rows.map((row) => canonicalJson(row)),
    new Map(),
  ).faults;
};

const keepTime = async (at: Instant): Promise<void> => {
  clock.set(at);
  await stack.functions.run('keep-time', at);
};

const Listed = z.object({ items: z.array(z.object({ id: z.string() })) });
const Orders = z.object({ items: z.array(z.unknown()) });
const Known = z.object({ people: z.array(z.object({ id: z.string(), revision: z.number() }).nullable()) });

const receipts = async (from: Instant): Promise<readonly string[]> =>
  (await linesIn(one('officer'), { from, to: plus(clock.now(), { minutes: 1 }) })).map(
    ({ entry }) => entry.kind,
  );

describe('operating the local stack', () => {
  it('takes a synthetic post the whole way and leaves nothing of it but receipts', async () => {
    const before = Listed.parse(await one('analyst', 1).get('/findings?limit=100')).items.length;
    const said: string[] = [];
    await smoke({
      administrator: one('administrator'),
      submitter: one('analyst'),
      reader: one('analyst', 1),
      officer: one('officer'),
      now: clock.now,
      nonce: '0f1e2d3c4b5a',
      say: (line) => said.push(line),
      // Time passes at once, and with it the job that erases.
      wait: async (milliseconds) => {
        await stack.drained();
        await keepTime(plus(clock.now(), { seconds: milliseconds / 1000 }));
      },
    });
    expect(said.at(-1)).toBe('holder, account and finding are erased, and the record has the receipts');
    const after = Listed.parse(await one('analyst', 1).get('/findings?limit=100')).items.length;
    expect(after).toBe(before);
    expect(before).toBeGreaterThan(20);
  });

  it('is restored into new tables, where the record verifies and what is due is due', async () => {
    await keepTime(plus(clock.now(), { days: 1 }));
    const { dynamo } = stack.services;
    const documents = DynamoDBDocumentClient.from(dynamo);
    await createTables(dynamo, 'restored');
    for (const name of TABLE_NAMES) {
      const { Items: items = [], LastEvaluatedKey: more } = await documents.send(
        new ScanCommand({ TableName: tableName(TABLE_PREFIX, name) }),
      );
      expect(more).toBeUndefined();
      for (let start = 0; start < items.length; start += 25)
        await documents.send(
          new BatchWriteCommand({
            RequestItems: {
              [tableName('restored', name)]: items
                .slice(start, start + 25)
                .map((Item) => ({ PutRequest: { Item } })),
            },
          }),
        );
    }

    const environment = environmentOf('serve-api', stack.services, { ...stack.addresses, identities: '' });
    const restored = appFromEnvironment(
      Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [
          key,
          key.endsWith('_TABLE') ? value.replace(TABLE_PREFIX, 'restored') : value,
        ]),
      ),
      { now: clock.now, report: () => undefined, console: () => Promise.resolve('') },
    );
    const username = peopleWith('officer')[0] ?? '';
    const officer = as(username, async (url, init) => restored.fetch(new Request(url, init)));
    expect(await faultsOf(officer)).toEqual([]);
    expect((await rowsFor(officer)).filter(({ row }) => row === 'seal')).not.toEqual([]);

    const later = plus(clock.now(), { days: 1 });
    const due = (prefix: string) =>
      dynamoCohortStore(documents, tableName(prefix, 'scans')).dueBy(later, 100);
    const expected = await due(TABLE_PREFIX);
    expect(expected.length).toBeGreaterThan(0);
    expect(await due('restored')).toEqual(expected);
  });

  it('is shut down with a receipt for everything personal, and the record still verifies', async () => {
    const from = clock.now();
    // No matter stays open: analysts dismiss what they have before them, each what is no concern of theirs.
    const dismissed = new Set<string>();
    for (const [nth] of peopleWith('analyst').entries()) {
      const analyst = one('analyst', nth);
      const { items } = Listed.parse(await analyst.get('/findings?state=indicated&limit=100'));
      for (const { id } of items) {
        await analyst.get(`/findings/${id}`);
        await analyst.post(`/findings/${id}/decisions`, {
          kind: 'dismiss',
          reason: 'insufficient-evidence',
          words: 'Penutupan layanan; tidak dilanjutkan.',
        });
        dismissed.add(id);
      }
    }
    expect(dismissed.size).toBeGreaterThan(20);

    // Their time ends.
    await keepTime(plus(clock.now(), { days: 15 }));
    expect((await receipts(from)).filter((kind) => kind === 'finding-ended')).toHaveLength(dismissed.size);

    // Then the people, roles first; whoever erases and whoever takes roles stay to the end.
    const staying = [...peopleWith('officer'), ...peopleWith('administrator')];
    const leaving = stack.world.people.filter((person) => !staying.includes(usernameOf(person)));
    const { people } = Known.parse(
      await one('administrator').post('/people/lookup', {
        employeeNumbers: leaving.map(({ employeeNumber }) => employeeNumber),
      }),
    );
    for (const person of people) {
      if (person === null) continue;
      await one('administrator').put(`/people/${person.id}/roles`, { roles: [] }, `"${person.revision}"`);
      await one('officer').post(`/people/${person.id}/erasure`, {});
    }
    for (let run = 0; run < 10; run += 1) await keepTime(plus(clock.now(), { minutes: 15 }));
    expect(Orders.parse(await one('officer').get('/erasures')).items).toEqual([]);

    const found = await DynamoDBDocumentClient.from(stack.services.dynamo).send(
      new ScanCommand({ TableName: tableName(TABLE_PREFIX, 'findings') }),
    );
    // What is left are counts that hold no person, and empty places that keep a late writer from coming back.
    const full = (found.Items ?? []).filter(
      ({ pk, doc }) => String(pk).startsWith('FINDING#') && doc !== null,
    );
    expect(full).toEqual([]);
    const kinds = await receipts(from);
    expect(kinds.filter((kind) => kind === 'ended').length).toBeGreaterThanOrEqual(stack.world.feeds.length);
    await keepTime(plus(clock.now(), { days: 1 }));
    expect(await faultsOf(one('officer'))).toEqual([]);
  });
});

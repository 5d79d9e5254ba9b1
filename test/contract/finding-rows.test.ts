import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { firstBreak } from '../../shared/domain/review/history.js';
import { UNFILTERED, type FindingQuery } from '../../shared/ports.js';
import { NOW } from '../fixtures/registry.js';
import { startDynalite, type Database } from './databases.js';

const EVERYTHING: FindingQuery = { ...UNFILTERED, limit: 100, cursor: null };

/** As DynamoDB speaks of items in JSON: bytes in base64. */
type Item = Record<string, AttributeValue>;
const rowsOf = (file: string): readonly Item[] =>
  z
    .array(z.custom<Item>((value) => typeof value === 'object' && value !== null))
    .parse(
      JSON.parse(
        readFileSync(join(import.meta.dirname, '../fixtures/rows', file), 'utf8'),
        (name, value: unknown) =>
          name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
      ),
    );

let database: Database;
beforeAll(async () => {
  database = await startDynalite();
});
afterAll(() => database.stop());

/** The store on a table that holds rows as a version left them: three findings and their set of packs. */
const left = async (file: string) => {
  const prefix = `${file.replace('.json', '')}-${crypto.randomUUID()}`;
  await createTable(database.client, prefix, 'findings');
  const table = tableName(prefix, 'findings');
  for (const row of rowsOf(file))
    await database.client.send(new PutItemCommand({ TableName: table, Item: row }));
  return dynamoFindingRows(DynamoDBDocumentClient.from(database.client), table);
};
const all = async (file: string): Promise<readonly Finding[]> =>
  (await (await left(file)).list(EVERYTHING)).items;

describe.each(['whole.json', 'dense.json'])('rows of findings as in %s', (file) => {
  it('are read, with all their packs, and their chains hold', async () => {
    const store = await left(file);
    const findings = await all(file);
    expect(findings.map(({ state }) => state).sort()).toEqual(['dismissed', 'indicated', 'referred']);
    for (const finding of findings) {
      expect(await store.byId(finding.id)).toEqual(finding);
      expect(await store.ofAccount(finding.account)).toContainEqual(finding);
      expect(finding.indication.packs).toHaveLength(15);
      expect(firstBreak(finding)).toBeNull();
    }
  });

  it('are found by what lists ask for', async () => {
    const store = await left(file);
    for (const finding of await all(file)) {
      const [provision = null] = finding.indication.provisions;
      const { items } = await store.list({
        ...EVERYTHING,
        states: [finding.state],
        provision,
        network: finding.network,
      });
      expect(items).toEqual([finding]);
    }
    expect(await store.inState('indicated', 10)).toMatchObject([{ state: 'indicated' }]);
    expect(await store.untold('supervisor', 10)).toMatchObject([{ state: 'referred' }]);
  });

  it('are changed: by a decision, by what was told, by a post that is gone, by their end', async () => {
    const store = await left(file);
    for (const finding of await all(file)) {
      const { untold } = finding;
      for (const audience of ['holder', 'supervisor'] as const) {
        const telling = untold[audience];
        if (telling !== null) await store.told(finding.id, audience, telling);
      }
      await store.noteGone(finding.id, NOW);
      const told = {
        ...finding,
        untold: { holder: null, supervisor: null },
        goneAt: NOW,
        revision: finding.revision + 1,
      };
      expect(await store.byId(finding.id)).toEqual(told);
      expect(await store.save({ ...finding, state: 'deciding', revision: finding.revision + 1 })).toBe(
        'stale',
      );
      const decided: Finding = { ...told, state: 'deciding', revision: told.revision + 1 };
      expect(await store.save(decided)).toBe('saved');
      expect(await store.byId(finding.id)).toEqual(decided);
      expect(await store.remove(decided, NOW)).toBe('removed');
      expect(await store.byId(finding.id)).toBeNull();
    }
    expect((await store.list(EVERYTHING)).items).toEqual([]);
  });
});

it('Rows of both kinds hold the same findings', async () => {
  expect(await all('dense.json')).toEqual(await all('whole.json'));
});

import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, tableName } from '../../local/tables.js';
import { DenseFinding, undense } from '../../shared/adapters/dense-finding.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import { FindingId } from '../../shared/domain/ids.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { aFinding, anIndication } from '../fixtures/finding.js';
import { startDynalite, type Database } from './databases.js';

const table = tableName('sets', 'findings');
const key = ({ id }: Pick<Finding, 'id'>) => ({ pk: `FINDING#${id}`, sk: id });
const packs = Array.from({ length: 15 }, (_, index) => ({
  id: `language-${index}`,
  version: '1.0.0',
  hash: String(index % 10).repeat(64),
}));
const found = (digit: string): Finding =>
  aFinding({ id: FindingId.parse(digit.repeat(32)), indication: { ...anIndication(), packs } });

describe('the packs of a finding', () => {
  let database: Database;
  let client: DynamoDBDocumentClient;
  beforeAll(async () => {
    database = await startDynalite();
    client = DynamoDBDocumentClient.from(database.client);
    await createTable(database.client, 'sets', 'findings');
  });
  afterAll(() => database.stop());

  it('stand once for all findings that name the same, and every reader gets them whole', async () => {
    const writer = dynamoFindingRows(client, table);
    for (const digit of ['a', 'b']) await writer.create(found(digit));
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key(found('a')) }));
    expect(undense(DenseFinding.parse(Item?.['doc'])).indication.packs).toHaveLength(1);

    const reader = dynamoFindingRows(client, table);
    expect(await reader.byId(found('a').id)).toEqual(found('a'));
    expect(await reader.ofAccount(found('a').account)).toEqual([found('b'), found('a')]);
  });

  it('are written once by findings that come together, and again after a failure', async () => {
    let writes = 0;
    const counted = DynamoDBDocumentClient.from(database.client);
    counted.middlewareStack.add((next) => async (args) => {
      if (JSON.stringify(args.input).includes('PACKS#') && ++writes === 1) throw new Error('no answer');
      return next(args);
    });
    const store = dynamoFindingRows(counted, table);
    const together = async (digits: readonly string[]): Promise<readonly string[]> =>
      (await Promise.allSettled(digits.map((digit) => store.create(found(digit))))).map(
        ({ status }) => status,
      );
    expect(await together(['e', 'f'])).toEqual(['rejected', 'rejected']);
    expect(await together(['e', 'f'])).toEqual(['fulfilled', 'fulfilled']);
    expect(writes).toBe(2);
  });

  it('are kept through a change', async () => {
    const store = dynamoFindingRows(client, table);
    await store.create(found('c'));
    const changed = { ...found('c'), goneAt: found('c').foundAt, revision: 1 };
    expect(await store.save(changed)).toBe('saved');
    expect(await dynamoFindingRows(client, table).byId(changed.id)).toEqual(changed);
  });

  it('are read where an earlier version wrote them, in the row itself', async () => {
    const doc = found('d');
    await client.send(new PutCommand({ TableName: table, Item: { ...key(doc), writer: 'earlier', doc } }));
    expect(await dynamoFindingRows(client, table).byId(doc.id)).toEqual(doc);
  });
});

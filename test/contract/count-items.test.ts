import { PutCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoCountStore } from '../../shared/adapters/dynamo-count-store.js';
import { countsOfIndication, Month } from '../../shared/domain/statistics/counts.js';
import { COUNT_KEYS } from '../../shared/tables.js';
import { aFinding } from '../fixtures/finding.js';
import { startDynalite, type Database } from './databases.js';

const november = Month.parse('2026-11');
const table = tableName('items', 'findings');

describe('the items of counts', () => {
  let database: Database;
  let client: DynamoDBDocumentClient;
  beforeAll(async () => {
    database = await startDynalite();
    client = DynamoDBDocumentClient.from(database.client);
    await createTable(database.client, 'items', 'findings');
  });
  afterAll(() => database.stop());

  it('of an indication are one, of less than a kilobyte, and name no finding and no account', async () => {
    const finding = aFinding();
    const { contest } = finding.indication;
    await dynamoCountStore(client, table).add(november, countsOfIndication(finding, `${contest}/arga`));
    const key = { pk: `${COUNT_KEYS}EVENTS#${november}`, sk: `indicate#${contest}` };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }));
    expect(Item).toEqual({
      ...key,
      expiresAt: 1_888_358_400,
      'all=all': 1,
      'language=id': 1,
      ...Object.fromEntries(finding.indication.provisions.map((name) => [`provision=${name}`, 1])),
      [`network=${finding.network}`]: 1,
      [`stage=${finding.indication.stage ?? 'unknown'}`]: 1,
      [`side=${contest}/arga`]: 1,
    });
    expect(JSON.stringify(Item).length).toBeLessThan(1024);
  });

  it('that an earlier version wrote, one for each value, are added to those of this one', async () => {
    const pk = `${COUNT_KEYS}${november}`;
    const old = { pk, sk: 'all=all', expiresAt: 1_888_358_400, indicate: 4, refer: 2 };
    await client.send(new PutCommand({ TableName: table, Item: old }));
    expect(await dynamoCountStore(client, table).read([november])).toContainEqual({
      dimension: 'all',
      value: 'all',
      events: { indicate: 5, refer: 2 },
    });
  });
});

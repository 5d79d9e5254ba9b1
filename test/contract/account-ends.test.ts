import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { memoryAccountStore } from '../../shared/adapters/memory-account-store.js';
import { AccountId } from '../../shared/domain/ids.js';
import { cohortId } from '../../shared/domain/scanning/cohort.js';
import type { AccountStore } from '../../shared/ports.js';
import { anAccount, opaqueId } from '../fixtures/registry.js';
import { hasJava, startDynalite, startDynamoDbLocal, type Database } from './databases.js';
import { ordersOf, takingTurns } from './in-turns.js';

const TABLE = tableName('ends', 'registry');
const cohort = cohortId('feed', 'blog.sukamaju.example', 0);

/** More than either of the two has. */
const STEPS = 9;

/** DynamoDB Local is slow: it is shown one order in seven. */
const DATABASES: readonly (readonly [string, () => Promise<Database>, number])[] = [
  ['on dynalite', startDynalite, 1],
  ...(hasJava() ? ([['on DynamoDB Local', startDynamoDbLocal, 7]] as const) : []),
];

describe.each(DATABASES)('an account that ends while somebody saves it, %s', (_, start, every) => {
  let database: Database;
  let store: AccountStore;
  let inTurns: ReturnType<typeof takingTurns>;
  beforeAll(async () => {
    database = await start();
    await createTable(database.client, 'ends', 'registry');
    store = dynamoAccountStore(DynamoDBDocumentClient.from(database.client), TABLE);
    inTurns = takingTurns(database.client);
  });
  afterAll(() => database.stop());

  const orders = ordersOf(['save', 'remove'], STEPS).filter((_order, index) => index % every === 0);
  const left = async () => (await database.client.send(new ScanCommand({ TableName: TABLE }))).Items ?? [];

  it('leaves nothing, whoever comes first at each step', async () => {
    for (const [number, order] of orders.entries()) {
      const account = anAccount({ id: AccountId.parse(opaqueId(`one ${number}`)), cohort });
      await store.save(account);
      await inTurns(
        { save: () => store.save({ ...account, revision: 1 }), remove: () => store.remove(account) },
        order,
      );
      expect([order.join(' '), await left()]).toEqual([order.join(' '), []]);
    }
  });

  it('leaves one that is registered anew as it was registered', async () => {
    for (const [number, order] of orders.entries()) {
      const id = AccountId.parse(opaqueId(`anew ${number}`));
      const account = anAccount({ id, cohort: null });
      await store.save({ ...account, cohort, state: 'withdrawn' });
      const ends: string[] = [];
      await inTurns(
        { save: async () => ends.push(await store.save(account)), remove: () => store.remove(account) },
        order,
      );
      const found = await store.inCohort(cohort, [id]);
      expect(found).toEqual(ends[0] === 'saved' ? [account] : []);
      await store.remove(account);
      expect(await left()).toEqual([]);
    }
  });
});

it('in memory an account ends, or is saved, at once', async () => {
  const store = memoryAccountStore();
  const account = anAccount({ cohort });
  await store.save(account);
  const [saved] = await Promise.all([store.save({ ...account, revision: 1 }), store.remove(account)]);
  expect([saved, await store.byIds([account.id])]).toEqual(['saved', []]);
});

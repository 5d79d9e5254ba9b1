import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { memoryAccountStore } from '../../shared/adapters/memory-account-store.js';
import { AccountId } from '../../shared/domain/ids.js';
import type { Account } from '../../shared/domain/registry/account.js';
import { cohortId } from '../../shared/domain/scanning/cohort.js';
import type { AccountStore } from '../../shared/ports.js';
import { anAccount, opaqueId } from '../fixtures/registry.js';
import { hasJava, startDynalite, startDynamoDbLocal, type Database } from './databases.js';
import { ordersOf, takingTurns } from './in-turns.js';

const TABLE = tableName('ends', 'registry');
const cohort = cohortId('feed', 'blog.sukamaju.example', 0);
const another = cohortId('feed', 'blog.sukamaju.example', 1);

/** More than either of the two has, so that each also comes when the other has ended. */
const STEPS = 11;

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

  const clear = async () => {
    for (const { pk, sk } of await left())
      await database.client.send(new DeleteItemCommand({ TableName: TABLE, Key: { pk: pk!, sk: sk! } }));
  };

  /** An account whose home is `cohort`, saved once more while it ends. */
  const ends = async (id: string, last: Partial<Account>, order: (typeof orders)[number]) => {
    const account = anAccount({ id: AccountId.parse(opaqueId(id)), cohort });
    const now = { ...account, ...last, revision: 1 };
    await store.save(account);
    await store.save(now);
    const outcomes: string[] = [];
    const save = async () => outcomes.push(await store.save({ ...now, revision: 2 }));
    await inTurns({ save, remove: () => store.remove(now) }, order);
    return outcomes[0];
  };

  it.each([
    ['in its first cohort', cohort],
    ['in another cohort than its first', another],
  ])('leaves nothing of one that was withdrawn %s, whoever comes first at each step', async (name, place) => {
    const outcomes = new Set<string | undefined>();
    for (const [number, order] of orders.entries()) {
      outcomes.add(await ends(`${name} ${number}`, { state: 'withdrawn', cohort: place }, order));
      expect([order.join(' '), await left()]).toEqual([order.join(' '), []]);
    }
    expect(outcomes).toEqual(new Set(['saved', 'stale']));
  });

  it('leaves nothing of one that was still watched, in another cohort than its first, if it was saved before it went', async () => {
    for (const [number, order] of orders.entries()) {
      const outcome = await ends(`watched ${number}`, { cohort: another }, order);
      if (outcome === 'saved') expect([order.join(' '), await left()]).toEqual([order.join(' '), []]);
      else await clear();
    }
  });

  it('leaves one that is registered anew as it was registered', async () => {
    for (const [number, order] of orders.entries()) {
      const id = AccountId.parse(opaqueId(`anew ${number}`));
      const account = anAccount({ id, cohort: null });
      await store.save({ ...account, cohort });
      await store.save({ ...account, cohort, state: 'withdrawn', revision: 1 });
      const outcomes: string[] = [];
      await inTurns(
        { save: async () => outcomes.push(await store.save(account)), remove: () => store.remove(account) },
        order,
      );
      const found = await store.inCohort(cohort, [id]);
      expect(found).toEqual(outcomes[0] === 'saved' ? [account] : []);
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

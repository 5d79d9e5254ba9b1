import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { AccountId, type CohortId } from '../../shared/domain/ids.js';
import { AccountState, type Account } from '../../shared/domain/registry/account.js';
import { cohortId } from '../../shared/domain/scanning/cohort.js';
import type { AccountStore } from '../../shared/ports.js';
import { anAccount, opaqueId } from '../fixtures/registry.js';
import { startDynalite, type Database } from './databases.js';

const TABLE = tableName('homes', 'registry');
const Entry = z.looseObject({ sk: AccountId });
type Entry = z.infer<typeof Entry>;

/** Stands between the store and the database. */
const middlemen = (database: Database) => {
  const { middlewareStack } = database.client;
  const sent: string[] = [];
  let entries: ((home: unknown) => readonly Entry[]) | null = null;
  let dies = false;
  middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        const input: Readonly<Record<string, unknown>> = { ...request.input };
        sent.push(
          `${commandName ?? ''}${typeof input['IndexName'] === 'string' ? ` ${input['IndexName']}` : ''}`,
        );
        if (dies && Entry.extend({ pk: z.string().startsWith('ACCOUNT#') }).safeParse(input['Item']).success)
          throw new Error('The process died');
        const answer = await next(request);
        if (entries !== null && input['IndexName'] === 'home')
          Object.assign(answer.output, {
            Items: entries(
              z.object({ ':home': z.string() }).parse(input['ExpressionAttributeValues'])[':home'],
            ),
          });
        return answer;
      },
    { step: 'initialize', priority: 'low', name: 'middlemen' },
  );
  return {
    sent,
    /** The index says this in place of what it holds. */
    lagging: async <Result>(said: (home: unknown) => readonly Entry[], work: () => Promise<Result>) => {
      entries = said;
      return work().finally(() => {
        entries = null;
      });
    },
    /** Whoever saves an account here dies just before the account itself is written. */
    dying: async (work: () => Promise<unknown>): Promise<void> => {
      dies = true;
      await expect(work()).rejects.toThrow('died');
      dies = false;
    },
  };
};

const byId = (accounts: readonly Account[]): Account[] =>
  [...accounts].sort((one, other) => (one.id < other.id ? -1 : 1));

describe('the accounts of a cohort, read together', () => {
  let database: Database;
  let documents: DynamoDBDocumentClient;
  let store: AccountStore;
  let between: ReturnType<typeof middlemen>;
  let worlds = 0;
  beforeAll(async () => {
    database = await startDynalite();
    documents = DynamoDBDocumentClient.from(database.client);
    await createTable(database.client, 'homes', 'registry');
    between = middlemen(database);
    store = dynamoAccountStore(documents, TABLE);
  });
  afterAll(() => database.stop());

  /** Accounts and cohorts that no other test knows. */
  const aWorld = () => {
    worlds += 1;
    const [first, second] = [0, 1].map((ordinal) => cohortId('feed', `world-${worlds}.example`, ordinal));
    const ids = ['one', 'two', 'three'].map((name) => AccountId.parse(opaqueId(`${name} ${worlds}`)));
    return { first: first!, second: second!, ids };
  };

  /** What the index holds of a cohort. */
  const held = async (home: CohortId): Promise<Entry[]> => {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName: 'home',
        KeyConditionExpression: 'home = :home',
        ExpressionAttributeValues: { ':home': home },
      }),
    );
    return z.array(Entry).parse(Items);
  };

  it('takes two queries while nobody has changed anything', async () => {
    const { first, ids } = aWorld();
    for (const id of ids) await store.save(anAccount({ id, cohort: first }));
    between.sent.length = 0;
    expect(byId(await store.inCohort(first, ids))).toEqual(byId(await store.byIds(ids)));
    expect(between.sent).toEqual(['QueryCommand home', 'QueryCommand', 'BatchGetItemCommand']);
  });

  it('shows a pause at once, though the index has not heard of it', async () => {
    const { first, ids } = aWorld();
    for (const id of ids) await store.save(anAccount({ id, cohort: first }));
    const before = await held(first);
    await store.save(anAccount({ id: ids[0]!, cohort: first, state: 'paused', epoch: 2, revision: 1 }));
    const read = await between.lagging(
      () => before,
      () => store.inCohort(first, ids),
    );
    expect(read.map(({ id, state }) => [id, state]).sort()).toEqual(
      ids.map((id) => [id, id === ids[0] ? 'paused' : 'active']).sort(),
    );
  });

  it('reads what an earlier version has written, over what this one has too', async () => {
    const { first, ids } = aWorld();
    await store.save(anAccount({ id: ids[0]!, cohort: first }));
    const written = [
      anAccount({ id: ids[0]!, cohort: first, state: 'withdrawn', epoch: 2, revision: 1 }),
      anAccount({ id: ids[1]!, cohort: first, revision: 4 }),
    ];
    for (const doc of written)
      await documents.send(
        new PutCommand({
          TableName: TABLE,
          Item: { pk: `ACCOUNT#${doc.id}`, sk: doc.id, doc, writer: 'earlier', holder: doc.holder },
        }),
      );
    expect(byId(await store.inCohort(first, ids))).toEqual(byId(written));
    await store.save({ ...written[1]!, revision: 5 });
    expect((await held(first)).map(({ sk }) => sk)).toEqual([ids[1]]);
  });

  it('is as of now, whatever the index has missed, whoever died between the two writes, and wherever an account went', async () => {
    const account = fc.nat({ max: 2 });
    const place = fc.constantFrom('first' as const, 'second' as const, null);
    const state = fc.constantFrom(...AccountState.options);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('save' as const), account, place, state }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('die' as const), account, place, state }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), account, place, state }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), account }) },
    );
    // Of each account's entries the index gives one that was true at some time, each as old as it likes.
    const ages = fc.tuple(...[0, 1, 2].map(() => fc.nat({ max: 12 })));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, ages), { minLength: 3, maxLength: 12 }), async (steps) => {
        const { first, second, ids } = aWorld();
        const history: (readonly (readonly [CohortId, Entry])[])[] = [[]];
        // An id that was erased and is registered again counts its revisions anew; by then the index has heard of the end.
        const since = [0, 0, 0];
        for (const [done, lags] of steps) {
          const id = ids[done.account]!;
          const [now] = await store.byIds([id]);
          if (done.kind === 'remove') {
            if (now !== undefined) await store.remove(now);
          } else {
            const cohort = done.place === null ? null : { first, second }[done.place];
            const revision = (now?.revision ?? -1) + 1;
            if (now === undefined) since[done.account] = history.length;
            const next = anAccount({ id, cohort, state: done.state, revision });
            if (done.kind === 'save') await store.save(next);
            if (done.kind === 'die') await between.dying(() => store.save(next));
            if (done.kind === 'late' && revision >= 2)
              expect(await store.save({ ...next, revision: revision - 2 })).toBe('stale');
          }
          const entries = await Promise.all(
            [first, second].map(async (home) => (await held(home)).map((entry) => [home, entry] as const)),
          );
          history.push(entries.flat());
          const said = (home: unknown): Entry[] =>
            ids.flatMap((one, index) =>
              (history[Math.max(since[index]!, history.length - 1 - lags[index]!)] ?? [])
                .filter(([place, entry]) => place === home && entry.sk === one)
                .map(([, entry]) => entry),
            );
          const truth = byId(await store.byIds(ids));
          for (const cohort of [first, second]) {
            const read = await between.lagging(said, () => store.inCohort(cohort, ids));
            expect(byId(read)).toEqual(truth);
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

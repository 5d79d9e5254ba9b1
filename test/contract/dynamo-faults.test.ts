import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { createTables, tableName } from '../../local/tables.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { AccountId, PersonId } from '../../shared/domain/ids.js';
import { epochSeconds, plus } from '../../shared/domain/time.js';
import type { TableName } from '../../shared/tables.js';
import { aFinding } from '../fixtures/finding.js';
import { NOW, aPerson, anAccount, anAgency, opaqueId } from '../fixtures/registry.js';
import { storedCohort } from '../fixtures/scanning.js';
import { startDynalite, type Database } from './databases.js';

const LATER = plus(NOW, { minutes: 30 });
const mailing = {
  kind: 'digest' as const,
  recipient: opaqueId('supervisor'),
  occasion: '2026-11-23',
  items: [],
};
const one = AccountId.parse(opaqueId('one'));
const two = AccountId.parse(opaqueId('two'));

/** Lets each write happen and loses the answer to the first, where the SDK notices and asks again. */
const losingAnswers = (client: DynamoDBClient): void => {
  client.middlewareStack.add(
    (next, { commandName }) => {
      let lost = false;
      return async (request) => {
        const answer = await next(request);
        if (lost || !['PutItemCommand', 'UpdateItemCommand'].includes(commandName ?? '')) return answer;
        lost = true;
        throw Object.assign(new Error('The answer was lost'), { name: 'TimeoutError' });
      };
    },
    { step: 'finalizeRequest', priority: 'low', name: 'loseAnswers' },
  );
};

describe('the stores on DynamoDB', () => {
  let database: Database;
  let documents: DynamoDBDocumentClient;
  let opened = 0;
  let prefix = '';
  const at = (name: TableName): string => tableName(prefix, name);

  beforeAll(async () => {
    database = await startDynalite();
    documents = DynamoDBDocumentClient.from(database.client);
  });
  afterAll(() => database.stop());

  const freshTables = async (): Promise<void> => {
    opened += 1;
    prefix = `faults-${opened}`;
    await createTables(database.client, prefix);
  };

  describe('when answers to writes are lost', () => {
    beforeAll(() => {
      losingAnswers(database.client);
    });
    afterAll(() => {
      database.client.middlewareStack.remove('loseAnswers');
    });

    it('know their own first save, and still refuse another’s', async () => {
      await freshTables();
      const store = dynamoFindingRows(documents, at('findings'));
      await store.create(aFinding());
      expect(await store.save(aFinding({ state: 'clarifying', revision: 1 }))).toBe('saved');
      expect(await store.save(aFinding({ state: 'dismissed', revision: 1 }))).toBe('stale');
      expect((await store.byId(aFinding().id))?.state).toBe('clarifying');
    });

    it('know their own save of a new value', async () => {
      await freshTables();
      const people = dynamoPersonStore(documents, at('registry'));
      expect(await people.save(aPerson())).toBe('saved');
      expect(await people.save(aPerson())).toBe('stale');
      expect(await dynamoAgencyStore(documents, at('registry')).save(anAgency())).toBe('saved');
    });

    it('let one of two runs have a lease, also when both would write the same', async () => {
      await freshTables();
      const store = dynamoCohortStore(documents, at('scans'));
      const id = await store.enrol({ network: 'feed', host: 'blog.sukamaju.example', dueAt: NOW }, one);
      const cohort = await storedCohort(store, id);
      const outcomes = [await store.lease(cohort, NOW, LATER), await store.lease(cohort, NOW, LATER)];
      expect(outcomes).toEqual(['leased', 'taken']);
      const end = { dueAt: LATER, lastRunAt: NOW, emptyRuns: 0, failedRuns: 0, leaving: [one] };
      expect(await store.finish(id, NOW, end)).toBe('finished');
      expect((await storedCohort(store, id)).accounts).toEqual([]);
    });

    it('enrol an account once', async () => {
      await freshTables();
      const store = dynamoCohortStore(documents, at('scans'));
      const place = { network: 'feed', host: 'blog.sukamaju.example', dueAt: NOW } as const;
      const id = await store.enrol(place, one);
      expect(await store.enrol(place, two)).toBe(id);
      expect((await storedCohort(store, id)).accounts).toEqual([one, two]);
    });

    it('claim a mail for whoever claimed it, and settle it', async () => {
      await freshTables();
      const store = dynamoMailingStore(documents, at('mailings'));
      expect(await store.claim(mailing, NOW)).toBe('claimed');
      expect(await store.claim(mailing, NOW)).toBe('busy');
      await store.settle(mailing, { state: 'sent', messageId: 'ses-1' });
      expect(await store.claim(mailing, LATER)).toBe('sent');
    });

    it('keep one hash key', async () => {
      await freshTables();
      const made = await dynamoAgencyStore(documents, at('registry')).hashKey();
      expect(await dynamoAgencyStore(documents, at('registry')).hashKey()).toBe(made);
    });

    it('append a line to the record', async () => {
      await freshTables();
      const store = dynamoRecordStore(documents, at('record'));
      const person = PersonId.parse(opaqueId('officer'));
      await expect(
        store.append({ kind: 'act', at: NOW, person, act: 'gates-changed' }),
      ).resolves.toBeUndefined();
    });
  });

  describe('when a batch of reads is answered in part', () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      anAccount({ id: AccountId.parse(opaqueId(`${index}`)) }),
    );

    /** Passes on only the first keys of each batch; the rest comes back as unprocessed. */
    const answering = (keys: number): (() => void) => {
      database.client.middlewareStack.add(
        (next) => async (request) => {
          const table = at('registry');
          const { input } = request;
          if (!('RequestItems' in input)) return next(request);
          const asked = input.RequestItems?.[table];
          if (asked === undefined || !('Keys' in asked) || asked.Keys === undefined) return next(request);
          const Keys = asked.Keys.slice(0, keys);
          const rest = asked.Keys.slice(keys);
          Object.assign(input, {
            RequestItems: { [table]: { ...asked, Keys: Keys.length > 0 ? Keys : rest } },
          });
          const answer = await next(request);
          if (rest.length > 0) Object.assign(answer.output, { UnprocessedKeys: { [table]: { Keys: rest } } });
          return answer;
        },
        { step: 'initialize', priority: 'low', name: 'answerInPart' },
      );
      return () => database.client.middlewareStack.remove('answerInPart');
    };

    it('asks for the rest', async () => {
      await freshTables();
      const store = dynamoAccountStore(documents, at('registry'));
      for (const account of many) await store.save(account);
      const stop = answering(2);
      const found = await store.byIds(many.map(({ id }) => id));
      stop();
      expect(found.map(({ id }) => id).sort()).toEqual(many.map(({ id }) => id).sort());
    });

    it('gives up after a few times, and says so', async () => {
      await freshTables();
      const store = dynamoAccountStore(documents, at('registry'));
      for (const account of many) await store.save(account);
      const stop = answering(1);
      const reading = store.byIds(many.map(({ id }) => id));
      await expect(reading).rejects.toThrow(/2 rows of .* were not read in 5 attempts/);
      stop();
    });
  });

  it('keep an account that joins between a look at a cohort and the leaving of another', async () => {
    await freshTables();
    const store = dynamoCohortStore(documents, at('scans'));
    const place = { network: 'feed', host: 'blog.sukamaju.example', dueAt: NOW } as const;
    const id = await store.enrol(place, one);
    await store.lease(await storedCohort(store, id), NOW, LATER);
    let joined = false;
    database.client.middlewareStack.add(
      (next) => async (request) => {
        if (!joined && JSON.stringify(request.input).includes('REMOVE doc.accounts')) {
          joined = true;
          await store.enrol(place, two);
        }
        return next(request);
      },
      { step: 'initialize', name: 'joinMeanwhile' },
    );
    const end = { dueAt: LATER, lastRunAt: NOW, emptyRuns: 0, failedRuns: 0, leaving: [one] };
    expect(await store.finish(id, NOW, end)).toBe('finished');
    database.client.middlewareStack.remove('joinMeanwhile');
    expect((await storedCohort(store, id)).accounts).toEqual([two]);
  });

  it('refuse a row that does not hold what it should', async () => {
    await freshTables();
    const store = dynamoFindingRows(documents, at('findings'));
    await store.create(aFinding());
    const key = { pk: `FINDING#${aFinding().id}`, sk: aFinding().id };
    await documents.send(
      new UpdateCommand({
        TableName: at('findings'),
        Key: key,
        UpdateExpression: 'SET doc.surprise = :value',
        ExpressionAttributeValues: { ':value': true },
      }),
    );
    await expect(store.byId(aFinding().id)).rejects.toThrow(ZodError);
  });

  it('let a mailing expire by a time in seconds, 400 days after its claim', async () => {
    await freshTables();
    await dynamoMailingStore(documents, at('mailings')).claim(mailing, NOW);
    const { Item } = await documents.send(
      new GetCommand({
        TableName: at('mailings'),
        Key: { pk: `MAILING#digest#${mailing.recipient}`, sk: mailing.occasion },
      }),
    );
    expect(Item).toMatchObject({ expiresAt: epochSeconds(plus(NOW, { days: 400 })) });
  });
});

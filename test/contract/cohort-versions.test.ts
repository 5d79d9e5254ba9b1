import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { AccountId } from '../../shared/domain/ids.js';
import { plus } from '../../shared/domain/time.js';
import { NOW, opaqueId } from '../fixtures/registry.js';
import { storedCohort } from '../fixtures/scanning.js';
import { hasJava, startDynalite, startDynamoDbLocal, type Database } from './databases.js';
import { earlierCohortStore } from './earlier-cohort-store.js';

const one = AccountId.parse(opaqueId('one'));
const two = AccountId.parse(opaqueId('two'));
const place = { network: 'feed', host: 'blog.sukamaju.example', dueAt: NOW } as const;
const UNTIL = plus(NOW, { minutes: 30 });
const NEXT = plus(NOW, { hours: 2 });
const NEXT_UNTIL = plus(NEXT, { minutes: 30 });
/** Where its first row waits for an earlier version that is taken back. */
const PARKED = plus(NOW, { days: 7 });
const end = { dueAt: NEXT, lastRunAt: NOW, emptyRuns: 1, failedRuns: 0, leaving: [] };

describe.each([
  ['on dynalite', startDynalite] as const,
  ...(hasJava() ? [['on DynamoDB Local', startDynamoDbLocal] as const] : []),
])('cohorts of the version before, %s', (_, start) => {
  let database: Database;
  let opened = 0;
  beforeAll(async () => {
    database = await start();
  });
  afterAll(() => database.stop());

  /** Both versions on one table, with a cohort that was never ordered, as either version makes it. */
  const both = async () => {
    opened += 1;
    await createTable(database.client, `versions-${opened}`, 'scans');
    const table = tableName(`versions-${opened}`, 'scans');
    const documents = DynamoDBDocumentClient.from(database.client);
    const [now, earlier] = [dynamoCohortStore(documents, table), earlierCohortStore(documents, table)];
    return { now, earlier, id: await now.enrol(place, one) };
  };

  it('are due, leased to one run, finished and due again', async () => {
    const { now, earlier, id } = await both();
    const [cohort] = await now.dueBy(NOW, 10);
    const [seen] = await earlier.dueBy(NOW);
    expect(await now.lease(cohort!, NOW, UNTIL)).toBe('leased');
    expect(await now.lease(cohort!, NOW, UNTIL)).toBe('taken');
    expect(await earlier.lease(seen!, NOW, UNTIL)).toBe(false);
    expect(await now.finish(id, NOW, end)).toBe('finished');
    expect(await now.dueBy(UNTIL, 10)).toEqual([]);
    const again = { ...cohort!, dueAt: NEXT, lastRunAt: NOW, emptyRuns: 1 };
    expect(await now.dueBy(NEXT, 10)).toEqual([again]);
    expect(await earlier.dueBy(NEXT)).toEqual([]);
  });

  it('are leased to one of two planners that come at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { now, earlier } = await both();
      const [cohort] = await now.dueBy(NOW, 10);
      const ends = await Promise.all([
        now.lease(cohort!, NOW, UNTIL).then((outcome) => outcome === 'leased'),
        earlier.lease(cohort!, NOW, UNTIL),
      ]);
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect((await now.dueBy(UNTIL, 10)).map(({ dueAt }) => dueAt)).toEqual([UNTIL]);
    }
  });

  it('are finished by this version where the earlier one ordered them', async () => {
    const { now, earlier, id } = await both();
    await earlier.lease((await earlier.dueBy(NOW))[0]!, NOW, UNTIL);
    expect((await now.turnOf(id))?.lease).toBe(NOW);
    expect(await now.finish(id, NOW, { ...end, leaving: [one] })).toBe('finished');
    expect(await now.finish(id, NOW, end)).toBe('lost');
    const due = await now.dueBy(NEXT, 10);
    expect(due).toMatchObject([{ id, accounts: [], dueAt: NEXT, emptyRuns: 1 }]);
    expect(await now.lease(due[0]!, NEXT, NEXT_UNTIL)).toBe('leased');
  });

  it('are due again when the lease ends where the earlier version finished what this one ordered', async () => {
    const { now, earlier, id } = await both();
    await now.lease((await now.dueBy(NOW, 10))[0]!, NOW, UNTIL);
    expect((await earlier.byId(id))?.lease).toBe(NOW);
    expect(await earlier.finish(id, NOW, NEXT)).toBe(true);
    const due = await now.dueBy(UNTIL, 10);
    expect(due).toMatchObject([{ id, accounts: [one], dueAt: UNTIL }]);
    expect(await now.lease(due[0]!, UNTIL, NEXT_UNTIL)).toBe('leased');
    expect(await now.dueBy(UNTIL, 10)).toEqual([]);
    // What that end left in the index is parked again.
    for (const row of await now.dueBy(NEXT, 10)) expect(await now.lease(row, NEXT, NEXT_UNTIL)).toBe('taken');
    expect(await earlier.dueBy(NEXT)).toEqual([]);
    expect(await now.dueBy(NEXT_UNTIL, 10)).toMatchObject([{ id, lease: UNTIL }]);
  });

  it('are left alone by an earlier collector when their order is not their first', async () => {
    const { now, earlier, id } = await both();
    await now.lease((await now.dueBy(NOW, 10))[0]!, NOW, UNTIL);
    await now.finish(id, NOW, end);
    await now.lease((await now.dueBy(NEXT, 10))[0]!, NEXT, NEXT_UNTIL);
    // It works on an order only where it finds the order's lease.
    expect((await earlier.byId(id))?.lease).not.toBe(NEXT);
    expect(await now.dueBy(NEXT_UNTIL, 10)).toMatchObject([{ id, lease: NEXT }]);
  });

  it('are due again when the lease ends where the planner died between its two rows', async () => {
    const { now, earlier, id } = await both();
    // The first thing that this version does is what the earlier one does.
    await earlier.lease((await earlier.dueBy(NOW))[0]!, NOW, UNTIL);
    const due = await now.dueBy(UNTIL, 10);
    expect(due).toMatchObject([{ id, accounts: [one] }]);
    expect(await now.lease(due[0]!, UNTIL, NEXT)).toBe('leased');
  });

  it('are ordered once where the planner died before the first row had left the index', async () => {
    const { now, earlier, id } = await both();
    const [cohort] = await now.dueBy(NOW, 10);
    database.client.middlewareStack.add(
      (next) => (request) => {
        if (JSON.stringify(request.input).includes(PARKED)) throw new Error('killed');
        return next(request);
      },
      { step: 'initialize', name: 'kill' },
    );
    await expect(now.lease(cohort!, NOW, UNTIL)).rejects.toThrow('killed');
    database.client.middlewareStack.remove('kill');

    const due = await now.dueBy(UNTIL, 10);
    expect(due).toHaveLength(1);
    expect(await now.lease(due[0]!, UNTIL, NEXT)).toBe('leased');
    for (const row of await now.dueBy(UNTIL, 10)) expect(await now.lease(row, UNTIL, NEXT)).toBe('taken');
    expect(await earlier.dueBy(NEXT)).toEqual([]);
    expect(await now.finish(id, UNTIL, end)).toBe('finished');
    expect(await now.dueBy(NEXT, 10)).toMatchObject([{ id, accounts: [one], dueAt: NEXT }]);
  });

  it('are found within a week by an earlier version that is taken back, and are one cohort again after it', async () => {
    const { now, earlier, id } = await both();
    await now.lease((await now.dueBy(NOW, 10))[0]!, NOW, UNTIL);
    await now.finish(id, NOW, end);
    const [back] = await earlier.dueBy(PARKED);
    expect(back).toMatchObject({ id, accounts: [one], dueAt: PARKED });
    expect(await earlier.lease(back!, PARKED, plus(PARKED, { minutes: 30 }))).toBe(true);
    expect(await earlier.finish(id, PARKED, plus(PARKED, { hours: 6 }))).toBe(true);

    const forward = plus(PARKED, { days: 1 });
    const due = await now.dueBy(forward, 10);
    expect(due).toMatchObject([{ id, accounts: [one], dueAt: NEXT }]);
    expect(await now.lease(due[0]!, forward, plus(forward, { minutes: 30 }))).toBe('leased');
    for (const row of await now.dueBy(forward, 10))
      expect(await now.lease(row, forward, plus(forward, { minutes: 30 }))).toBe('taken');
    expect(await now.dueBy(forward, 10)).toEqual([]);
    expect(await now.dueBy(plus(forward, { days: 365 }), 10)).toHaveLength(1);
  });

  it('take newcomers from both versions in one row', async () => {
    const { now, earlier, id } = await both();
    await now.lease((await now.dueBy(NOW, 10))[0]!, NOW, UNTIL);
    await now.enrol(place, two);
    expect((await earlier.byId(id))?.accounts).toEqual([one, two]);
    expect((await storedCohort(now, id)).accounts).toEqual([one, two]);
  });
});

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Count } from '../domain/fields.js';
import type { AccountId, CohortId } from '../domain/ids.js';
import { COHORT_ACCOUNTS, Cohort, cohortId, Turn, turnOf } from '../domain/scanning/cohort.js';
import { plus, type Duration, type Instant } from '../domain/time.js';
import type { CohortStore } from '../ports.js';
import { by } from './by.js';
import { dynamoDocs } from './dynamo-docs.js';
import { SHARDS, shardOf } from './shards.js';

type Place = Pick<Cohort, 'network' | 'host' | 'dueAt'>;

const key = (id: CohortId) => ({ pk: `COHORT#${id}`, sk: id });
const turnKey = (id: CohortId) => ({ pk: `TURN#${id}`, sk: id });
const pointerKey = ({ network, host }: Pick<Cohort, 'network' | 'host'>) => ({
  pk: `HOST#${network}#${host}`,
  sk: 'POINTER',
});
/** Here an earlier version looks for cohorts: those that were never leased, and the others once in a while. */
const firstShard = (shard: string) => `DUE#${shard}`;
const turnShard = (shard: string) => `TURN#${shard}`;

/** After so long an earlier version that is taken back finds what this one has ordered last. */
const PARKED: Duration = { days: 7 };

/** Which cohort of a host takes newcomers. It only moves on: room that a withdrawal makes in an earlier one stays empty. */
const Pointer = z.strictObject({ ordinal: Count });

/** How often somebody else may come between a look and the write that follows from it. */
const ATTEMPTS = 10;

/**
 * Cohorts in the table `scans`. A row is paid by the kilobyte, with its index entry, and accounts rarely change: the first
 * lease gives a cohort a second, small row for its turns. From then on what its first row says of them is for an earlier version that comes back.
 */
export const dynamoCohortStore = (client: DynamoDBDocumentClient, table: string): CohortStore => {
  const cohorts = dynamoDocs(client, table, Cohort);
  const turns = dynamoDocs(client, table, Turn);
  const pointers = dynamoDocs(client, table, Pointer);

  const create = (id: CohortId, { network, host, dueAt }: Place, account: AccountId) => {
    const empty = { lease: null, lastRunAt: null, emptyRuns: 0, failedRuns: 0 };
    return cohorts.create(
      key(id),
      { id, network, host, accounts: [account], dueAt, ...empty },
      { dueShard: firstShard(shardOf(id)), dueAt },
    );
  };

  const append = (id: CohortId, account: AccountId) =>
    cohorts.update(key(id), {
      set: 'doc.accounts = list_append(doc.accounts, :added)',
      condition: 'NOT contains(doc.accounts, :account) AND size(doc.accounts) < :full',
      values: { ':added': [account], ':account': account, ':full': COHORT_ACCOUNTS },
    });

  const join = async (id: CohortId, place: Place, account: AccountId): Promise<'joined' | 'full'> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const cohort = await cohorts.read(key(id));
      if (cohort?.accounts.includes(account) === true) return 'joined';
      if (cohort !== null && cohort.accounts.length >= COHORT_ACCOUNTS) return 'full';
      const added = cohort === null ? await create(id, place, account) : await append(id, account);
      if (added) return 'joined';
    }
    throw new Error(`Cohort ${id} changed ${ATTEMPTS} times while an account was joining it`);
  };

  const movePointer = async (place: Place, ordinal: number): Promise<void> => {
    // Where the condition does not hold, somebody else has moved it as far.
    await pointers.put(
      pointerKey(place),
      { ordinal },
      {},
      { condition: 'attribute_not_exists(pk) OR doc.ordinal < :ordinal', values: { ':ordinal': ordinal } },
    );
  };

  const remove = async (id: CohortId, account: AccountId): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const place = (await cohorts.read(key(id)))?.accounts.indexOf(account) ?? -1;
      if (place < 0) return;
      const removed = await cohorts.update(key(id), {
        set: 'doc.id = :id',
        remove: `doc.accounts[${place}]`,
        condition: `doc.accounts[${place}] = :account`,
        values: { ':id': id, ':account': account },
      });
      if (removed) return;
    }
    throw new Error(`Cohort ${id} changed ${ATTEMPTS} times while an account was leaving it`);
  };

  /**
   * The first lease. The first row is leased before the second is made, and parked after it: killed in between, the cohort
   * is due again when the lease ends. Where there is a second row, the first is only parked again.
   */
  const takeFirst = async (cohort: Cohort, lease: Instant, until: Instant): Promise<'leased' | 'taken'> => {
    const { id, dueAt } = cohort;
    const parked = plus(lease, PARKED);
    const move = (from: Instant, to: Instant): Promise<boolean> =>
      cohorts.update(key(id), {
        set: 'doc.lease = :lease, doc.dueAt = :to, dueAt = :to',
        condition: 'doc.dueAt = :from',
        values: { ':lease': lease, ':from': from, ':to': to },
      });
    const isApart = (await turns.read(turnKey(id))) !== null;
    const taken = await move(dueAt, isApart ? parked : until);
    if (!taken || isApart) return 'taken';
    const made = await turns.put(
      turnKey(id),
      { ...turnOf(cohort), lease, dueAt: until },
      { dueShard: turnShard(shardOf(id)), dueAt: until },
      { condition: 'attribute_not_exists(pk)' },
    );
    // An earlier version that works on this very order reads the lease there, and may have ended it.
    await move(until, parked);
    return made ? 'leased' : 'taken';
  };

  const dueIn = <Doc>(
    { query }: Pick<ReturnType<typeof dynamoDocs<Doc>>, 'query'>,
    shardNamed: (shard: string) => string,
    at: Instant,
    limit: number,
  ): Promise<Doc[][]> =>
    Promise.all(
      // Each shard is asked for all, so that a busy one cannot keep the others waiting.
      SHARDS.map((shard) =>
        query(
          {
            IndexName: 'due',
            KeyConditionExpression: 'dueShard = :shard AND dueAt <= :at',
            ExpressionAttributeValues: { ':shard': shardNamed(shard), ':at': at },
          },
          limit,
        ),
      ),
    );

  return {
    turnOf: async (id) => {
      const turn = await turns.read(turnKey(id));
      if (turn !== null) return turn;
      const cohort = await cohorts.read(key(id));
      return cohort === null ? null : turnOf(cohort);
    },
    enrol: async (place, account) => {
      const first = (await pointers.read(pointerKey(place)))?.ordinal ?? 0;
      for (let ordinal = first; ; ordinal += 1) {
        const id = cohortId(place.network, place.host, ordinal);
        if ((await join(id, place, account)) === 'full') continue;
        if (ordinal > first) await movePointer(place, ordinal);
        return id;
      }
    },
    countOf: async (host) => ((await pointers.read(pointerKey(host)))?.ordinal ?? 0) + 1,
    dueBy: async (at, limit) => {
      const [first, later] = await Promise.all([
        dueIn(cohorts, firstShard, at, limit),
        dueIn(turns, turnShard, at, limit),
      ]);
      const apart = new Set(later.flat().map(({ id }) => id));
      const due = [...first.flat().filter(({ id }) => !apart.has(id)), ...later.flat()]
        .sort(by(({ dueAt }) => dueAt))
        .slice(0, limit);
      const keys = due.flatMap(({ id }) => (apart.has(id) ? [key(id)] : []));
      // Whoever joined just now is looked at with the next order.
      const rows = new Map((await cohorts.readMany(keys, 'lately')).map((row) => [row.id, row.accounts]));
      return due.map((one) => ({ accounts: rows.get(one.id) ?? [], ...one }));
    },
    lease: async (cohort, lease, until) => {
      const leased = await turns.update(turnKey(cohort.id), {
        set: 'doc.lease = :lease, doc.dueAt = :until, dueAt = :until',
        condition: 'doc.dueAt = :seen',
        values: { ':lease': lease, ':until': until, ':seen': cohort.dueAt },
      });
      return leased ? 'leased' : takeFirst(cohort, lease, until);
    },
    finish: async (id, lease, { dueAt, lastRunAt, emptyRuns, failedRuns, leaving }) => {
      const end = {
        set: 'doc.lease = :free, doc.dueAt = :due, dueAt = :due, doc.lastRunAt = :ran, doc.emptyRuns = :empty, doc.failedRuns = :failed',
        condition: 'doc.lease = :lease',
        values: {
          ':lease': lease,
          ':free': null,
          ':due': dueAt,
          ':ran': lastRunAt,
          ':empty': emptyRuns,
          ':failed': failedRuns,
        },
      };
      const isOver =
        (await turns.update(turnKey(id), end)) ||
        // Ordered by an earlier version, which knows no second row.
        ((await turns.read(turnKey(id))) === null && (await cohorts.update(key(id), end)));
      if (!isOver) return 'lost';
      for (const account of leaving) await remove(id, account);
      return 'finished';
    },
  };
};

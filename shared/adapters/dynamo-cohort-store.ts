import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { AccountId, CohortId } from '../domain/ids.js';
import { COHORT_ACCOUNTS, Cohort, cohortId } from '../domain/scanning/cohort.js';
import type { Instant } from '../domain/time.js';
import type { CohortStore } from '../ports.js';
import { by } from './by.js';
import { dynamoDocs } from './dynamo-docs.js';
import { SHARDS, shardOf } from './shards.js';

type Place = Pick<Cohort, 'network' | 'host' | 'dueAt'>;

const key = (id: CohortId) => ({ pk: `COHORT#${id}`, sk: id });
const pointerKey = ({ network, host }: Pick<Cohort, 'network' | 'host'>) => ({
  pk: `HOST#${network}#${host}`,
  sk: 'POINTER',
});
const dueShard = (shard: string) => `DUE#${shard}`;

/** Which cohort of a host takes newcomers. It only moves on: room that a withdrawal makes in an earlier one stays empty. */
const Pointer = z.strictObject({ ordinal: z.int().nonnegative() });

/** How often somebody else may come between a look and the write that follows from it. */
const ATTEMPTS = 10;

/** Cohorts in the table `scans`. */
export const dynamoCohortStore = (client: DynamoDBDocumentClient, table: string): CohortStore => {
  const cohorts = dynamoDocs(client, table, Cohort);
  const pointers = dynamoDocs(client, table, Pointer);

  const create = (id: CohortId, { network, host, dueAt }: Place, account: AccountId) => {
    const empty = { lease: null, lastRunAt: null, emptyRuns: 0, failedRuns: 0 };
    return cohorts.create(
      key(id),
      { id, network, host, accounts: [account], dueAt, ...empty },
      { dueShard: dueShard(shardOf(id)), dueAt },
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

  const remove = async (id: CohortId, lease: Instant, leaving: readonly AccountId[]): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const cohort = await cohorts.read(key(id));
      if (cohort?.lease !== lease) return;
      const removed = await cohorts.update(key(id), {
        set: 'doc.accounts = :staying',
        // While a run holds the lease others only add accounts, so the number tells whether one came meanwhile.
        condition: 'doc.lease = :lease AND size(doc.accounts) = :seen',
        values: {
          ':staying': cohort.accounts.filter((account) => !leaving.includes(account)),
          ':lease': lease,
          ':seen': cohort.accounts.length,
        },
      });
      if (removed) return;
    }
    throw new Error(`Cohort ${id} changed ${ATTEMPTS} times while accounts were leaving it`);
  };

  const dueInShard = (shard: string, at: Instant, limit: number) =>
    cohorts.query(
      {
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard AND dueAt <= :at',
        ExpressionAttributeValues: { ':shard': dueShard(shard), ':at': at },
      },
      limit,
    );

  return {
    byId: (id) => cohorts.read(key(id)),
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
      // Each shard is asked for all, so that a busy one cannot keep the others waiting.
      const shards = await Promise.all(SHARDS.map((shard) => dueInShard(shard, at, limit)));
      return shards
        .flat()
        .sort(by(({ dueAt: due }) => due))
        .slice(0, limit);
    },
    lease: async ({ id, dueAt }, lease, until) => {
      const leased = await cohorts.update(key(id), {
        set: 'doc.lease = :lease, doc.dueAt = :until, dueAt = :until',
        condition: 'doc.dueAt = :seen',
        values: { ':lease': lease, ':until': until, ':seen': dueAt },
      });
      return leased ? 'leased' : 'taken';
    },
    finish: async (id, lease, { dueAt, lastRunAt, emptyRuns, failedRuns, leaving }) => {
      if (leaving.length > 0) await remove(id, lease, leaving);
      const finished = await cohorts.update(key(id), {
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
      });
      return finished ? 'finished' : 'lost';
    },
  };
};

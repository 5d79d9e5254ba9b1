import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountId, CohortId } from '../domain/ids.js';
import { Account, isToBeEnrolled } from '../domain/registry/account.js';
import { lookupDueAt } from '../domain/registry/identify.js';
import { PlaceClaim, placesOf, type PlaceId } from '../domain/registry/place.js';
import type { AccountStore } from '../ports.js';
import { REGISTRY_KEYS } from '../tables.js';
import { accountHomes } from './account-homes.js';
import { by } from './by.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';
import { invitationOrder, rangesToAsk } from './invitation-order.js';
import { accountCursor } from './page-cursor.js';
import { SHARDS, shardOf } from './shards.js';
import { withdrawnOrder } from './withdrawn-order.js';

const key = (id: AccountId) => ({ pk: `${REGISTRY_KEYS.account}${id}`, sk: id });
const placeKey = (place: PlaceId) => ({ pk: `PLACE#${place}`, sk: 'PLACE' });
const lookupShard = (shard: string) => `LOOKUPS#${shard}`;
const listing = (shard: string) => `ACCOUNTS#${shard}`;

type Waiting = 'invitation' | 'enrolment' | 'ledger';

const waitsFor = (waiting: Waiting, waitingOrder: string) => ({ waiting, waitingOrder });

const waitingPlace = (account: Account) => {
  const { id, state } = account;
  if (state === 'invited') return waitsFor('invitation', invitationOrder(account));
  if (isToBeEnrolled(account)) return waitsFor('enrolment', id);
  const order = withdrawnOrder(account);
  return order === null ? {} : waitsFor('ledger', order);
};

const lookupPlace = (account: Account) => {
  const lookupAt = lookupDueAt(account);
  return lookupAt === null ? {} : { lookupShard: lookupShard(shardOf(account.id)), lookupAt };
};

/** Nobody looks at a withdrawn account. */
const homePlace = ({ state }: Account, home: CohortId | null) =>
  home === null || state === 'withdrawn' ? {} : { home };

const attributes = (account: Account, home: CohortId | null) => ({
  ...homePlace(account, home),
  listing: listing(shardOf(account.id)),
  holder: account.holder,
  ...waitingPlace(account),
  ...lookupPlace(account),
});

/** Accounts in the table `registry`. */
export const dynamoAccountStore = (client: DynamoDBDocumentClient, table: string): AccountStore => {
  const accounts = dynamoDocs(client, table, Account);
  const places = dynamoDocs(client, table, PlaceClaim);
  const homes = accountHomes(client, table);

  const byIds = (ids: readonly AccountId[]) => accounts.readMany([...new Set(ids)].map(key));

  const inShard = (shard: string, after: string, limit: number) =>
    accounts.query(
      {
        IndexName: 'listing',
        KeyConditionExpression: 'listing = :listing AND sk > :after',
        ExpressionAttributeValues: { ':listing': listing(shard), ':after': after },
      },
      limit,
    );

  const waiting = (job: Waiting, [from, to]: readonly [string, string], limit: number) =>
    accounts.query(
      {
        IndexName: 'waiting',
        KeyConditionExpression: 'waiting = :job AND waitingOrder BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':job': job, ':from': from, ':to': to },
      },
      limit,
    );

  return {
    byIds,
    inCohort: async (cohort, ids) => {
      const [entries, announced] = await Promise.all([
        accounts.query({
          IndexName: 'home',
          KeyConditionExpression: 'home = :home',
          ExpressionAttributeValues: { ':home': cohort },
        }),
        homes.announcedAt(cohort),
      ]);
      const asOfNow = entries.filter(({ id, revision }) => announced.get(id) === revision);
      const listed = new Map(asOfNow.map((account) => [account.id, account]));
      const others = await byIds(ids.filter((id) => !listed.has(id)));
      return [...new Set(ids)].flatMap((id) => listed.get(id) ?? []).concat(others);
    },
    save: async (account) => {
      const home = await homes.announce(account);
      const saved = await saveRevision(accounts, key(account.id), account, attributes(account, home));
      // Deleted since it was read: what was announced must not be what is left of it.
      if (saved === 'stale' && home !== null && (await accounts.read(key(account.id))) === null)
        await homes.takeBack(account.id, home);
      return saved;
    },
    ofHolder: (holder) =>
      accounts.query({
        IndexName: 'holder',
        KeyConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      }),
    list: async ({ limit, cursor }) => {
      const after = cursor === null ? null : accountCursor.read(cursor).id;
      const from = after === null ? 0 : SHARDS.indexOf(shardOf(after));
      const found: Account[] = [];
      for (const shard of SHARDS.slice(from)) {
        if (found.length > limit) break;
        found.push(...(await inShard(shard, after ?? ' ', limit + 1 - found.length)));
      }
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const more = found.length > limit && last !== undefined;
      return { items, next: more ? accountCursor.write({ id: last.id }) : null };
    },
    uninvited: async ({ notice, at }, limit, after) => {
      const passed = after === undefined ? ' ' : invitationOrder(after);
      const found: Account[] = [];
      for (const { from, to } of rangesToAsk(notice, at)) {
        if (found.length >= limit || to <= passed) continue;
        const start = from < passed ? passed : from;
        // The last of the page before stands at the very start.
        const listed = await waiting('invitation', [start, to], limit + 1 - found.length);
        found.push(...listed.filter(({ id }) => id !== after?.id));
      }
      return found.slice(0, limit);
    },
    lookupsDue: async (at, limit) => {
      const shards = await Promise.all(
        SHARDS.map((shard) =>
          accounts.query(
            {
              IndexName: 'lookups',
              KeyConditionExpression: 'lookupShard = :shard AND lookupAt <= :at',
              ExpressionAttributeValues: { ':shard': lookupShard(shard), ':at': at },
            },
            limit,
          ),
        ),
      );
      return shards
        .flat()
        .sort(by((account) => lookupDueAt(account) ?? at))
        .slice(0, limit);
    },
    withdrawnBy: (at, limit) => waiting('ledger', [' ', `${at}~`], limit),
    unenrolled: (limit) => waiting('enrolment', [' ', '~'], limit),
    remove: async (account) => {
      const { id } = account;
      const forget = async (home: CohortId | null): Promise<void> => {
        if (home !== null) await homes.forget(id, home);
      };
      const home = await homes.known(id);
      await forget(home);
      // Another account may have taken the place over.
      for (const place of placesOf(account))
        await places.remove(placeKey(place), {
          condition: 'doc.account = :account',
          values: { ':account': id },
        });
      // Last, since by this row it is found again when this is cut off.
      await accounts.remove(key(id));
      // Somebody may have announced and saved since the first time; from here on they find nothing to save, and clear up themselves.
      const since = await homes.known(id);
      await forget(home);
      if (since !== home) await forget(since);
    },
    placeOwner: (place) => places.read(placeKey(place)),
    claimPlace: async (place, claim, before) => {
      const condition =
        before === null
          ? { condition: 'attribute_not_exists(pk)' }
          : {
              condition: 'doc.account = :account AND doc.claimedAt = :claimedAt',
              values: { ':account': before.account, ':claimedAt': before.claimedAt },
            };
      return (await places.put(placeKey(place), claim, {}, condition)) ? 'claimed' : 'taken';
    },
  };
};

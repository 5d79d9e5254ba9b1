import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '../domain/ids.js';
import { Account } from '../domain/registry/account.js';
import type { AccountStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';
import { accountCursor } from './page-cursor.js';
import { SHARDS, shardOf } from './shards.js';

const key = (id: AccountId) => ({ pk: `ACCOUNT#${id}`, sk: id });
const listing = (shard: string) => `ACCOUNTS#${shard}`;

type Waiting = 'invitation' | 'enrolment';

const waitingFor = ({ state, invitedAt, cohort }: Account): Waiting | null => {
  if (state === 'invited' && invitedAt === null) return 'invitation';
  if (state === 'active' && cohort === null) return 'enrolment';
  return null;
};

const attributes = (account: Account) => {
  const waiting = waitingFor(account);
  return {
    listing: listing(shardOf(account.id)),
    holder: account.holder,
    ...(waiting === null ? {} : { waiting }),
  };
};

/** Accounts in the table `registry`. */
export const dynamoAccountStore = (client: DynamoDBDocumentClient, table: string): AccountStore => {
  const accounts = dynamoDocs(client, table, Account);

  const inShard = (shard: string, after: string, limit: number) =>
    accounts.query(
      {
        IndexName: 'listing',
        KeyConditionExpression: 'listing = :listing AND sk > :after',
        ExpressionAttributeValues: { ':listing': listing(shard), ':after': after },
      },
      limit,
    );

  const waiting = (job: Waiting, limit: number) =>
    accounts.query(
      {
        IndexName: 'waiting',
        KeyConditionExpression: 'waiting = :job',
        ExpressionAttributeValues: { ':job': job },
      },
      limit,
    );

  return {
    byIds: (ids) => accounts.readMany([...new Set(ids)].map(key)),
    save: (account) => saveRevision(accounts, key(account.id), account, attributes(account)),
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
    uninvited: (limit) => waiting('invitation', limit),
    unenrolled: (limit) => waiting('enrolment', limit),
  };
};

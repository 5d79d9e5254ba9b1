import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '../domain/ids.js';
import { AccountScan, lostSince } from '../domain/scanning/account-scan.js';
import type { AccountScanStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';
import { SHARDS, shardOf } from './shards.js';

const key = (id: AccountId) => ({ pk: `ACCOUNT#${id}`, sk: id });
const lostShard = (shard: string) => `LOST#${shard}`;

const attributes = (scan: AccountScan) => {
  const dueAt = lostSince(scan);
  return dueAt === null ? {} : { dueShard: lostShard(shardOf(scan.account)), dueAt };
};

/** Cursors, windows and coverage in the table `scans`. */
export const dynamoAccountScanStore = (client: DynamoDBDocumentClient, table: string): AccountScanStore => {
  const scans = dynamoDocs(client, table, AccountScan);
  return {
    byAccounts: (ids) => scans.readMany([...new Set(ids)].map(key), 'lately'),
    remove: (id) => scans.remove(key(id)),
    lostSince: async (since, limit) => {
      const shards = await Promise.all(
        SHARDS.map((shard) =>
          scans.query(
            {
              IndexName: 'due',
              KeyConditionExpression: 'dueShard = :shard AND dueAt >= :since',
              ExpressionAttributeValues: { ':shard': lostShard(shard), ':since': since },
            },
            limit,
          ),
        ),
      );
      return shards
        .flat()
        .map(({ account }) => account)
        .slice(0, limit);
    },
    save: (scan) => saveRevision(scans, key(scan.account), scan, attributes(scan)),
  };
};

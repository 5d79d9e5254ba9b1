import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '../domain/ids.js';
import { AccountScan } from '../domain/scanning/account-scan.js';
import type { AccountScanStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';

const key = (id: AccountId) => ({ pk: `ACCOUNT#${id}`, sk: id });

/** Cursors, windows and coverage in the table `scans`. */
export const dynamoAccountScanStore = (client: DynamoDBDocumentClient, table: string): AccountScanStore => {
  const scans = dynamoDocs(client, table, AccountScan);
  return {
    byAccounts: (ids) => scans.readMany([...new Set(ids)].map(key)),
    save: (scan) => saveRevision(scans, key(scan.account), scan),
  };
};

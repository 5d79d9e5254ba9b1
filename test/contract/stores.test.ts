import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { createTable, tableName } from '../../local/tables.js';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { dynamoErasureStore } from '../../shared/adapters/dynamo-erasure-store.js';
import { dynamoCountStore } from '../../shared/adapters/dynamo-count-store.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoGoldenStore } from '../../shared/adapters/dynamo-golden-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { dynamoQuotaStore } from '../../shared/adapters/dynamo-quota-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { dynamoRequestStore } from '../../shared/adapters/dynamo-request-store.js';
import { dynamoShadowStore } from '../../shared/adapters/dynamo-shadow-store.js';
import { memoryAccountScanStore } from '../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../shared/adapters/memory-account-store.js';
import { memoryAgencyStore } from '../../shared/adapters/memory-agency-store.js';
import { memoryCohortStore } from '../../shared/adapters/memory-cohort-store.js';
import { memoryErasureStore } from '../../shared/adapters/memory-erasure-store.js';
import { memoryCountStore } from '../../shared/adapters/memory-count-store.js';
import { memoryFindingStore } from '../../shared/adapters/memory-finding-store.js';
import { memoryGoldenStore } from '../../shared/adapters/memory-golden-store.js';
import { memoryMailingStore } from '../../shared/adapters/memory-mailing-store.js';
import { memoryPersonStore } from '../../shared/adapters/memory-person-store.js';
import { memoryQuotaStore } from '../../shared/adapters/memory-quota-store.js';
import { memoryRecordStore } from '../../shared/adapters/memory-record-store.js';
import { memoryRequestStore } from '../../shared/adapters/memory-request-store.js';
import { memoryShadowStore } from '../../shared/adapters/memory-shadow-store.js';
import type { TableName } from '../../shared/tables.js';
import {
  hasJava,
  startDynalite,
  startDynaliteWithShortPages,
  startDynamoDbLocal,
  type Database,
} from './databases.js';
import { accountScanStoreContract } from './stores/account-scan-store.js';
import { accountStoreContract } from './stores/account-store.js';
import { agencyStoreContract } from './stores/agency-store.js';
import { cohortStoreContract } from './stores/cohort-store.js';
import { erasureStoreContract } from './stores/erasure-store.js';
import { countStoreContract } from './stores/count-store.js';
import { findingStoreContract } from './stores/finding-store.js';
import { goldenStoreContract } from './stores/golden-store.js';
import { mailingStoreContract } from './stores/mailing-store.js';
import { personStoreContract } from './stores/person-store.js';
import { quotaStoreContract } from './stores/quota-store.js';
import { recordStoreContract } from './stores/record-store.js';
import { requestStoreContract } from './stores/request-store.js';
import { shadowStoreContract } from './stores/shadow-store.js';

describe('in memory', () => {
  const inMemory =
    <Store>(open: () => Store) =>
    (): Promise<Store> =>
      Promise.resolve(open());
  agencyStoreContract(inMemory(memoryAgencyStore));
  personStoreContract(inMemory(memoryPersonStore));
  accountStoreContract(inMemory(memoryAccountStore));
  accountScanStoreContract(inMemory(memoryAccountScanStore));
  cohortStoreContract(inMemory(memoryCohortStore));
  quotaStoreContract(inMemory(memoryQuotaStore));
  findingStoreContract(inMemory(memoryFindingStore));
  mailingStoreContract(inMemory(memoryMailingStore));
  shadowStoreContract(inMemory(memoryShadowStore));
  countStoreContract(inMemory(memoryCountStore));
  requestStoreContract(inMemory(memoryRequestStore));
  recordStoreContract(inMemory(memoryRecordStore));
  goldenStoreContract(inMemory(memoryGoldenStore));
  erasureStoreContract(inMemory(memoryErasureStore));
});

const DATABASES: readonly (readonly [string, () => Promise<Database>])[] = [
  ['on dynalite', startDynalite],
  ['on dynalite, a row to a page', startDynaliteWithShortPages],
  ...(hasJava() ? ([['on DynamoDB Local', startDynamoDbLocal]] as const) : []),
];

describe.each(DATABASES)('%s', (_, start) => {
  let database: Database;
  let opened = 0;
  beforeAll(async () => {
    database = await start();
  });
  afterAll(() => database.stop());

  /** Every test has a table of its own. */
  const onTable =
    <Store>(name: TableName, store: (client: DynamoDBDocumentClient, table: string) => Store) =>
    async (): Promise<Store> => {
      opened += 1;
      const prefix = `contract-${opened}`;
      await createTable(database.client, prefix, name);
      return store(DynamoDBDocumentClient.from(database.client), tableName(prefix, name));
    };

  agencyStoreContract(onTable('registry', dynamoAgencyStore));
  personStoreContract(onTable('registry', dynamoPersonStore));
  accountStoreContract(onTable('registry', dynamoAccountStore));
  accountScanStoreContract(onTable('scans', dynamoAccountScanStore));
  cohortStoreContract(onTable('scans', dynamoCohortStore));
  quotaStoreContract(onTable('scans', dynamoQuotaStore));
  findingStoreContract(onTable('findings', dynamoFindingRows));
  mailingStoreContract(onTable('mailings', dynamoMailingStore));
  shadowStoreContract(onTable('findings', dynamoShadowStore));
  countStoreContract(onTable('findings', dynamoCountStore));
  requestStoreContract(onTable('registry', dynamoRequestStore));
  recordStoreContract(onTable('record', dynamoRecordStore));
  goldenStoreContract(onTable('registry', dynamoGoldenStore));
  erasureStoreContract(onTable('registry', dynamoErasureStore));
});

import {
  CreateTableCommand,
  ResourceInUseException,
  waitUntilTableExists,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { TABLES, type TableName } from '../shared/tables.js';

export const TABLE_NAMES = [
  'registry',
  'scans',
  'findings',
  'mailings',
  'record',
] as const satisfies readonly TableName[];

/** What a table is called where all tables share one database. */
export const tableName = (prefix: string, name: TableName): string => `${prefix}-${name}`;

interface Keys {
  readonly partition: string;
  readonly sort?: { readonly name: string };
}

const keySchema = ({ partition, sort }: Keys): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  ...(sort === undefined ? [] : [{ AttributeName: sort.name, KeyType: 'RANGE' as const }]),
];

const PRIMARY: Keys = { partition: 'pk', sort: { name: 'sk' } };

const definition = (prefix: string, name: TableName): CreateTableCommandInput => {
  const named: Readonly<Record<string, Keys>> = TABLES[name].indexes;
  const indexes = Object.entries(named);
  const keys = [PRIMARY, ...indexes.map(([, index]) => index)];
  const attributes = new Set(
    keys.flatMap(({ partition, sort }) => [partition, ...(sort === undefined ? [] : [sort.name])]),
  );
  return {
    TableName: tableName(prefix, name),
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(PRIMARY),
    AttributeDefinitions: [...attributes].map((attribute) => ({
      AttributeName: attribute,
      AttributeType: 'S',
    })),
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(([IndexName, index]) => ({
            IndexName,
            KeySchema: keySchema(index),
            Projection: { ProjectionType: 'ALL' },
          })),
        }),
  };
};

/** Makes one table of `shared/tables.ts`; one that is there already stays as it is. */
export const createTable = async (client: DynamoDBClient, prefix: string, name: TableName): Promise<void> => {
  try {
    await client.send(new CreateTableCommand(definition(prefix, name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists(
    { client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 1 },
    { TableName: tableName(prefix, name) },
  );
};

/** Makes the tables of `shared/tables.ts`, except for their time to live, which the embedded database does not know. */
export const createTables = async (client: DynamoDBClient, prefix: string): Promise<void> => {
  for (const name of TABLE_NAMES) await createTable(client, prefix, name);
};

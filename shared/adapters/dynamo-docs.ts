import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { SaveOutcome } from '../ports.js';

interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

interface Condition {
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
}

interface Update extends Condition {
  readonly set: string;
  readonly remove?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The domain value stands whole in `doc`; keys, index attributes and `expiresAt` beside it are the adapter's own. */
const Row = z.object({ doc: z.unknown(), writer: z.string() });

const BATCH_KEYS = 100;
const BATCH_ATTEMPTS = 5;

const ABSENT: Condition = { condition: 'attribute_not_exists(pk)' };

const expressions = ({ condition, values, names }: Condition) => ({
  ConditionExpression: condition,
  ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
  ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
});

/** Reads and conditional writes of one kind of value in a table. Every value is parsed on its way in. */
export const dynamoDocs = <Doc>(client: DynamoDBDocumentClient, table: string, schema: z.ZodType<Doc>) => {
  const docOf = (row: unknown): Doc => schema.parse(Row.parse(row).doc);

  const rowAt = async (key: RowKey): Promise<unknown> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item;
  };

  const attempted = async (write: Promise<unknown>): Promise<boolean> => {
    try {
      await write;
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  /**
   * Runs a conditional write; `false` means that its condition did not hold. When the answer to a write is lost, the SDK
   * repeats it and its own first effect fails the condition: a token in the row tells that from somebody else's write.
   */
  const writtenIf = async (key: RowKey, write: (writer: string) => Promise<unknown>): Promise<boolean> => {
    const writer = randomUUID();
    if (await attempted(write(writer))) return true;
    const row = await rowAt(key);
    return row !== undefined && Row.parse(row).writer === writer;
  };

  const putRow = (
    key: RowKey,
    doc: Doc,
    attributes: Readonly<Record<string, unknown>>,
    condition: Condition,
    writer: string,
  ): Promise<unknown> =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: { ...attributes, ...key, doc, writer },
        ...expressions(condition),
      }),
    );

  const updateRow = (key: RowKey, { set, remove, ...condition }: Update, writer: string): Promise<unknown> =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: `SET writer = :writer, ${set}${remove === undefined ? '' : ` REMOVE ${remove}`}`,
        ...expressions({ ...condition, values: { ...condition.values, ':writer': writer } }),
      }),
    );

  const readChunk = async (keys: readonly RowKey[], asOf: 'now' | 'lately'): Promise<Doc[]> => {
    const docs: Doc[] = [];
    let pending: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
    for (let attempt = 0; pending.length > 0; attempt += 1) {
      if (attempt === BATCH_ATTEMPTS)
        throw new Error(`${pending.length} rows of ${table} were not read in ${attempt} attempts`);
      if (attempt > 0) await setTimeout(Math.random() * 25 * 2 ** attempt);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: pending, ConsistentRead: asOf === 'now' } },
        }),
      );
      docs.push(...(Responses?.[table] ?? []).map(docOf));
      pending = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return docs;
  };

  return {
    /** The value as of now. */
    read: async (key: RowKey): Promise<Doc | null> => {
      const row = await rowAt(key);
      return row === undefined ? null : docOf(row);
    },

    /**
     * Those of the values that exist, in no order. `keys` are all different. As of `lately` is half the price, and for whoever
     * writes back by revision only: what is behind by a second then cannot be saved.
     */
    readMany: async (keys: readonly RowKey[], asOf: 'now' | 'lately' = 'now'): Promise<Doc[]> => {
      const docs: Doc[] = [];
      for (let start = 0; start < keys.length; start += BATCH_KEYS)
        docs.push(...(await readChunk(keys.slice(start, start + BATCH_KEYS), asOf)));
      return docs;
    },

    /** The first `limit` values that a query finds, through as many of its pages as that takes. */
    query: async (
      input: Omit<QueryCommandInput, 'TableName' | 'Limit'>,
      limit = Infinity,
    ): Promise<Doc[]> => {
      const docs: Doc[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        // DynamoDB counts towards its limit before it filters.
        const counted = input.FilterExpression === undefined && Number.isFinite(limit);
        const { Items, LastEvaluatedKey } = await client.send(
          new QueryCommand({
            ...input,
            TableName: table,
            ...(counted ? { Limit: limit - docs.length } : {}),
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        );
        docs.push(...(Items ?? []).slice(0, limit - docs.length).map(docOf));
        start = LastEvaluatedKey;
      } while (start !== undefined && docs.length < limit);
      return docs;
    },

    /** Puts a value where none is. `false` may also mean that our own first write is there; nothing is read to tell. */
    create: (key: RowKey, doc: Doc, attributes: Readonly<Record<string, unknown>> = {}): Promise<boolean> =>
      attempted(putRow(key, doc, attributes, ABSENT, randomUUID())),

    /** Puts a value in its place with its index attributes, if the condition holds. */
    put: (
      key: RowKey,
      doc: Doc,
      attributes: Readonly<Record<string, unknown>>,
      condition: Condition,
    ): Promise<boolean> => writtenIf(key, (writer) => putRow(key, doc, attributes, condition, writer)),

    /** Deletes a row, if the condition holds; where none is, nothing happens. */
    remove: async (key: RowKey, condition?: Condition): Promise<void> => {
      const given = condition === undefined ? {} : expressions(condition);
      await attempted(client.send(new DeleteCommand({ TableName: table, Key: key, ...given })));
    },

    /** Changes attributes of a row, if the condition holds. */
    update: (key: RowKey, change: Update): Promise<boolean> =>
      writtenIf(key, (writer) => updateRow(key, change, writer)),

    /** The same for whoever may not read and need not know: a repeat must find nothing left to do. */
    note: async (key: RowKey, change: Update): Promise<void> => {
      await attempted(updateRow(key, change, randomUUID()));
    },
  };
};

type DynamoDocs<Doc> = ReturnType<typeof dynamoDocs<Doc>>;

/** Saves a value whose `revision` is one above what is stored, or 0 where nothing is; `unless` some attribute is there. */
export const saveRevision = async <Doc extends { readonly revision: number }>(
  docs: Pick<DynamoDocs<Doc>, 'put'>,
  key: RowKey,
  doc: Doc,
  attributes: Readonly<Record<string, unknown>> = {},
  unless?: string,
): Promise<SaveOutcome> => {
  const still = `doc.revision = :before${unless === undefined ? '' : ` AND attribute_not_exists(${unless})`}`;
  const condition =
    doc.revision === 0 ? ABSENT : { condition: still, values: { ':before': doc.revision - 1 } };
  return (await docs.put(key, doc, attributes, condition)) ? 'saved' : 'stale';
};

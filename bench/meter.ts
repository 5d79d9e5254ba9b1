import { GetItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { TABLE_PREFIX } from '../local/services.js';
import { TABLES } from '../shared/tables.js';
import type { Recorded } from '../test/deployed/recorder.js';

/** What is paid for, counted. */
export interface Units {
  readonly reads: number;
  readonly writes: number;
  readonly sqs: number;
  readonly gets: number;
  readonly puts: number;
  readonly mails: number;
  readonly secrets: number;
  readonly requests: number;
}

export const NONE: Units = {
  reads: 0,
  writes: 0,
  sqs: 0,
  gets: 0,
  puts: 0,
  mails: 0,
  secrets: 0,
  requests: 0,
};

export const added = (one: Units, other: Partial<Units>): Units => ({
  reads: one.reads + (other.reads ?? 0),
  writes: one.writes + (other.writes ?? 0),
  sqs: one.sqs + (other.sqs ?? 0),
  gets: one.gets + (other.gets ?? 0),
  puts: one.puts + (other.puts ?? 0),
  mails: one.mails + (other.mails ?? 0),
  secrets: one.secrets + (other.secrets ?? 0),
  requests: one.requests + (other.requests ?? 0),
});

type Item = Record<string, AttributeValue>;
const Item = z.custom<Item>((value) => typeof value === 'object' && value !== null);
const Request = z.looseObject({
  TableName: z.string().optional(),
  ConsistentRead: z.boolean().default(false),
  Key: Item.optional(),
  Item: Item.optional(),
  RequestItems: z.record(z.string(), z.object({ ConsistentRead: z.boolean().default(false) })).optional(),
});
/** Of requests to a queue, what they carry. */
const Sent = z.object({
  MessageBody: z.string().default(''),
  Entries: z.array(z.object({ MessageBody: z.string().default('') })).default([]),
});
/** A queue asks for every 64 KB that one request carries. */
export const queueRequests = (bodies: readonly string[]): number =>
  Math.max(1, Math.ceil(bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / 65_536));

const Response = z.looseObject({
  Item: Item.optional(),
  Items: z.array(Item).optional(),
  Responses: z.record(z.string(), z.array(Item)).optional(),
});

/** As DynamoDB counts: names and values in UTF-8, and a little for every list and map. */
const valueBytes = (value: unknown): number => {
  const [[type, content] = ['NULL', null]] = Object.entries(z.record(z.string(), z.unknown()).parse(value));
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'B':
      // The SDK gives bytes, and DynamoDB itself base64.
      return content instanceof Uint8Array ? content.length : Buffer.byteLength(String(content), 'base64');
    case 'N':
      return Math.ceil(String(content).length / 2) + 1;
    case 'L':
      return (
        3 +
        z
          .array(z.unknown())
          .parse(content)
          .reduce<number>((sum, one) => sum + 1 + valueBytes(one), 0)
      );
    case 'M':
      return (
        3 +
        Object.entries(z.record(z.string(), z.unknown()).parse(content)).reduce(
          (sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + valueBytes(one),
          0,
        )
      );
    default:
      return 1;
  }
};
const bytesOf = (item: Item | null): number =>
  item === null
    ? 0
    : Object.entries(item).reduce(
        (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
        0,
      );

const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

interface Index {
  readonly partition: string;
  readonly sort?: { readonly name: string };
}

/** The writes that one change of an item makes in the indexes: an entry that moves is deleted and put. */
const indexWrites = (table: string, before: Item | null, after: Item | null): number => {
  const indexes: readonly Index[] = Object.entries(TABLES)
    .filter(([name]) => table === `${TABLE_PREFIX}-${name}`)
    .map(([, { indexes: named }]): Readonly<Record<string, Index>> => named)
    .flatMap((named) => Object.values(named));
  const entry = (item: Item | null, { partition, sort }: Index): string | null => {
    const keys: unknown[] = [partition, ...(sort === undefined ? [] : [sort.name])].map(
      (name): unknown => item?.[name],
    );
    return keys.includes(undefined) ? null : JSON.stringify(keys);
  };
  return indexes.reduce((sum, index) => {
    const [was, is] = [entry(before, index), entry(after, index)];
    const [old, now] = [writeUnits(bytesOf(before)), writeUnits(bytesOf(after))];
    if (was === null && is === null) return sum;
    if (was === is) return JSON.stringify(before) === JSON.stringify(after) ? sum : sum + now;
    return sum + (was === null ? 0 : old) + (is === null ? 0 : now);
  }, 0);
};

/** Counts what requests cost in units, by the sizes of the items that the tables then really hold. */
export const meter = () => {
  const items = new Map<string, Item | null>();

  const written = async (
    dynamo: DynamoDBClient,
    { TableName: table = '', Key, Item: put }: z.output<typeof Request>,
  ) => {
    const whole = Key ?? put ?? {};
    const key = { pk: whole['pk'] ?? { S: '' }, sk: whole['sk'] ?? { S: '' } };
    const name = JSON.stringify([table, key]);
    const { Item: after = null } = await dynamo.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    const before = items.get(name) ?? null;
    items.set(name, after);
    return writeUnits(Math.max(bytesOf(before), bytesOf(after))) + indexWrites(table, before, after);
  };

  return async (recorded: Recorded, dynamo: DynamoDBClient): Promise<Units> => {
    const { service, target, method, sent, received } = recorded;
    const one = { requests: 1 };
    switch (service) {
      case 'sqs': {
        const { MessageBody: alone, Entries: several } = Sent.parse(JSON.parse(sent.toString()));
        return added(NONE, { ...one, sqs: queueRequests([alone, ...several.map((one) => one.MessageBody)]) });
      }
      case 's3':
        return added(NONE, { ...one, ...(method === 'GET' ? { gets: 1 } : { puts: 1 }) });
      case 'ses':
        return added(NONE, { ...one, mails: 1 });
      case 'secrets':
        return added(NONE, { ...one, secrets: 1 });
      case 'dynamodb': {
        const request = Request.parse(JSON.parse(sent.toString()));
        const response = Response.parse(JSON.parse(received.toString()));
        const { ConsistentRead: consistent } = request;
        switch (target) {
          case 'GetItem':
            return added(NONE, { ...one, reads: readUnits(bytesOf(response.Item ?? null), consistent) });
          case 'BatchGetItem': {
            const reads = Object.entries(response.Responses ?? {}).flatMap(([table, found]) =>
              found.map((item) =>
                readUnits(bytesOf(item), request.RequestItems?.[table]?.ConsistentRead ?? false),
              ),
            );
            return added(NONE, { ...one, reads: reads.reduce((sum, unit) => sum + unit, 0) });
          }
          case 'Query': {
            const bytes = (response.Items ?? []).reduce((sum, item) => sum + bytesOf(item), 0);
            return added(NONE, { ...one, reads: readUnits(bytes, consistent) });
          }
          default:
            return added(NONE, { ...one, writes: await written(dynamo, request) });
        }
      }
    }
  };
};

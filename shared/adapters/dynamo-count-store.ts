import { QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  CountEvent,
  CountRow,
  Dimension,
  rowsOf,
  summed,
  type Count,
  type Month,
} from '../domain/statistics/counts.js';
import { epochSeconds, Instant, plus } from '../domain/time.js';
import { inParallel } from '../in-parallel.js';
import type { CountStore } from '../ports.js';
import { COUNT_KEYS } from '../tables.js';

/**
 * An item for each month, contest and event, with a cell for each value: one write counts an event by all that it
 * concerned, and the item stays under a kilobyte, which is what a write is paid by.
 */
const eventPartition = (month: Month) => `${COUNT_KEYS}EVENTS#${month}`;
/** An item for each month and value, with a cell for each event: of units there may be thousands. */
const valuePartition = (month: Month) => `${COUNT_KEYS}${month}`;

const ITEMS_OF_THEIR_OWN: readonly Dimension[] = ['unit'];

/** `provision=DIS-1`; a value may hold the sign itself. */
const cellOf = ({ dimension, value }: Pick<Count, 'dimension' | 'value'>) => `${dimension}=${value}`;
const Cell = z.string().transform((name) => {
  const [dimension, ...value] = name.split('=');
  return { dimension: Dimension.parse(dimension), value: value.join('=') };
});

const BESIDE: readonly string[] = ['pk', 'sk', 'expiresAt'];
const EventItem = z.looseObject({ sk: z.string() }).transform(({ sk, ...attributes }) => {
  const event = CountEvent.parse(sk.split('#')[0]);
  return Object.entries(attributes)
    .filter(([name]) => !BESIDE.includes(name))
    .map(([name, count]) => CountRow.parse({ ...Cell.parse(name), events: { [event]: count } }));
});

const ValueItem = z.looseObject({ sk: z.string() }).transform(({ sk, ...attributes }) => {
  const events = Object.fromEntries(
    CountEvent.options.flatMap((event) =>
      attributes[event] === undefined ? [] : [[event, attributes[event]]],
    ),
  );
  return [CountRow.parse({ ...Cell.parse(sk), events })];
});

/** They tell nothing of anybody; older ones tell nothing of today either. */
const EXPIRES_AFTER = { days: 3 * 366 };

interface Item {
  readonly pk: string;
  readonly sk: string;
  /** What is added beside the keys, since only what is not nested can be added to unseen. */
  readonly cells: Readonly<Record<string, number>>;
}

const itemsOf = (month: Month, counts: readonly Count[]): Item[] => {
  const own = (count: Count): boolean => ITEMS_OF_THEIR_OWN.includes(count.dimension);
  const byItem = Map.groupBy(
    counts.filter((count) => !own(count)),
    ({ event, contest }) => `${event}#${contest}`,
  );
  return [
    ...[...byItem].map(([sk, cells]) => ({
      pk: eventPartition(month),
      sk,
      cells: Object.fromEntries(
        rowsOf(cells).map((row) => [cellOf(row), Object.values(row.events).reduce((sum, n) => sum + n, 0)]),
      ),
    })),
    ...rowsOf(counts.filter(own)).map((row) => ({
      pk: valuePartition(month),
      sk: cellOf(row),
      cells: row.events,
    })),
  ];
};

/** Counts in the table `findings`. */
export const dynamoCountStore = (client: DynamoDBDocumentClient, table: string): CountStore => {
  const read = async (partition: string, schema: z.ZodType<CountRow[]>): Promise<CountRow[]> => {
    const rows: CountRow[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :month',
          ExpressionAttributeValues: { ':month': partition },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      rows.push(...(Items ?? []).flatMap((item) => schema.parse(item)));
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return rows;
  };

  return {
    add: async (month, counts) => {
      const end = epochSeconds(plus(Instant.parse(`${month}-01T00:00:00.000Z`), EXPIRES_AFTER));
      await inParallel(itemsOf(month, counts), ({ pk, sk, cells }) => {
        const entries = Object.entries(cells);
        return client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk, sk },
            UpdateExpression: `SET expiresAt = :end ADD ${entries.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(
              entries.map(([cell], index) => [`#c${index}`, cell]),
            ),
            ExpressionAttributeValues: {
              ':end': end,
              ...Object.fromEntries(entries.map(([, count], index) => [`:c${index}`, count])),
            },
          }),
        );
      });
    },
    read: async (months) => {
      const rows = await inParallel(months, async (month) => [
        // Earlier versions counted everything by value.
        ...(await read(valuePartition(month), ValueItem)),
        ...(await read(eventPartition(month), EventItem)),
      ]);
      return summed(rows.flat());
    },
  };
};

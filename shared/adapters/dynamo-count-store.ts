import { QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CountEvent, CountRow, rowsOf, summed, type Month } from '../domain/statistics/counts.js';
import { epochSeconds, Instant, plus } from '../domain/time.js';
import type { CountStore } from '../ports.js';
import { inParallel } from '../in-parallel.js';
import { COUNT_KEYS } from '../tables.js';

/** Its counts stand beside the keys, since only what is not nested can be added to unseen. */
const Row = z.looseObject({ sk: z.string() }).transform(({ sk, ...attributes }) => {
  const [dimension = '', ...value] = sk.split('=');
  const events = Object.fromEntries(
    CountEvent.options.flatMap((event) =>
      attributes[event] === undefined ? [] : [[event, attributes[event]]],
    ),
  );
  return CountRow.parse({ dimension, value: value.join('='), events });
});

const partition = (month: Month) => `${COUNT_KEYS}${month}`;

/** They tell nothing of anybody; older ones tell nothing of today either. */
const EXPIRES_AFTER = { days: 3 * 366 };

/** Counts in the table `findings`: an item for each month and each value of each dimension. */
export const dynamoCountStore = (client: DynamoDBDocumentClient, table: string): CountStore => {
  const read = async (month: Month): Promise<CountRow[]> => {
    const rows: CountRow[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :month',
          ExpressionAttributeValues: { ':month': partition(month) },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      rows.push(...(Items ?? []).map((item) => Row.parse(item)));
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return rows;
  };

  return {
    add: async (month, counts) => {
      const end = epochSeconds(plus(Instant.parse(`${month}-01T00:00:00.000Z`), EXPIRES_AFTER));
      await inParallel(rowsOf(counts), ({ dimension, value, events }) => {
        const cells = Object.entries(events);
        return client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: partition(month), sk: `${dimension}=${value}` },
            UpdateExpression: `SET expiresAt = :end ADD ${cells.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(cells.map(([cell], index) => [`#c${index}`, cell])),
            ExpressionAttributeValues: {
              ':end': end,
              ...Object.fromEntries(cells.map(([, count], index) => [`:c${index}`, count])),
            },
          }),
        );
      });
    },
    read: async (months) => summed((await inParallel(months, read)).flat()),
  };
};

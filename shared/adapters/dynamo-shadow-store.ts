import { QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Tally, type Trial } from '../domain/screening/shadow.js';
import { epochSeconds, Instant, LocalDate, plus } from '../domain/time.js';
import type { ShadowStore } from '../ports.js';
import { SHADOW_KEYS } from '../tables.js';

/** A day of a trial; its counts stand beside the keys, since only what is not nested can be added to unseen. */
const Row = z.looseObject({ sk: LocalDate }).transform(({ sk: day, ...attributes }) => ({
  day,
  tally: Tally.parse(
    Object.fromEntries(Object.entries(attributes).filter(([name]) => !['pk', 'expiresAt'].includes(name))),
  ),
}));

const partition = ({ candidate, active }: Trial) => `${SHADOW_KEYS}${candidate}#${active}`;

/** A trial that is older tells nothing of today's posts. */
const EXPIRES_AFTER = { days: 180 };

/** Counts of trials in the table `findings`, an item for each trial and day. */
export const dynamoShadowStore = (client: DynamoDBDocumentClient, table: string): ShadowStore => ({
  add: async (trial, day, tally) => {
    const cells = Object.entries(tally);
    if (cells.length === 0) return;
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: partition(trial), sk: day },
        UpdateExpression: `SET expiresAt = :end ADD ${cells.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(cells.map(([cell], index) => [`#c${index}`, cell])),
        ExpressionAttributeValues: {
          ':end': epochSeconds(plus(Instant.parse(`${day}T00:00:00.000Z`), EXPIRES_AFTER)),
          ...Object.fromEntries(cells.map(([, count], index) => [`:c${index}`, count])),
        },
      }),
    );
  },
  days: async (trial) => {
    const rows: z.output<typeof Row>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :trial',
          ExpressionAttributeValues: { ':trial': partition(trial) },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      rows.push(...(Items ?? []).map((item) => Row.parse(item)));
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return rows;
  },
});

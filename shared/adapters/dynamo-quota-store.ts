import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { epochSeconds, Instant, plus } from '../domain/time.js';
import type { QuotaStore } from '../ports.js';

/** Longer than any day is counted in. */
const EXPIRES_AFTER = { days: 3 };

/** Quotas in the table `scans`: an item for each host and day. When an answer is lost, units may be taken twice, never given twice. */
export const dynamoQuotaStore = (client: DynamoDBDocumentClient, table: string): QuotaStore => ({
  take: async ({ network, host, day }, units, limit) => {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: `QUOTA#${network}#${host}`, sk: day },
          UpdateExpression: 'SET expiresAt = :end ADD used :units',
          ConditionExpression: 'attribute_not_exists(used) OR used <= :before',
          ExpressionAttributeValues: {
            ':units': units,
            ':before': limit - units,
            ':end': epochSeconds(plus(Instant.parse(`${day}T00:00:00.000Z`), EXPIRES_AFTER)),
          },
        }),
      );
      return 'taken';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'spent';
      throw error;
    }
  },
});

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PersonId } from '../domain/ids.js';
import { ErasureOrder } from '../domain/registry/erasure.js';
import type { ErasureStore } from '../ports.js';
import { dynamoDocs } from './dynamo-docs.js';

const key = (subject: PersonId) => ({ pk: `ERASURE#${subject}`, sk: 'ERASURE' });
const WAITING = 'erasure';

/** Orders in the table `registry`, beside what they are to delete. */
export const dynamoErasureStore = (client: DynamoDBDocumentClient, table: string): ErasureStore => {
  const orders = dynamoDocs(client, table, ErasureOrder);
  return {
    order: async (order) => {
      const attributes = { waiting: WAITING, waitingOrder: `${order.at}#${order.subject}` };
      if (await orders.create(key(order.subject), order, attributes)) return order;
      return (await orders.read(key(order.subject))) ?? order;
    },
    open: (limit) =>
      orders.query(
        {
          IndexName: 'waiting',
          KeyConditionExpression: 'waiting = :waiting',
          ExpressionAttributeValues: { ':waiting': WAITING },
        },
        limit,
      ),
    close: (subject) => orders.remove(key(subject)),
  };
};

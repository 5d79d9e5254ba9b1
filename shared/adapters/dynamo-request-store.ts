import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dueAt, HolderRequest, type RequestId } from '../domain/requests/holder-request.js';
import type { RequestStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';
import { requestCursor } from './request-cursor.js';

const key = (id: RequestId) => ({ pk: `REQUEST#${id}`, sk: id });
const LISTING = 'REQUESTS';
const [OPEN, ANSWERED] = ['REQUESTS-OPEN', 'REQUESTS-ANSWERED'] as const;
const ABOUT = 'REQUESTS-OF#';

const openOrder = (request: HolderRequest) => `${dueAt(request)}#${request.id}`;

const attributes = (request: HolderRequest) => ({
  listing: LISTING,
  ...(request.person === null ? {} : { holder: `${ABOUT}${request.person}` }),
  ...(request.answer === null
    ? { waiting: OPEN, waitingOrder: openOrder(request) }
    : { waiting: ANSWERED, waitingOrder: `${request.answer.at}#${request.id}` }),
});

/** Below and above every id. */
const [FIRST, LAST] = [' ', '~'] as const;

/** Requests to the officer in the table `registry`. */
export const dynamoRequestStore = (client: DynamoDBDocumentClient, table: string): RequestStore => {
  const requests = dynamoDocs(client, table, HolderRequest);
  return {
    save: (request) => saveRevision(requests, key(request.id), request, attributes(request)),
    byId: (id) => requests.read(key(id)),
    ofPerson: (person) =>
      requests.query({
        IndexName: 'holder',
        KeyConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': `${ABOUT}${person}` },
        ScanIndexForward: false,
      }),
    remove: (id) => requests.remove(key(id)),
    open: (limit, after) =>
      requests.query(
        {
          IndexName: 'waiting',
          KeyConditionExpression: 'waiting = :waiting AND waitingOrder > :after',
          ExpressionAttributeValues: {
            ':waiting': OPEN,
            ':after': after === undefined ? FIRST : openOrder(after),
          },
        },
        limit,
      ),
    answeredBy: (at, limit) =>
      requests.query(
        {
          IndexName: 'waiting',
          KeyConditionExpression: 'waiting = :waiting AND waitingOrder <= :until',
          ExpressionAttributeValues: { ':waiting': ANSWERED, ':until': `${at}#${LAST}` },
        },
        limit,
      ),
    list: async ({ limit, cursor }) => {
      const before = cursor === null ? LAST : requestCursor.read(cursor).id;
      const found = await requests.query(
        {
          IndexName: 'listing',
          KeyConditionExpression: 'listing = :listing AND sk < :before',
          ExpressionAttributeValues: { ':listing': LISTING, ':before': before },
          ScanIndexForward: false,
        },
        limit + 1,
      );
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const more = found.length > limit && last !== undefined;
      return { items, next: more ? requestCursor.write({ id: last.id }) : null };
    },
  };
};

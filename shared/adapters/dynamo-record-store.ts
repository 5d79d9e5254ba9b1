import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sha256 } from '../domain/ids.js';
import { lineOrder, RecordLine } from '../domain/record/entry.js';
import type { RecordStore } from '../ports.js';
import { dynamoDocs } from './dynamo-docs.js';

const LISTING = 'LINES';

const newKey = ({ id, entry }: RecordLine) => ({
  pk: `DAY#${entry.at.slice(0, 10)}`,
  sk: `${entry.at}#${id}`,
});
const onceKey = (id: string) => ({ pk: `ONCE#${id}`, sk: 'ONCE' });
/** A look is also found by the finding that it was at. */
const attributes = (line: RecordLine) => ({
  listing: LISTING,
  lineOrder: lineOrder(line),
  ...(line.entry.kind === 'read' ? { finding: line.entry.finding } : {}),
});

/** Below every line. */
const EARLIEST = '0';

/** The record: lines that nothing changes. */
export const dynamoRecordStore = (client: DynamoDBDocumentClient, table: string): RecordStore => {
  const lines = dynamoDocs(client, table, RecordLine);
  return {
    append: async (entry) => {
      const line = { id: randomUUID().replaceAll('-', ''), entry };
      // The place is new, so what may be there already is this very line, written before its answer was lost.
      await lines.create(newKey(line), line, attributes(line));
    },
    appendOnce: async (name, entry) => {
      const line = { id: sha256('once', name).slice(0, 32), entry };
      return (await lines.create(onceKey(line.id), line, attributes(line))) ? 'appended' : 'there';
    },
    lines: async ({ from, to }, limit, after) => {
      const start =
        [from ?? EARLIEST, after === undefined ? EARLIEST : lineOrder(after)].sort()[1] ?? EARLIEST;
      if (start >= to) return [];
      // `lineOrder` is longer than an instant, so `to` itself lies outside; the line before lies inside.
      const found = await lines.query(
        {
          IndexName: 'lines',
          KeyConditionExpression: 'listing = :listing AND lineOrder BETWEEN :start AND :to',
          ExpressionAttributeValues: { ':listing': LISTING, ':start': start, ':to': to },
        },
        limit + 1,
      );
      return found.filter(({ id }) => id !== after?.id).slice(0, limit);
    },
    looksAt: async (finding) => {
      const found = await lines.query({
        IndexName: 'looks',
        KeyConditionExpression: 'finding = :finding',
        ExpressionAttributeValues: { ':finding': finding },
      });
      return found.flatMap(({ entry }) => (entry.kind === 'read' ? [entry] : []));
    },
  };
};

import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { RecordEntry } from '../domain/record/entry.js';
import type { RecordStore } from '../ports.js';
import { dynamoDocs } from './dynamo-docs.js';

const newKey = ({ at }: RecordEntry) => ({ pk: `DAY#${at.slice(0, 10)}`, sk: `${at}#${randomUUID()}` });

/** The record: lines under their UTC day, which nothing changes. */
export const dynamoRecordStore = (client: DynamoDBDocumentClient, table: string): RecordStore => {
  const entries = dynamoDocs(client, table, RecordEntry);
  return {
    append: async (entry) => {
      // The place is new, so what may be there already is this very line, written before its answer was lost.
      await entries.create(newKey(entry), entry);
    },
  };
};

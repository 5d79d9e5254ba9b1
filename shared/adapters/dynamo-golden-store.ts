import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PersonId } from '../domain/ids.js';
import { Drills, GoldenSet } from '../domain/review/golden.js';
import type { GoldenStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';

const key = {
  set: { pk: 'GOLDEN', sk: 'GOLDEN' },
  drills: (analyst: PersonId) => ({ pk: `DRILLS#${analyst}`, sk: analyst }),
} as const;
const LISTING = 'DRILLS';

/** Items with known answers, in the table `registry`: nothing that works on findings reads them. */
export const dynamoGoldenStore = (client: DynamoDBDocumentClient, table: string): GoldenStore => {
  const sets = dynamoDocs(client, table, GoldenSet);
  const drills = dynamoDocs(client, table, Drills);
  return {
    set: () => sets.read(key.set),
    saveSet: (set) => saveRevision(sets, key.set, set),
    drillsOf: (analyst) => drills.read(key.drills(analyst)),
    saveDrills: (kept) => saveRevision(drills, key.drills(kept.analyst), kept, { listing: LISTING }),
    everyDrills: () =>
      drills.query({
        IndexName: 'listing',
        KeyConditionExpression: 'listing = :drills',
        ExpressionAttributeValues: { ':drills': LISTING },
      }),
    removeDrills: (analyst) => drills.remove(key.drills(analyst)),
  };
};

import { randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Agency } from '../domain/registry/agency.js';
import type { AgencyStore } from '../ports.js';
import { REGISTRY_KEYS } from '../tables.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';

const key = {
  agency: { pk: REGISTRY_KEYS.agency, sk: REGISTRY_KEYS.agency },
  hashKey: { pk: REGISTRY_KEYS.hashKey, sk: REGISTRY_KEYS.hashKey },
} as const;

const HashKey = z.strictObject({ hex: z.string().regex(/^[0-9a-f]{64}$/) });

/** The agency and its secret in the table `registry`. */
export const dynamoAgencyStore = (client: DynamoDBDocumentClient, table: string): AgencyStore => {
  const agencies = dynamoDocs(client, table, Agency);
  const hashKeys = dynamoDocs(client, table, HashKey);
  let cached: string | null = null;

  const storedHashKey = async (): Promise<string> => {
    const stored = await hashKeys.read(key.hashKey);
    if (stored !== null) return stored.hex;
    const made = { hex: randomBytes(32).toString('hex') };
    if (await hashKeys.create(key.hashKey, made)) return made.hex;
    return storedHashKey();
  };

  return {
    read: () => agencies.read(key.agency),
    save: (agency) => saveRevision(agencies, key.agency, agency),
    hashKey: async () => (cached ??= await storedHashKey()),
  };
};

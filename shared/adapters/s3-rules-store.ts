import type * as z from 'zod';
import type { Clock, RulesStore } from '../ports.js';
import { publishedSets } from './published-sets.js';
import type { ReadObject } from './s3-reader.js';

/** Of the rules that were published to a bucket, what the schema knows. */
export const s3RulesStore = <Known>(
  read: ReadObject,
  now: Clock,
  schema: z.ZodType<Known>,
): RulesStore<Known> => {
  const sets = publishedSets(read, now, schema);
  return { active: async () => (await sets.inUse()).rules() };
};

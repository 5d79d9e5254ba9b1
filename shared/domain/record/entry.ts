import * as z from 'zod';
import { FindingId, PersonId } from '../ids.js';
import { Instant } from '../time.js';

/** One line of the record: somebody looked at a finding, or changed what others rely on. Append only. */
export const RecordEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), at: Instant, person: PersonId, finding: FindingId }),
  z.strictObject({
    kind: z.literal('act'),
    at: Instant,
    person: PersonId,
    act: z.enum([
      'agency-created',
      'gates-changed',
      'ownership-changed',
      'roles-changed',
      'acting-changed',
      'registry-imported',
      'scan-requested',
      'request-registered',
      'request-answered',
    ]),
  }),
]);
export type RecordEntry = z.infer<typeof RecordEntry>;

import * as z from 'zod';
import { Text } from '../fields.js';
import { Role } from './person.js';

/** What a verified token says of whoever holds it. */
export const Claims = z.strictObject({
  subject: Text.max(255),
  /** Roles that we know; others say nothing here. */
  roles: z.array(Role),
  /** Only an address that the issuer has verified, in lower case. */
  email: z.email().toLowerCase().nullable(),
});
export type Claims = z.infer<typeof Claims>;

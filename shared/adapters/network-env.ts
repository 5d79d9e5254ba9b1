import * as z from 'zod';
import { Text } from '../domain/fields.js';
import { FixedHosts } from '../networks/fixed-hosts.js';
import { TokenSecrets } from '../networks/token-secrets.js';

/** What a function that uses the network finds in its environment. */
export const NetworkEnv = z.object({
  /** Quotas are counted here. */
  SCANS_TABLE: Text,
  /** Where the owner of a source finds out who reads it; sent with every request. */
  CONTACT_URL: z.url(),
  /** `loopback` is for tests and the local stack, where the networks are this machine's own. */
  NETWORK_GUARD: z.enum(['public', 'loopback']).default('public'),
  ...FixedHosts.shape,
  ...TokenSecrets.shape,
});
export type NetworkEnv = z.output<typeof NetworkEnv>;

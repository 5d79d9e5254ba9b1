import * as z from 'zod';
import { NetworkList } from '../../shared/lambda/env.js';
import { FixedHosts } from '../../shared/networks/fixed-hosts.js';
import { TokenSecrets } from '../../shared/networks/token-secrets.js';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  SCANS_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  /** The networks that this deployment reads. */
  NETWORKS: NetworkList,
  /** Where people reach the API, without a slash at its end: a profile may link to a page there. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
  /** Where the owner of a source finds out who reads it; sent with every request. */
  CONTACT_URL: z.url(),
  /** `loopback` is for tests and the local stack, where the networks are this machine's own. */
  NETWORK_GUARD: z.enum(['public', 'loopback']).default('public'),
  ...FixedHosts.shape,
  ...TokenSecrets.shape,
});

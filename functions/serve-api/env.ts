import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';
import { NetworkList } from '../../shared/lambda/network-list.js';

export const Env = z.object({
  REGISTRY_TABLE: Text,
  SCANS_TABLE: Text,
  FINDINGS_TABLE: Text,
  RECORD_TABLE: Text,
  MAILINGS_TABLE: Text,
  PACKS_BUCKET: Text,
  POSTS_QUEUE_URL: z.url(),
  FILES_BUCKET: Text,
  SEALS_BUCKET: Text,
  /** Where this API is reached, without a slash at its end. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: Text,
  /** The console, as the issuer knows it: a public client that signs people in by the code flow. */
  OIDC_CLIENT_ID: Text,
  /** What the console asks the issuer for. */
  OIDC_SCOPES: Text.default('openid email profile'),
  /** The claim in which the issuer lists roles. */
  ROLES_CLAIM: Text.default('roles'),
  NETWORKS: NetworkList,
  /** `loopback` is for tests and the local stack, where the networks are this machine's own. */
  NETWORK_GUARD: z.enum(['public', 'loopback']).default('public'),
});
export type Env = z.infer<typeof Env>;

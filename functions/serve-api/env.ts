import * as z from 'zod';
import { NetworkList } from '../../shared/lambda/env.js';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  SCANS_TABLE: z.string().min(1),
  FINDINGS_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  MAILINGS_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  POSTS_QUEUE_URL: z.url(),
  FILES_BUCKET: z.string().min(1),
  SEALS_BUCKET: z.string().min(1),
  /** Where this API is reached, without a slash at its end. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  /** The console, as the issuer knows it: a public client that signs people in by the code flow. */
  OIDC_CLIENT_ID: z.string().min(1),
  /** What the console asks the issuer for. */
  OIDC_SCOPES: z.string().min(1).default('openid email profile'),
  /** The claim in which the issuer lists roles. */
  ROLES_CLAIM: z.string().min(1).default('roles'),
  NETWORKS: NetworkList,
  /** `loopback` is for tests and the local stack, where the networks are this machine's own. */
  NETWORK_GUARD: z.enum(['public', 'loopback']).default('public'),
});

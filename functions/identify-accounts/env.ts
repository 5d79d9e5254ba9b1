import * as z from 'zod';
import { NetworkList } from '../../shared/lambda/env.js';
import { NetworkEnv } from '../../shared/adapters/network-env.js';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  /** The networks that this deployment reads. */
  NETWORKS: NetworkList,
  /** Where people reach the API, without a slash at its end: a profile may link to a page there. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
  ...NetworkEnv.shape,
});

import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';
import { NetworkEnv } from '../../shared/adapters/network-env.js';
import { NetworkList } from '../../shared/lambda/network-list.js';

export const Env = z.object({
  REGISTRY_TABLE: Text,
  PACKS_BUCKET: Text,
  /** The networks that this deployment reads. */
  NETWORKS: NetworkList,
  /** Where people reach the API, without a slash at its end: a profile may link to a page there. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
  ...NetworkEnv.shape,
});

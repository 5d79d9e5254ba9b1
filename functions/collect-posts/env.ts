import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';
import { NetworkEnv } from '../../shared/adapters/network-env.js';

export const Env = z.object({
  REGISTRY_TABLE: Text,
  PACKS_BUCKET: Text,
  POSTS_QUEUE_URL: z.url(),
  DEAD_LETTERS_URL: z.url(),
  ...NetworkEnv.shape,
});

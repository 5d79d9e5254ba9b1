import * as z from 'zod';
import { NetworkEnv } from '../../shared/adapters/network-env.js';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  POSTS_QUEUE_URL: z.url(),
  DEAD_LETTERS_URL: z.url(),
  ...NetworkEnv.shape,
});

import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';

export const Env = z.object({
  FINDINGS_TABLE: Text,
  FILES_BUCKET: Text,
  PACKS_BUCKET: Text,
  POSTS_QUEUE_URL: z.url(),
  DEAD_LETTERS_URL: z.url(),
});

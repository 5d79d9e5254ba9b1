import * as z from 'zod';

export const Env = z.object({
  FINDINGS_TABLE: z.string().min(1),
  FILES_BUCKET: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  POSTS_QUEUE_URL: z.url(),
  DEAD_LETTERS_URL: z.url(),
});

import * as z from 'zod';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  SCANS_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  SCANS_QUEUE_URL_FEED: z.url(),
  SCANS_QUEUE_URL_BLUESKY: z.url(),
});

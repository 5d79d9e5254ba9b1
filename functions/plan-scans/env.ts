import * as z from 'zod';
import type { NetworkId } from '../../shared/networks.js';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  SCANS_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  /** The networks that this deployment reads have a queue. */
  SCANS_QUEUE_URL_FEED: z.url().optional(),
  SCANS_QUEUE_URL_BLUESKY: z.url().optional(),
  SCANS_QUEUE_URL_MASTODON: z.url().optional(),
  SCANS_QUEUE_URL_YOUTUBE: z.url().optional(),
});

/** The queue of each network that is read. */
export const queuesOf = <Made>(
  env: z.infer<typeof Env>,
  make: (url: string) => Made,
): Partial<Record<NetworkId, Made>> => {
  const urls = {
    feed: env.SCANS_QUEUE_URL_FEED,
    bluesky: env.SCANS_QUEUE_URL_BLUESKY,
    mastodon: env.SCANS_QUEUE_URL_MASTODON,
    youtube: env.SCANS_QUEUE_URL_YOUTUBE,
  } satisfies Record<NetworkId, string | undefined>;
  return Object.fromEntries(
    Object.entries(urls).flatMap(([network, url]) => (url === undefined ? [] : [[network, make(url)]])),
  );
};

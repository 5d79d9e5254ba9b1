import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';
import type { NetworkId } from '../../shared/networks.js';

/** The networks that this deployment reads have a queue. */
const QueueUrl = z.url().optional();

export const Env = z.object({
  REGISTRY_TABLE: Text,
  SCANS_TABLE: Text,
  PACKS_BUCKET: Text,
  SCANS_QUEUE_URL_FEED: QueueUrl,
  SCANS_QUEUE_URL_BLUESKY: QueueUrl,
  SCANS_QUEUE_URL_MASTODON: QueueUrl,
  SCANS_QUEUE_URL_YOUTUBE: QueueUrl,
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

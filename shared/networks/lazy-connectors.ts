import type { NetworkId } from '../networks.js';
import { lazyBluesky } from './bluesky/lazy-bluesky.js';
import type { ConnectorFrom } from './connector.js';
import { lazyFeed } from './feed/lazy-feed.js';
import { lazyMastodon } from './mastodon/lazy-mastodon.js';
import { lazyYoutube } from './youtube/lazy-youtube.js';

/** The connector of each network, loaded when it is needed. */
export const LAZY_CONNECTORS = {
  feed: lazyFeed,
  bluesky: lazyBluesky,
  mastodon: lazyMastodon,
  youtube: lazyYoutube,
} satisfies Record<NetworkId, ConnectorFrom>;

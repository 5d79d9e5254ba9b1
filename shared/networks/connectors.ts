import type { NetworkId } from '../networks.js';
import { blueskyFrom } from './bluesky/bluesky-connector.js';
import type { ConnectorFrom } from './connector.js';
import { feedConnector } from './feed/feed-connector.js';
import { mastodonConnector } from './mastodon/mastodon-connector.js';
import { youtubeFrom } from './youtube/youtube-connector.js';

/** The connector of each network. */
export const CONNECTORS = {
  feed: () => feedConnector,
  bluesky: blueskyFrom,
  mastodon: () => mastodonConnector,
  youtube: youtubeFrom,
} satisfies Record<NetworkId, ConnectorFrom>;

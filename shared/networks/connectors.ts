import type { HostGuard } from '../domain/registry/host-grammar.js';
import type { NetworkId } from '../networks.js';
import { blueskyConnector } from './bluesky/bluesky-connector.js';
import type { Connector } from './connector.js';
import { feedConnector } from './feed/feed-connector.js';
import type { FixedHosts } from './fixed-hosts.js';
import { mastodonConnector } from './mastodon/mastodon-connector.js';
import { youtubeConnector } from './youtube/youtube-connector.js';

/** The connector of each network, told by a function's environment where the networks' fixed hosts stand. */
export const connectorsFrom = (
  environment: FixedHosts & { readonly NETWORK_GUARD: HostGuard },
): Readonly<Record<NetworkId, Connector>> => ({
  feed: feedConnector,
  bluesky: blueskyConnector({
    guard: environment.NETWORK_GUARD,
    plcDirectory: environment.PLC_DIRECTORY_ORIGIN,
    appView: environment.BLUESKY_APPVIEW_ORIGIN,
  }),
  mastodon: mastodonConnector,
  youtube: youtubeConnector({ api: environment.YOUTUBE_API_ORIGIN }),
});

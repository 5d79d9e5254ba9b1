import type { ConnectorFrom } from '../connector.js';
import { lazyConnector } from '../lazy-connector.js';
import { MASTODON_REACH } from './mastodon-reach.js';

export const lazyMastodon: ConnectorFrom = () =>
  lazyConnector(MASTODON_REACH, async () => (await import('./mastodon-connector.js')).mastodonConnector);

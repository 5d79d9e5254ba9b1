import type { ConnectorFrom } from '../connector.js';
import { lazyConnector } from '../lazy-connector.js';
import { FEED_REACH } from './feed-reach.js';

export const lazyFeed: ConnectorFrom = () =>
  lazyConnector(FEED_REACH, async () => (await import('./feed-connector.js')).feedConnector);

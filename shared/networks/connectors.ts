import type { NetworkId } from '../networks.js';
import type { Connector } from './connector.js';
import { feedConnector } from './feed/feed-connector.js';

/** A network without a connector is a compile error. */
export const connectors = { feed: feedConnector } satisfies Record<NetworkId, Connector>;

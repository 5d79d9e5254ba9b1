import type { ConnectorFrom } from '../connector.js';
import { lazyConnector } from '../lazy-connector.js';
import { blueskyReach } from './bluesky-reach.js';
import { settingsFrom } from './settings-from.js';

export const lazyBluesky: ConnectorFrom = (environment) =>
  lazyConnector(blueskyReach(settingsFrom(environment)), async () =>
    (await import('./bluesky-connector.js')).blueskyFrom(environment),
  );

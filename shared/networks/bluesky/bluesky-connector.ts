import type { Connector, ConnectorFrom } from '../connector.js';
import { blueskyReach } from './bluesky-reach.js';
import type { BlueskySettings } from './did-document.js';

/** Reads accounts of AT Protocol from the servers that hold them; see README.md beside this file. What it takes to read one is loaded with the first. */
export const blueskyConnector = (settings: BlueskySettings): Connector => ({
  reach: blueskyReach(settings),
  read: async (permit, mark, tools) =>
    (await import('./read-repository.js')).readRepository({ permit, mark, tools, settings }),
  identify: async (lookup, tools) =>
    (await import('./identify-bluesky.js')).identifyBluesky(lookup, tools, settings),
});

export const blueskyFrom: ConnectorFrom = (environment) =>
  blueskyConnector({
    guard: environment.NETWORK_GUARD,
    plcDirectory: environment.PLC_DIRECTORY_ORIGIN,
    appView: environment.BLUESKY_APPVIEW_ORIGIN,
  });

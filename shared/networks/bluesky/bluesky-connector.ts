import type { Connector, ConnectorFrom } from '../connector.js';
import { blueskyReach } from './bluesky-reach.js';
import type { BlueskySettings } from './did-document.js';
import { identifyBluesky } from './identify-bluesky.js';
import { readRepository } from './read-repository.js';
import { settingsFrom } from './settings-from.js';

/** Reads accounts of AT Protocol from the servers that hold them; see README.md beside this file. */
export const blueskyConnector = (settings: BlueskySettings): Connector => ({
  reach: blueskyReach(settings),
  read: (permit, mark, tools) => readRepository({ permit, mark, tools, settings }),
  identify: (lookup, tools) => identifyBluesky(lookup, tools, settings),
});

export const blueskyFrom: ConnectorFrom = (environment) => blueskyConnector(settingsFrom(environment));

import type { Connector } from '../connector.js';
import { identifyMastodon } from './identify-mastodon.js';
import { MASTODON_REACH } from './mastodon-reach.js';
import { readMastodon } from './read-mastodon.js';

/** Reads Mastodon and the servers that speak its API; see README.md beside this file. */
export const mastodonConnector: Connector = {
  reach: MASTODON_REACH,
  identify: identifyMastodon,
  read: readMastodon,
};

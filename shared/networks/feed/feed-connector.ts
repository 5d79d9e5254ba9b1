import type { Connector } from '../connector.js';
import { FEED_REACH } from './feed-reach.js';
import { identifyFeed } from './identify-feed.js';
import { readFeed } from './read-feed.js';

/** Reads RSS 2.0, RSS 1.0, Atom and JSON Feed; see README.md beside this file. */
export const feedConnector: Connector = { reach: FEED_REACH, identify: identifyFeed, read: readFeed };

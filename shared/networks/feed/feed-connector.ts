import type { Connector } from '../connector.js';

/** Reads RSS 2.0, RSS 1.0, Atom and JSON Feed; see README.md beside this file. What it takes to read one is loaded with the first. */
export const feedConnector: Connector = {
  reach: [
    { with: 'scan', host: 'of-permit', path: '/**' },
    { with: 'identity', host: 'of-permit', path: '/**' },
  ],
  identify: async (...asked) => (await import('./identify-feed.js')).identifyFeed(...asked),
  read: async (...asked) => (await import('./read-feed.js')).readFeed(...asked),
};

import type { Connector } from '../connector.js';

/** Reads Mastodon and the servers that speak its API; see README.md beside this file. What it takes to read one is loaded with the first. */
export const mastodonConnector: Connector = {
  reach: [
    { with: 'scan', host: 'of-permit', path: '/api/v1/accounts/*' },
    { with: 'scan', host: 'of-permit', path: '/api/v1/accounts/*/statuses' },
    { with: 'scan', host: 'of-permit', path: '/api/v1/statuses/*' },
    { with: 'context', host: 'of-permit', path: '/api/v1/statuses/*' },
    // `lookup` too stands where an id does.
    { with: 'identity', host: 'of-permit', path: '/api/v1/accounts/*' },
    { with: 'identity', host: 'of-permit', path: '/api/v1/accounts/*/statuses' },
  ],
  identify: async (...asked) => (await import('./identify-mastodon.js')).identifyMastodon(...asked),
  read: async (...asked) => (await import('./read-mastodon.js')).readMastodon(...asked),
};

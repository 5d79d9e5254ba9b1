import type { Reach } from '../reach.js';

export const MASTODON_REACH: readonly Reach[] = [
  { with: 'scan', host: 'of-permit', path: '/api/v1/accounts/*' },
  { with: 'scan', host: 'of-permit', path: '/api/v1/accounts/*/statuses' },
  { with: 'scan', host: 'of-permit', path: '/api/v1/statuses/*' },
  { with: 'context', host: 'of-permit', path: '/api/v1/statuses/*' },
  // `lookup` too stands where an id does.
  { with: 'identity', host: 'of-permit', path: '/api/v1/accounts/*' },
  { with: 'identity', host: 'of-permit', path: '/api/v1/accounts/*/statuses' },
];

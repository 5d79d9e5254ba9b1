import type { Reach } from '../reach.js';

/** Whatever lies on the host of a feed may be its next page. */
export const FEED_REACH: readonly Reach[] = [
  { with: 'scan', host: 'of-permit', path: '/**' },
  { with: 'identity', host: 'of-permit', path: '/**' },
];

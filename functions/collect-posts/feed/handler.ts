import { systemClock } from '../../../shared/adapters/system-clock.js';
import { observe } from '../../../shared/lambda/observe.js';
import { lazyFeed } from '../../../shared/networks/feed/lazy-feed.js';
import { collectorFromEnvironment } from '../wiring.js';

const { report, wrap } = observe('collect-posts');
const reads = { network: 'feed', connectorFrom: lazyFeed } as const;

export const handler = wrap(
  collectorFromEnvironment(reads, process.env, { now: systemClock, chance: Math.random, report }),
);

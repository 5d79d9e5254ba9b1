import { systemClock } from '../../../shared/adapters/system-clock.js';
import { observe } from '../../../shared/lambda/observe.js';
import { lazyMastodon } from '../../../shared/networks/mastodon/lazy-mastodon.js';
import { collectorFromEnvironment } from '../wiring.js';

const { report, wrap } = observe('collect-posts');
const reads = { network: 'mastodon', connectorFrom: lazyMastodon } as const;

export const handler = wrap(
  collectorFromEnvironment(reads, process.env, { now: systemClock, chance: Math.random, report }),
);

import { systemClock } from '../../../shared/adapters/system-clock.js';
import { observe } from '../../../shared/lambda/observe.js';
import { lazyBluesky } from '../../../shared/networks/bluesky/lazy-bluesky.js';
import { collectorFromEnvironment } from '../wiring.js';

const { report, wrap } = observe('collect-posts');
const reads = { network: 'bluesky', connectorFrom: lazyBluesky } as const;

export const handler = wrap(
  collectorFromEnvironment(reads, process.env, { now: systemClock, chance: Math.random, report }),
);

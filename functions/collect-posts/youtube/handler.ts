import { systemClock } from '../../../shared/adapters/system-clock.js';
import { observe } from '../../../shared/lambda/observe.js';
import { lazyYoutube } from '../../../shared/networks/youtube/lazy-youtube.js';
import { collectorFromEnvironment } from '../wiring.js';

const { report, wrap } = observe('collect-posts');
const reads = { network: 'youtube', connectorFrom: lazyYoutube } as const;

export const handler = wrap(
  collectorFromEnvironment(reads, process.env, { now: systemClock, chance: Math.random, report }),
);

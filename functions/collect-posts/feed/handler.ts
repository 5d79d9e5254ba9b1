import { systemClock } from '../../../shared/adapters/system-clock.js';
import { observe } from '../../../shared/lambda/observe.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { collectorFromEnvironment } from '../wiring.js';

const { report, wrap } = observe('collect-posts');
const reads = { network: 'feed', connectorFrom: () => feedConnector } as const;

export const handler = wrap(
  collectorFromEnvironment(reads, process.env, { now: systemClock, chance: Math.random, report }),
);

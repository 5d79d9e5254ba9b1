import { systemClock } from '../../shared/adapters/system-clock.js';
import { observe } from '../../shared/lambda/observe.js';
import { collectorFromEnvironment } from './wiring.js';

const { report, wrap } = observe('collect-posts');

export const handler = wrap(
  collectorFromEnvironment(process.env, { now: systemClock, chance: Math.random, report }),
);

import { handle } from 'hono/aws-lambda';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { observe } from '../../shared/lambda/observe.js';
import { appFromEnvironment } from './wiring.js';

const { report, wrap } = observe('serve-api');

// eslint-disable-next-line @typescript-eslint/no-deprecated -- Its successor, a package of its own, is not published yet.
const serve = handle(appFromEnvironment(process.env, { now: systemClock, report }));

export const handler = wrap((event: Parameters<typeof serve>[0]) => serve(event));

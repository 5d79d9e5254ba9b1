import { readFile } from 'node:fs/promises';
import { handle } from 'hono/aws-lambda';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { observe } from '../../shared/lambda/observe.js';
import { appFromEnvironment } from './wiring.js';

const { report, wrap } = observe('serve-api');

// eslint-disable-next-line @typescript-eslint/no-deprecated -- Its successor, a package of its own, is not published yet.
const serve = handle(
  appFromEnvironment(process.env, {
    now: systemClock,
    report,
    // It lies beside the bundle.
    console: () => readFile(new URL('./console.js', import.meta.url), 'utf8'),
  }),
);

export const handler = wrap((event: Parameters<typeof serve>[0]) => serve(event));

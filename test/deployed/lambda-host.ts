import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { installSampleClock } from '../../local/sample-clock.js';
import { Instant } from '../../shared/domain/time.js';

/** One event, as the parent process has it; it lives at the sample's time. */
const Call = z.object({ id: z.int(), event: z.unknown(), at: Instant, milliseconds: z.number() });
const Module = z.object({
  handler: z.custom<(event: unknown, context: unknown) => Promise<unknown>>(
    (value) => typeof value === 'function',
  ),
});

/** Run in a process of its own, with a bundle's `index.mjs` as its argument: it is loaded once and takes one event at a time, as in Lambda. */
const clock = installSampleClock();
const [, , file = ''] = process.argv;
const { handler } = Module.parse(await import(pathToFileURL(file).href));

const answer = async (message: unknown): Promise<object> => {
  const { id, event, at, milliseconds } = Call.parse(message);
  clock.set(at);
  const started = performance.now();
  const context = {
    awsRequestId: `request-${id}`,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:ap-southeast-3:123456789012:function:netral',
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: 'netral',
    logStreamName: 'netral',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => milliseconds - (performance.now() - started),
  };
  const cpu = process.cpuUsage();
  try {
    const result = await handler(event, context);
    const took = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    // In kilobytes.
    const memory = process.resourceUsage().maxRSS;
    return { id, result: result ?? null, took, core: (user + system) / 1000, memory };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

process.on('message', (message) => {
  void answer(message).then((answered) => process.send?.(answered));
});
process.send?.('ready');

import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { observe } from '../../../shared/lambda/observe.js';

const Line = z.looseObject({
  message: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
const context: Context = {
  awsRequestId: 'request',
  functionName: 'netral',
  functionVersion: '1',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '512',
  logGroupName: 'group',
  logStreamName: 'stream',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => 60_000,
  /* eslint-disable @typescript-eslint/no-deprecated -- Nobody calls them, but the type asks for them. */
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
  /* eslint-enable @typescript-eslint/no-deprecated */
};

describe('what a run reports', () => {
  let lines: z.infer<typeof Line>[];
  const write = process.stdout.write.bind(process.stdout);
  beforeEach(() => {
    lines = [];
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    process.stdout.write = (chunk: string | Uint8Array): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      if (!text.startsWith('{')) return write(chunk);
      lines.push(Line.parse(JSON.parse(text)));
      return true;
    };
  });
  afterEach(() => {
    process.stdout.write = write;
    vi.unstubAllEnvs();
  });

  const run = async (failed: number): Promise<void> => {
    const { report, wrap } = observe('classify-posts');
    const handler = wrap(() => {
      for (const none of [2, 3]) report('posts-classified', { none, returned: 0 });
      if (failed > 0) report('message-failed', { messages: failed });
      return Promise.resolve();
    });
    await handler({}, context);
  };

  it('is one line of sums at its end, and no metric where nothing is amiss', async () => {
    await run(0);
    expect(lines.map(({ facts }) => facts)).toEqual([
      { 'posts-classified.none': 5, 'posts-classified.returned': 0 },
    ]);
  });

  it('is a metric besides where an alarm looks at it', async () => {
    await run(2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ service: 'classify-posts', 'message-failed.messages': 2 });
    expect(JSON.stringify(lines[1])).not.toContain('posts-classified');
  });
});

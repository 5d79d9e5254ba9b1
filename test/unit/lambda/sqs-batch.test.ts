import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PermanentError } from '../../../shared/errors.js';
import { sqsBatch } from '../../../shared/lambda/sqs-batch.js';

const Message = z.strictObject({ fate: z.enum(['done', 'throws', 'never', 'permanent']) });
type Fate = z.infer<typeof Message>['fate'] | 'not-json' | 'unknown-shape';

const bodyOf = (fate: Fate): string => {
  if (fate === 'not-json') return '{';
  return JSON.stringify(fate === 'unknown-shape' ? { other: 1 } : { fate });
};

interface Circumstances {
  readonly remaining?: number;
  readonly parkFails?: boolean;
  readonly after?: () => Promise<void>;
}

const run = async (
  fates: readonly Fate[],
  { remaining = 60_000, parkFails = false, after = () => Promise.resolve() }: Circumstances = {},
) => {
  const parked: string[] = [];
  const reported: string[] = [];
  const handler = sqsBatch({
    schema: Message,
    handle: async ({ fate }) => {
      if (fate === 'throws') throw new Error('throttled, with someone’s words in it');
      if (fate === 'permanent') throw new PermanentError('too-large');
      if (fate === 'never') await new Promise(() => undefined);
    },
    park: (_body, reason) => {
      if (parkFails) return Promise.reject(new Error('no queue'));
      parked.push(reason);
      return Promise.resolve();
    },
    after,
    report: (event, facts) => {
      reported.push(JSON.stringify({ event, ...facts }));
    },
  });
  const response = await handler(
    {
      Records: fates.map((fate, index) => ({
        messageId: `m${index}`,
        receiptHandle: `r${index}`,
        body: bodyOf(fate),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '0',
          SenderId: 's',
          ApproximateFirstReceiveTimestamp: '0',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn',
        awsRegion: 'ap-southeast-3',
      })),
    },
    { getRemainingTimeInMillis: () => remaining },
  );
  return { failed: response.batchItemFailures.map((failure) => failure.itemIdentifier), parked, reported };
};

const expected = (fates: readonly Fate[]): string[] =>
  fates.flatMap((fate, index) => (fate === 'throws' || fate === 'never' ? [`m${index}`] : []));

describe('a batch from a queue', () => {
  it('gives back exactly the records that failed, whatever their order', async () => {
    const fate = fc.constantFrom<Fate>('done', 'throws', 'permanent', 'not-json', 'unknown-shape');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 10 }), async (fates) => {
        const { failed, parked } = await run(fates);
        expect(failed).toEqual(expected(fates));
        expect(parked).toHaveLength(fates.filter((f) => !['done', 'throws'].includes(f)).length);
      }),
      { numRuns: 5_000 },
    );
  });

  it('parks what can never succeed, with the reason', async () => {
    const { parked, failed } = await run(['not-json', 'unknown-shape', 'permanent']);
    expect(parked).toEqual(['not-json', 'unknown-shape', 'too-large']);
    expect(failed).toEqual([]);
  });

  it('gives a record back when it could not even be parked', async () => {
    expect((await run(['not-json', 'done'], { parkFails: true })).failed).toEqual(['m0']);
  });

  it('gives up one that hangs and finishes its neighbours', async () => {
    const { failed } = await run(['done', 'never', 'done'], { remaining: 5_020 });
    expect(failed).toEqual(['m1']);
  });

  it('gives up whatever hangs, wherever it is, and everything else is done', async () => {
    const fate = fc.constantFrom<Fate>('done', 'never', 'throws', 'not-json');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 10 }), async (fates) => {
        const { failed, parked } = await run(fates, { remaining: 5_001 });
        expect(failed).toEqual(expected(fates));
        expect(parked).toHaveLength(fates.filter((one) => one === 'not-json').length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does once what the records left for all of them, and answers as before where that fails or hangs', async () => {
    const calls: string[] = [];
    const ends = {
      done: () => Promise.resolve(void calls.push('done')),
      fails: () => Promise.reject(new RangeError('someone’s words')),
      hangs: () => new Promise<void>(() => undefined),
    };
    expect((await run(['done', 'throws', 'done'], { after: ends.done })).failed).toEqual(['m1']);
    expect(calls).toEqual(['done']);
    const failing = await run(['done', 'throws'], { after: ends.fails });
    expect(failing.failed).toEqual(['m1']);
    expect(failing.reported).toContain('{"event":"batch-end-failed","error":"RangeError"}');
    expect((await run(['done', 'throws'], { after: ends.hangs, remaining: 1_020 })).failed).toEqual(['m1']);
  });

  it('says nothing of a message or an error’s words in its reports', async () => {
    const { reported } = await run(['throws', 'permanent', 'unknown-shape']);
    expect(reported).toHaveLength(3);
    expect(reported.join()).not.toContain('someone');
    expect(reported.join()).not.toContain('other');
  });
});

import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { PermanentError } from '../errors.js';
import type { Report } from '../ports.js';

interface BatchDeps<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly handle: (message: z.output<Schema>) => Promise<void>;
  /** Puts a message that can never succeed into the dead-letter queue, with its reason. */
  readonly park: (body: string, reason: string) => Promise<void>;
  /** What the records left to be done for all of them at once; whether it succeeds decides about none of them. */
  readonly after?: () => Promise<void>;
  readonly report: Report;
}

/** Left for what comes after the records once the last one was given up, and for answering. */
const RESERVE_MILLISECONDS = 5_000;
const ANSWER_MILLISECONDS = 1_000;

class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

const within = async <Value>(milliseconds: number, work: Promise<Value>): Promise<Value> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => {
      reject(new DeadlineError('The record was not done in time'));
    },
    Math.max(milliseconds, 0),
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

const parsed = <Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> => {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch (cause) {
    throw new PermanentError('not-json', { cause });
  }
  const message = schema.safeParse(data);
  // The issues name keys and rules but may quote a value, so they are not carried on.
  if (!message.success) throw new PermanentError('unknown-shape');
  return message.data;
};

/**
 * Runs the records of a batch beside one another and answers with those to be delivered again. A message that can never
 * succeed is parked; one that hangs is given up before the function's own end, so it takes no neighbour down.
 */
export const sqsBatch =
  <Schema extends z.ZodType>({ schema, handle, park, after, report }: BatchDeps<Schema>) =>
  async (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const one = async (record: SQSRecord): Promise<void> => {
      try {
        await handle(parsed(schema, record.body));
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        await park(record.body, error.message);
        report('message-parked', { messages: 1, message: record.messageId, reason: error.message });
      }
    };
    const limit = context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS;
    const ends = await Promise.allSettled(event.Records.map((record) => within(limit, one(record))));
    if (after !== undefined)
      await within(context.getRemainingTimeInMillis() - ANSWER_MILLISECONDS, after()).catch(
        (error: unknown) => {
          report('batch-end-failed', { error: error instanceof Error ? error.name : 'unknown' });
        },
      );
    const batchItemFailures = event.Records.flatMap((record, index) => {
      const end = ends[index];
      if (end?.status !== 'rejected') return [];
      const error = end.reason instanceof Error ? end.reason.name : 'unknown';
      report('message-failed', { messages: 1, message: record.messageId, error });
      return [{ itemIdentifier: record.messageId }];
    });
    return { batchItemFailures };
  };

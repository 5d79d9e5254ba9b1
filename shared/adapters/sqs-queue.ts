import { setTimeout } from 'node:timers/promises';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../ports.js';

/** AWS allows 1 MiB since 2025; the emulators and the Lambda event source are kinder to less. */
const BATCH_BYTES = 256 * 1024;
const BATCH_MESSAGES = 10;
const RETRIES = 3;

/** SQS refuses these two characters, and with them every later try to hand over the post they stand in. */
const bodyOf = (message: unknown): string =>
  JSON.stringify(message).replace(/[\uFFFE\uFFFF]/g, (refused) => `\\u${refused.charCodeAt(0).toString(16)}`);

const batchesOf = (bodies: readonly string[]): string[][] => {
  const batches: string[][] = [];
  let room = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body);
    const last = batches.at(-1);
    if (last === undefined || last.length === BATCH_MESSAGES || bytes > room) {
      batches.push([body]);
      room = BATCH_BYTES - bytes;
    } else {
      last.push(body);
      room -= bytes;
    }
  }
  return batches;
};

export const sqsClient = (): SQSClient => new SQSClient();

/** A queue of SQS. A batch may be taken in part: what was not is sent again, at most three times. */
export const sqsQueue = <Message>(client: SQSClient, queueUrl: string): Queue<Message> => {
  const sendBatch = async (bodies: readonly string[]): Promise<void> => {
    let pending = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
    for (let retry = 0; ; retry += 1) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: pending }),
      );
      if (Failed.length === 0) return;
      if (retry === RETRIES) {
        const codes = [...new Set(Failed.map(({ Code }) => Code))].join(', ');
        throw new Error(`${Failed.length} of ${bodies.length} messages were not accepted: ${codes}`);
      }
      const failed = new Set(Failed.map(({ Id }) => Id));
      pending = pending.filter(({ Id }) => failed.has(Id));
      await setTimeout(Math.random() * 100 * 2 ** retry);
    }
  };
  return {
    send: async (messages) => {
      for (const batch of batchesOf(messages.map(bodyOf))) await sendBatch(batch);
    },
  };
};

/** Parks a message in a dead-letter queue with the reason as an attribute, where operators see it without the text. */
export const sqsDeadLetters =
  (client: SQSClient, queueUrl: string) =>
  async (body: string, reason: string): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
      }),
    );
  };

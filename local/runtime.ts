import { randomUUID } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { FUNCTIONS, type FunctionName } from '../shared/functions.js';

/** What a function sees of its invocation, but for the callbacks that Lambda no longer offers. */
export type InvocationContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

/** The context of one invocation; its time runs out as in Lambda. */
export const invocationContext = (name: FunctionName): InvocationContext => {
  const { timeoutSeconds, memoryMb } = FUNCTIONS[name];
  // Monotonic: a jump of the sample clock must not eat up a function's time.
  const end = performance.now() + timeoutSeconds * 1000;
  const requestId = randomUUID();
  return {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${name}`,
    memoryLimitInMB: String(memoryMb),
    logGroupName: name,
    logStreamName: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, end - performance.now()),
  };
};

export interface EventSource {
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse>;
}

const record = (message: Message, queueUrl: string): SQSEvent['Records'][number] => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: {
    ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '1',
    SentTimestamp: message.Attributes?.SentTimestamp ?? '0',
    SenderId: message.Attributes?.SenderId ?? '',
    ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? '0',
  },
  messageAttributes: {},
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: queueUrl,
  awsRegion: 'ap-southeast-3',
});

/**
 * One poller of an event source mapping: it takes a batch, calls the function, and deletes what the function did not
 * name as failed. After an error nothing is deleted. What is left comes again when its visibility ends, and is moved to
 * the dead letters by the queue after so many times, as on AWS.
 */
export const pollOnce = async (sqs: SQSClient, source: EventSource): Promise<number> => {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: source.queueUrl,
      MaxNumberOfMessages: source.batchSize,
      MessageSystemAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    }),
  );
  if (messages.length === 0) return 0;
  let failed: ReadonlySet<string>;
  try {
    const { batchItemFailures } = await source.handler({
      Records: messages.map((message) => record(message, source.queueUrl)),
    });
    failed = new Set(batchItemFailures.map((failure) => failure.itemIdentifier));
  } catch {
    // The function has logged why; Lambda too only notes that it failed, and lets the batch come again.
    return messages.length;
  }
  const done = messages.filter((message) => !failed.has(message.MessageId ?? ''));
  if (done.length > 0)
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: source.queueUrl,
        Entries: done.map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle })),
      }),
    );
  return messages.length;
};

/** Messages that wait or are being worked on. */
export const backlog = async (sqs: SQSClient, queueUrl: string): Promise<number> => {
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return (
    Number(attributes?.ApproximateNumberOfMessages ?? 0) +
    Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
  );
};

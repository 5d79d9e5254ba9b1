import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

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

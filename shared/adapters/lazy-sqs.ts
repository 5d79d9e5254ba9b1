import { once } from '../once.js';
import type { Queue } from '../ports.js';

/** Queues of SQS. Its client is loaded with the first message, one for all of them: most runs have none to send. */
export const lazySqs = () => {
  const sqs = once(async () => {
    const { sqsClient, sqsDeadLetters, sqsQueue } = await import('./sqs-queue.js');
    return { client: sqsClient(), sqsDeadLetters, sqsQueue };
  });
  return {
    queue: <Message>(url: string): Queue<Message> => ({
      send: async (messages) => {
        if (messages.length === 0) return;
        const { client, sqsQueue } = await sqs();
        await sqsQueue<Message>(client, url).send(messages);
      },
    }),
    deadLetters:
      (url: string) =>
      async (body: string, reason: string): Promise<void> => {
        const { client, sqsDeadLetters } = await sqs();
        await sqsDeadLetters(client, url)(body, reason);
      },
  };
};

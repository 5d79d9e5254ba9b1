import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createSqsServer } from 'local-aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backlog, pollOnce } from '../../local/runtime.js';

let server: Server;
let sqs: SQSClient;
let ordinal = 0;

beforeAll(async () => {
  server = await createSqsServer({ port: 0, hostname: '127.0.0.1', region: 'ap-southeast-3' });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  sqs = new SQSClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
});
afterAll(async () => {
  sqs.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const queue = async (...bodies: string[]) => {
  ordinal += 1;
  const name = `work-${ordinal}`;
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dead` }));
  const made = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        VisibilityTimeout: '1',
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:ap-southeast-3:123456789012:${name}-dead`,
          maxReceiveCount: 2,
        }),
      },
    }),
  );
  for (const body of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl: made.QueueUrl, MessageBody: body }));
  const parked = async () => {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dead.QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return messages.map((message) => message.Body);
  };
  return { url: made.QueueUrl ?? '', parked };
};

/** Polls until the queue is empty, as the pollers of an event source do. */
const pump = async (url: string, failing: (body: string, attempt: number) => 'fails' | 'dies' | 'works') => {
  const seen: string[] = [];
  for (let round = 0; round < 60 && (await backlog(sqs, url)) > 0; round += 1) {
    await pollOnce(sqs, {
      queueUrl: url,
      batchSize: 10,
      handler: ({ Records: records }) => {
        seen.push(...records.map(({ body }) => body));
        const fates = records.map(({ body }) => failing(body, seen.filter((other) => other === body).length));
        if (fates.includes('dies')) return Promise.reject(new Error('killed'));
        return Promise.resolve({
          batchItemFailures: records
            .filter((_, index) => fates[index] === 'fails')
            .map(({ messageId }) => ({ itemIdentifier: messageId })),
        });
      },
    });
    await sleep(100);
  }
  return seen.sort();
};

describe('the event source', () => {
  it('delivers again only what failed', async () => {
    const { url, parked } = await queue('a', 'b', 'c');
    expect(await pump(url, (body, attempt) => (body === 'b' && attempt === 1 ? 'fails' : 'works'))).toEqual([
      'a',
      'b',
      'b',
      'c',
    ]);
    expect(await parked()).toEqual([]);
  });

  it('delivers a whole batch again when the function was killed', async () => {
    const { url, parked } = await queue('a', 'b');
    const seen = await pump(url, (body, attempt) => (body === 'a' && attempt === 1 ? 'dies' : 'works'));
    expect(seen.filter((body) => body === 'a')).toHaveLength(2);
    expect(await parked()).toEqual([]);
  });

  it('parks what failed too often, and nothing else', async () => {
    const { url, parked } = await queue('good', 'bad');
    await pump(url, (body) => (body === 'bad' ? 'fails' : 'works'));
    expect(await parked()).toEqual(['bad']);
  });
});

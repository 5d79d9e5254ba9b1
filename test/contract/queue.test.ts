import { once } from 'node:events';
import type { Server } from 'node:http';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createSqsServer } from 'local-aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryQueue } from '../../shared/adapters/memory-queue.js';
import { sqsQueue } from '../../shared/adapters/sqs-queue.js';
import type { Queue } from '../../shared/ports.js';
import { portOf } from './databases.js';

interface Note {
  readonly text: string;
}
const note = (text: string): Note => ({ text });
const texts = (notes: readonly unknown[]): string[] => notes.map((each) => JSON.stringify(each)).sort();

interface OpenedQueue {
  readonly queue: Queue<Note>;
  /** All that a consumer gets. */
  readonly received: () => Promise<readonly unknown[]>;
}

const queueContract = (open: () => Promise<OpenedQueue>): void => {
  it.each([0, 1, 10, 11, 25])('hands over %i messages, each once', async (count) => {
    const { queue, received } = await open();
    const notes = Array.from({ length: count }, (_, index) => note(`note ${index}`));
    await queue.send(notes);
    expect(texts(await received())).toEqual(texts(notes));
  });

  it('hands over messages that together are larger than one batch may be', async () => {
    const { queue, received } = await open();
    const notes = Array.from({ length: 12 }, (_, index) => note(`${index} ${'é'.repeat(45_000)}`));
    await queue.send(notes);
    expect(texts(await received())).toEqual(texts(notes));
  });

  it('keeps every character', async () => {
    const { queue, received } = await open();
    const odd = note('🙏🏽 ꦱꦸꦒꦼꦁ \u0000\u000b\ufffe\uffff\ud800 "\\" \r\n');
    await queue.send([odd]);
    expect(await received()).toEqual([odd]);
  });
};

describe('a queue in memory', () => {
  queueContract(() => {
    const queue = memoryQueue<Note>();
    return Promise.resolve({ queue, received: () => Promise.resolve(queue.messages) });
  });
});

describe('a queue on SQS', () => {
  let server: Server;
  let client: SQSClient;
  let opened = 0;

  beforeAll(async () => {
    server = await createSqsServer({ port: 0, hostname: '127.0.0.1' });
    client = new SQSClient({
      endpoint: `http://127.0.0.1:${portOf(server.address())}`,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    client.destroy();
    server.close();
    await once(server, 'close');
  });

  const open = async (): Promise<OpenedQueue> => {
    opened += 1;
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: `queue-${opened}` }));
    const received = async (): Promise<unknown[]> => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      const bodies = Messages.map(({ Body }): unknown => JSON.parse(Body ?? ''));
      return bodies.length === 0 ? [] : [...bodies, ...(await received())];
    };
    return { queue: sqsQueue<Note>(client, QueueUrl), received };
  };
  queueContract(open);

  /** Counts calls, and says of the entries of each that `refused` names that they were not taken. */
  const refusing = (refused: (call: number, id: string) => boolean) => {
    const sent: string[][] = [];
    client.middlewareStack.add(
      (next) => async (request) => {
        const { input } = request;
        if (!('Entries' in input)) return next(request);
        const entries = input.Entries ?? [];
        const call = sent.push(entries.map(({ Id = '' }) => Id));
        const [failed, taken] = [true, false].map((is) =>
          entries.filter(({ Id = '' }) => refused(call, Id) === is),
        );
        const Failed = failed?.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })) ?? [];
        if (taken?.length === 0) return { response: {}, output: { $metadata: {}, Failed, Successful: [] } };
        Object.assign(input, { Entries: taken });
        const answer = await next(request);
        Object.assign(answer.output, { Failed });
        return answer;
      },
      { step: 'initialize', priority: 'high', name: 'refuse' },
    );
    return { sent, stop: () => client.middlewareStack.remove('refuse') };
  };

  it('sends again what was not taken, and only that', async () => {
    const { queue, received } = await open();
    const { sent, stop } = refusing((call, id) => call === 1 && (id === '1' || id === '3'));
    const notes = ['a', 'b', 'c', 'd'].map(note);
    await queue.send(notes);
    stop();
    expect(sent).toEqual([
      ['0', '1', '2', '3'],
      ['1', '3'],
    ]);
    expect(texts(await received())).toEqual(texts(notes));
  });

  it('writes none of the characters that SQS refuses', async () => {
    const { queue } = await open();
    let bodies = '';
    client.middlewareStack.add(
      (next) => (request) => {
        bodies = JSON.stringify(request.input);
        return next(request);
      },
      { step: 'initialize', name: 'listen' },
    );
    await queue.send([note('\u0001 \ufffe \uffff \ud800')]);
    client.middlewareStack.remove('listen');
    expect(bodies).toContain('ffff');
    expect(bodies).not.toMatch(/[\u0000-\u001f\ufffe\uffff]/);
  });

  it('keeps a batch under 256 KiB', async () => {
    const { queue } = await open();
    const { sent, stop } = refusing(() => false);
    await queue.send(Array.from({ length: 5 }, () => note('é'.repeat(45_000))));
    stop();
    expect(sent.map((ids) => ids.length)).toEqual([2, 2, 1]);
  });

  it('throws when a message is not taken in four calls', async () => {
    const { queue, received } = await open();
    const { sent, stop } = refusing((_, id) => id === '1');
    await expect(queue.send(['a', 'b'].map(note))).rejects.toThrow(
      '1 of 2 messages were not accepted: InternalError',
    );
    stop();
    expect(sent).toHaveLength(4);
    expect(await received()).toEqual([note('a')]);
  });
});

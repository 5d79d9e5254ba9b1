import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { milliseconds } from '../../shared/domain/time.js';
import type { Queue } from '../../shared/ports.js';
import type { Chance } from './chance.js';
import type { End } from './process.js';
import type { Scheduler } from './scheduler.js';
import type { Weather } from './weather.js';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
}

/** How a queue is set up, and by whom it is worked on. */
export interface QueueSettings {
  readonly name: string;
  readonly hiddenSeconds: number;
  readonly receives: number;
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Batches at once. */
  readonly concurrency: number;
}

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly startedAt: number;
}

/** A queue like SQS: at least once, in no order; what fails too often is parked. */
export interface SimulatedQueue {
  readonly name: string;
  readonly port: Queue<unknown>;
  /** A body as it is, readable or not. */
  readonly put: (body: string) => void;
  readonly park: (body: string) => Promise<void>;
  readonly waiting: () => number;
  readonly parked: () => readonly string[];
  /** Puts everything that is parked back into the queue. */
  readonly redrive: () => void;
  /** Whoever works on it from now on. */
  readonly work: (worker: (event: SQSEvent) => Promise<End<SQSBatchResponse>>) => void;
}

/** Long after everybody has forgotten it. */
const LATEST = milliseconds({ days: 3 });

const recordOf = ({ id, body, receives }: Message, name: string): SQSRecord => ({
  messageId: id,
  receiptHandle: `${id}-${receives}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: name,
  awsRegion: '',
});

export const simulatedQueue = (settings: QueueSettings, around: Surroundings): SimulatedQueue => {
  const { scheduler, chance, weather, startedAt } = around;
  const { name, hiddenSeconds, receives, batchSize, windowSeconds, concurrency } = settings;
  const messages = new Map<string, Message>();
  const parked: string[] = [];
  let worker: ((event: SQSEvent) => Promise<End<SQSBatchResponse>>) | null = null;
  let [made, working] = [0, 0];

  const isStormy = (): boolean => scheduler.time() - startedAt < weather.healsAfter;
  const happens = (probability: number): boolean => isStormy() && chance.happens(probability);

  const add = (body: string, delay: number): void => {
    made += 1;
    const at = scheduler.time() + delay;
    messages.set(`${name}-${made}`, {
      id: `${name}-${made}`,
      body,
      sentAt: scheduler.time(),
      visibleAt: at,
      receives: 0,
    });
    scheduler.after(delay + windowSeconds * 1000, pump);
  };

  const put = (body: string): void => {
    add(body, chance.between(0, 3_000));
    if (happens(weather.queue.doubled)) add(body, chance.between(0, 60_000));
    if (happens(weather.queue.late)) add(body, chance.between(0, LATEST));
    if (happens(weather.queue.poison)) add(chance.oneOf(POISON), 0);
  };

  const received = (): Message[] => {
    const batch: Message[] = [];
    const visible = [...messages.values()].filter(({ visibleAt }) => visibleAt <= scheduler.time());
    while (batch.length < batchSize && visible.length > 0) {
      const [message] = visible.splice(chance.between(0, visible.length - 1), 1);
      if (message === undefined) break;
      message.receives += 1;
      if (message.receives > receives) {
        messages.delete(message.id);
        parked.push(message.body);
        continue;
      }
      message.visibleAt = scheduler.time() + hiddenSeconds * 1000;
      scheduler.after(hiddenSeconds * 1000, pump);
      batch.push(message);
    }
    return batch;
  };

  const pump = (): void => {
    if (worker === null || working >= concurrency) return;
    const batch = received();
    if (batch.length === 0) return;
    working += 1;
    const taken = batch.map((message) => message.receives);
    void worker({ Records: batch.map((message) => recordOf(message, name)) }).then((end) => {
      working -= 1;
      if (end.kind === 'done') {
        const failed = new Set(end.result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        batch.forEach((message, index) => {
          // A message that was received again meanwhile is somebody else's.
          if (!failed.has(message.id) && message.receives === taken[index]) messages.delete(message.id);
        });
      }
      pump();
    });
    pump();
  };

  return {
    name,
    port: {
      send: (sent) => {
        for (const message of sent) put(JSON.stringify(message));
        return Promise.resolve();
      },
    },
    put,
    park: (body) => {
      parked.push(body);
      return Promise.resolve();
    },
    waiting: () => messages.size,
    parked: () => parked,
    redrive: () => {
      for (const body of parked.splice(0)) add(body, 0);
    },
    work: (next) => {
      worker = next;
    },
  };
};

/** What nobody can read: no JSON, another shape, a version that is not known, bytes that are no text. */
export const POISON = [
  '{"kind":"posts","versi',
  '{"kind":"greetings","version":1}',
  '{"kind":"posts","version":99,"posts":[]}',
  '\ufffd\ufffd\u0000',
] as const;

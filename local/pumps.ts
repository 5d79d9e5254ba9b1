import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { NETWORK_IDS, NETWORKS } from '../shared/networks.js';
import { FUNCTIONS } from '../shared/functions.js';
import type { Functions } from './functions.js';
import { backlog, pollOnce, type EventSource } from './runtime.js';
import type { Services } from './services.js';

const IDLE_MILLISECONDS = 100;

/** The event source mappings: so many pollers a queue, each carrying batches to its function until it is stopped. */
export const startPumps = (services: Services, functions: Functions) => {
  const { sqs } = services;
  const abort = new AbortController();
  const scans = NETWORK_IDS.map((network) => ({
    source: {
      queueUrl: services.scans[network].url,
      batchSize: FUNCTIONS['collect-posts'].trigger.batchSize,
      handler: functions.collect[network],
    },
    pollers: NETWORKS[network].concurrency,
  }));
  const posts = {
    source: {
      queueUrl: services.posts.url,
      batchSize: FUNCTIONS['classify-posts'].trigger.batchSize,
      handler: functions.classify,
    },
    pollers: 2,
  };
  const deliveries = {
    source: {
      queueUrl: services.deliveries.url,
      batchSize: FUNCTIONS['note-deliveries'].trigger.batchSize,
      handler: functions.noteDeliveries,
    },
    pollers: 1,
  };
  const sources = [...scans, posts, deliveries];
  const pollers = sources.flatMap(({ source, pollers: count }) =>
    Array.from({ length: count }, () => pump(sqs, source, abort.signal)),
  );

  return {
    /** Waits until every queue is empty and nothing is under way. */
    drained: async (): Promise<void> => {
      for (;;) {
        // Twice in a row: a message may just be passing from one queue to the next.
        if ((await waiting(services)) === 0 && (await waiting(services)) === 0) return;
        await sleep(IDLE_MILLISECONDS);
      }
    },
    stop: async (): Promise<void> => {
      abort.abort();
      await Promise.all(pollers);
    },
  };
};

const pump = async (sqs: SQSClient, source: EventSource, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const taken = await pollOnce(sqs, source);
    if (taken === 0) await sleep(IDLE_MILLISECONDS);
  }
};

/** Messages in all work queues, waiting or being worked on. */
const waiting = async ({ sqs, scans, posts, deliveries }: Services): Promise<number> => {
  const urls = [...NETWORK_IDS.map((network) => scans[network].url), posts.url, deliveries.url];
  const counts = await Promise.all(urls.map((url) => backlog(sqs, url)));
  return counts.reduce((sum, count) => sum + count, 0);
};

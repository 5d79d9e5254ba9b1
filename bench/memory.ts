import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { BUNDLING, bundle } from '../infra/bundle.js';
import { publishSamplePacks } from '../local/packs.js';
import { pollOnce } from '../local/runtime.js';
import { installSampleClock } from '../local/sample-clock.js';
import { serveOnLoopback, type LoopbackServer } from '../local/sample/loopback.js';
import { sampleWorld } from '../local/sample/world.js';
import { PACKS_BUCKET, startServices, TABLE_PREFIX, type Services } from '../local/services.js';
import { tableName } from '../local/tables.js';
import { dynamoCohortStore } from '../shared/adapters/dynamo-cohort-store.js';
import type { ScanOrder } from '../shared/domain/scanning/scan-order.js';
import { localDate, minus, plus, type Instant } from '../shared/domain/time.js';
import { FUNCTIONS } from '../shared/functions.js';
import { freePorts } from '../test/integration/free-ports.js';
import { feedsOf, register } from './polls.js';

const { memoryMb, timeoutSeconds, trigger } = FUNCTIONS['collect-posts'];
const KB = 1024;
const SMALL = 256 * KB - 1;
const LARGEST = 5 * KB * KB;

/** About as many as a page may have to be read (`parse-feed.ts`). */
const READ_ELEMENTS = 249_000;

/** What each account of each host shows. */
interface Shown {
  readonly name: string;
  readonly bytes: number;
  readonly pages: number;
  /** Bytes of an entry; 0 is an empty element. */
  readonly entry: number;
  /** A single character beyond Latin-1 makes each character of a text take two bytes. */
  readonly title: 'Catatan' | '🌱';
}

const CASES: readonly Shown[] = [
  { name: 'a post of 2 KB', bytes: 2 * KB, pages: 1, entry: 1_500, title: '🌱' },
  { name: 'just under 256 KB', bytes: SMALL, pages: 1, entry: 100 * KB, title: '🌱' },
  { name: 'just under 256 KB, ten pages', bytes: SMALL, pages: 10, entry: 12 * KB, title: '🌱' },
  { name: '5 MB of posts of 250 KB', bytes: LARGEST, pages: 1, entry: 250 * KB, title: 'Catatan' },
  { name: '5 MB of posts of 26 KB', bytes: LARGEST, pages: 1, entry: 26 * KB, title: '🌱' },
  { name: '5 MB, ten pages', bytes: LARGEST, pages: 10, entry: 250 * KB, title: '🌱' },
  { name: '5 MB of empty elements', bytes: LARGEST, pages: 1, entry: 0, title: '🌱' },
];

const NAMESPACE = 'xmlns:atom="http://www.w3.org/2005/Atom"';
const SENTENCE = 'Kami menanam cabai dan tomat di kebun. ';

const pageOf = ({ bytes, entry, title, pages }: Shown, url: URL, newest: Instant): string => {
  const page = Number(url.searchParams.get('page') ?? '0');
  const next = page + 1 < pages ? `<atom:link rel="next" href="${url.pathname}?page=${page + 1}"/>` : '';
  const head = `<rss version="2.0" ${NAMESPACE}><channel><title>${title}</title>${next}`;
  const tail = '</channel></rss>';
  const room = bytes - Buffer.byteLength(head + tail);
  if (entry === 0) return head + '<item/>'.repeat(READ_ELEMENTS).padEnd(room) + tail;
  const items = Array.from({ length: Math.ceil(room / entry) }, (_, index) => {
    const date = minus(newest, { seconds: 1_000 * page + index });
    const begin = `<item><guid>${page}-${index}</guid><pubDate>${date}</pubDate><description>`;
    const end = '</description></item>';
    const text = Math.min(entry, room - index * entry) - begin.length - end.length;
    return text > 0 ? begin + SENTENCE.repeat(Math.ceil(text / SENTENCE.length)).slice(0, text) + end : '';
  });
  return head + items.join('') + tail;
};

const startHost = (shown: Shown, newest: Instant): Promise<LoopbackServer> =>
  serveOnLoopback(0, (request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(pageOf(shown, new URL(request.url ?? '', 'http://host'), newest));
  });

const Answer = z.object({
  result: z.object({ batchItemFailures: z.array(z.unknown()) }),
  took: z.number(),
  /** The most that the process ever held, in kilobytes. */
  memory: z.number(),
});

const Run = Answer.extend({ orders: z.int() });
type Run = z.infer<typeof Run>;

/** What a run counted, if any order came to its end. */
const Counted = z.object({
  'cohort-collected.accounts': z.number().default(0),
  'cohort-collected.posts': z.number().default(0),
});
type Counted = z.infer<typeof Counted>;
/** The line that a run writes about it. */
const Line = z.object({ facts: Counted });

/** The bundled collector of feeds in a process of its own. */
const startCollector = async (folder: string, services: Services) => {
  const [code, host] = [join(folder, 'collector'), join(folder, 'host')];
  bundle({ job: 'collect-posts', network: 'feed' }, code);
  const entry = join(import.meta.dirname, '..', 'test', 'deployed', 'lambda-host.ts');
  buildSync({ ...BUNDLING, entryPoints: [entry], outdir: host });
  const child = fork(join(host, 'index.mjs'), [join(code, 'index.mjs')], {
    // Half of the memory, as Node itself bounds its heap where there is so little.
    execArgv: [`--max-old-space-size=${memoryMb / 2}`],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...services.environment,
      AWS_LAMBDA_FUNCTION_NAME: 'collect-posts',
      REGISTRY_TABLE: tableName(TABLE_PREFIX, 'registry'),
      SCANS_TABLE: tableName(TABLE_PREFIX, 'scans'),
      PACKS_BUCKET,
      POSTS_QUEUE_URL: services.posts.url,
      DEAD_LETTERS_URL: services.scans.feed.deadLettersUrl,
      CONTACT_URL: 'https://netral.example',
      NETWORK_GUARD: 'loopback',
    },
  });
  let log = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (log += text));
  await once(child, 'message');
  return {
    handle: async (event: SQSEvent, at: Instant) => {
      const answered = once(child, 'message');
      child.send({ id: 1, event, at, milliseconds: timeoutSeconds * 1000 });
      return Answer.parse(z.array(z.unknown()).parse(await answered)[0]);
    },
    counted: (): Counted => {
      const line = log.split('\n').find((one) => one.includes('"run-counted"'));
      return line === undefined ? Counted.parse({}) : Line.parse(JSON.parse(line)).facts;
    },
    stop: () => child.kill(),
  };
};

/** Orders for all that is due, as many as one run takes. */
const order = async ({ dynamo, sqs, scans }: Services, lease: Instant): Promise<void> => {
  const cohorts = dynamoCohortStore(DynamoDBDocumentClient.from(dynamo), tableName(TABLE_PREFIX, 'scans'));
  for (const due of await cohorts.dueBy(lease, trigger.batchSize)) {
    await cohorts.lease(due, lease, plus(lease, { minutes: 30 }));
    const { network, id: cohort, accounts } = due;
    const asked: ScanOrder = { kind: 'scan', version: 1, network, cohort, lease, accounts };
    await sqs.send(new SendMessageCommand({ QueueUrl: scans.feed.url, MessageBody: JSON.stringify(asked) }));
  }
};

const tell = ({ name }: Shown, { result, memory, took, orders }: Run, counted: Counted): void => {
  const megabytes = memory / KB;
  console.log(
    [
      name.padEnd(30),
      `${megabytes.toFixed(0)} MB of ${memoryMb} ${megabytes < memoryMb ? '✓' : '✗'}`,
      `${orders - result.batchItemFailures.length} of ${orders} orders`,
      `${counted['cohort-collected.accounts']} accounts`,
      `${counted['cohort-collected.posts']} posts`,
      `${(took / 1000).toFixed(0)} s`,
    ].join('  '),
  );
};

/** One run on full cohorts, each of a host of its own. */
const measure = async (shown: Shown): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'netral-memory-'));
  const clock = installSampleClock();
  const world = sampleWorld(localDate(clock.now(), 'Asia/Jakarta'));
  clock.set(world.startsAt);
  const newest = minus(world.startsAt, { hours: 1 });
  const hosts = await Promise.all(Array.from({ length: trigger.batchSize }, () => startHost(shown, newest)));
  const services = await startServices(join(folder, 'state'), await freePorts());
  await publishSamplePacks(services.s3, world.contest);
  await register(services, world, hosts.flatMap(feedsOf));
  await order(services, world.startsAt);
  const collector = await startCollector(folder, services);
  let done: Run | null = null;
  await pollOnce(services.sqs, {
    queueUrl: services.scans.feed.url,
    batchSize: trigger.batchSize,
    handler: async (event) => {
      done = { ...(await collector.handle(event, clock.now())), orders: event.Records.length };
      return { batchItemFailures: [] };
    },
  });
  tell(shown, Run.parse(done), collector.counted());
  collector.stop();
  clock.release();
  await services.stop();
  await Promise.all(hosts.map((host) => host.close()));
  rmSync(folder, { recursive: true, force: true });
};

/** The most memory that one run of a collector takes by what hosts show it; of all cases, or of those that begin with a word. */
export const benchMemory = async (words: readonly string[]): Promise<void> => {
  for (const shown of CASES)
    if (words.length === 0 || words.some((word) => shown.name.startsWith(word))) await measure(shown);
};

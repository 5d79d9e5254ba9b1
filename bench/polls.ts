import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { publishSamplePacks } from '../local/packs.js';
import { pollOnce } from '../local/runtime.js';
import { serveOnLoopback, type LoopbackServer } from '../local/sample/loopback.js';
import { postGuid, type SamplePost } from '../local/sample/posts.js';
import { renderFeed } from '../local/sample/render-feed.js';
import { sampleWorld, type SampleWorld } from '../local/sample/world.js';
import { startServices, TABLE_PREFIX, type Services } from '../local/services.js';
import { tableName } from '../local/tables.js';
import { dynamoAccountStore } from '../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../shared/adapters/dynamo-cohort-store.js';
import { AccountId } from '../shared/domain/ids.js';
import { COHORT_ACCOUNTS } from '../shared/domain/scanning/cohort.js';
import { localDate, minus, plus, type Instant } from '../shared/domain/time.js';
import { FUNCTIONS } from '../shared/functions.js';
import { anAccount, opaqueId } from '../test/fixtures/registry.js';
import { freePorts } from '../test/integration/free-ports.js';
import { countedFunctions } from './counted-functions.js';
import type { Prices } from './prices.js';
import { ASSUMED, bill, slowness, summed, type Bill, type Work } from './work.js';

const HOSTS = 10;
/** Of ten hosts so many do not tell that nothing is new, and send all of a feed each time. */
const FORGETFUL = 2;
const SHOWN_POSTS = 20;
/** Until what is counted is what a process does that has long been running. */
const WARM_UPS = 8;
/** The quickest of so many rounds is told: whatever else the machine does only makes a run longer. */
const COUNTED = 3;
/** Longer than the longest time between two looks. */
export const BETWEEN = { hours: 25 };

/** A host of feeds in which nothing is new. It answers as late as hosts do once `isSlow`. */
export const startHost = (
  ordinal: number,
  newest: Instant,
  isSlow: () => boolean,
): Promise<LoopbackServer> => {
  const posts = Array.from({ length: SHOWN_POSTS }, (_, index): SamplePost => ({
    guid: postGuid('poll', String(index)),
    title: `Catatan ${index}`,
    text: 'Hari ini kami menanam cabai dan tomat di kebun belakang balai desa. '.repeat(6),
    postedAt: minus(newest, { hours: index + 1 }),
    truth: 'none',
    note: 'kebun',
  }));
  const about = { title: 'Catatan', format: 'rss', host: 'catatan.example', path: '/feed.xml' } as const;
  const { type, body } = renderFeed(about, posts);
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isSlow()) await sleep(ASSUMED.hostMilliseconds);
    if (ordinal >= FORGETFUL && request.headers['if-none-match'] === etag)
      response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'content-type': type }).end(body);
  };
  return serveOnLoopback(0, (request, response) => void answer(request, response));
};

interface Polls {
  readonly accounts: number;
  readonly plan: Work;
  readonly collect: Work;
}

/** What polls cost. Runs took as long as they do with a core to themselves; Lambda gives them less of one. */
export const billOfPolls = ({ plan, collect }: Polls, prices: Prices): Bill =>
  summed(
    bill('plan-scans', plan, prices),
    bill('collect-posts', collect, prices, collect.took + collect.core * (slowness('collect-posts') - 1)),
  );

export const aboutPolls = ({ accounts, plan, collect }: Polls): string => {
  const each = (total: number, digits: number): string => (total / accounts).toFixed(digits);
  return [
    `counted: ${accounts} polls in ${collect.runs} runs of ${(collect.took / collect.runs / 1000).toFixed(1)} s`,
    `${each(collect.core, 2)} ms of a core a poll`,
    `${each(collect.units.reads, 2)} units read and ${each(plan.units.writes + collect.units.writes, 3)} written`,
    `planning ${each(plan.core, 2)} ms, ${each(plan.units.reads, 3)} read`,
    `${each(collect.units.requests, 2)} requests`,
  ].join('; ');
};

/** Polls of full cohorts, each on a host of its own, by one environment of each bundled function. */
export const measurePolls = async (): Promise<Polls> => {
  const counted = countedFunctions();
  const { clock } = counted;
  const world = sampleWorld(localDate(clock.now(), 'Asia/Jakarta'));
  clock.set(world.startsAt);
  let isSlow = false;
  const hosts = await Promise.all(
    Array.from({ length: HOSTS }, (_, ordinal) => startHost(ordinal, world.startsAt, () => isSlow)),
  );
  const port = await freePorts();
  const services = await startServices(counted.folder, port);
  await publishSamplePacks(services.s3, world.contest);
  await register(services, world, hosts.flatMap(feedsOf));
  const functions = await counted.loadAlone(services);
  const source = {
    queueUrl: services.scans.feed.url,
    batchSize: FUNCTIONS['collect-posts'].trigger.batchSize,
    handler: functions.collect.feed,
  };
  const rounds = Array.from({ length: WARM_UPS + COUNTED }, (_, round) => `round ${round}`);
  for (const [round, name] of rounds.entries()) {
    isSlow = round >= WARM_UPS;
    counted.begin(name, isSlow ? ASSUMED.awsMilliseconds : 0);
    await functions.run('plan-scans', clock.now());
    while ((await pollOnce(services.sqs, source)) > 0);
    clock.set(plus(clock.now(), BETWEEN));
  }
  clock.release();
  await services.stop();
  counted.stop();
  await Promise.all(hosts.map((host) => host.close()));
  const [quickest] = rounds
    .slice(WARM_UPS)
    .map((name) => ({
      accounts: HOSTS * COHORT_ACCOUNTS,
      plan: counted.of(name, 'plan-scans'),
      collect: counted.of(name, 'collect-posts'),
    }))
    .sort((one, other) => one.collect.took - other.collect.took);
  if (quickest === undefined) throw new Error('No round was counted');
  return quickest;
};

export const feedsOf = ({ origin }: LoopbackServer): readonly string[] =>
  Array.from({ length: COHORT_ACCOUNTS }, (_, index) => `${origin}/${index}/feed.xml`);

/** An agency with these feeds in its registry, confirmed, found and in cohorts. */
export const register = async (
  { dynamo }: Services,
  { agency, startsAt }: SampleWorld,
  feeds: readonly string[],
): Promise<void> => {
  const documents = DynamoDBDocumentClient.from(dynamo);
  const table = tableName(TABLE_PREFIX, 'registry');
  await dynamoAgencyStore(documents, table).save(agency);
  const accounts = dynamoAccountStore(documents, table);
  const cohorts = dynamoCohortStore(documents, tableName(TABLE_PREFIX, 'scans'));
  const declared = minus(startsAt, { days: 100 });
  for (const address of feeds) {
    const { host } = new URL(address);
    const id = AccountId.parse(opaqueId(address));
    await accounts.save(
      anAccount({
        id,
        area: agency.area,
        handle: address,
        identity: { id: address, host },
        identifiedAt: startsAt,
        lookup: { at: startsAt, end: 'found', failures: 0, dueAt: plus(startsAt, { days: 30 }) },
        confirmation: { kind: 'link', at: declared, noticeVersion: agency.gates.notice?.version ?? '' },
        effectiveFrom: localDate(declared, agency.timeZone),
        cohort: await cohorts.enrol({ network: 'feed', host, dueAt: startsAt }, id),
      }),
    );
  }
};

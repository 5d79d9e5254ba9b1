import type { SQSEvent } from 'aws-lambda';
import { permittedFetch } from '../../shared/adapters/permitted-fetch.js';
import { ReviewSettings } from '../../shared/domain/registry/agency.js';
import type { DeliveryEvent } from '../../shared/domain/digest/delivery.js';
import { tagOf } from '../../shared/domain/digest/mail.js';
import type { FunctionName, QueueJob } from '../../shared/functions.js';
import { FUNCTIONS, redelivery } from '../../shared/functions.js';
import { sqsBatch } from '../../shared/lambda/sqs-batch.js';
import { milliseconds, type Instant } from '../../shared/domain/time.js';
import { NETWORKS } from '../../shared/networks.js';
import { somePacks } from '../fixtures/packs.js';
import { aContest, anAgency } from '../fixtures/registry.js';
import { serve, type Request, type Response } from './api.js';
import { castOf, personOf, type Member } from './cast.js';
import { chanceFrom } from './chance.js';
import { classifier, collector, deliveryNoter, JOBS, reached, type Job, type Worker } from './functions.js';
import { simulatedMail } from './mail.js';
import { simulatedNetwork, SOCIAL } from './network.js';
import { someLeftovers } from './leftovers.js';
import { people } from './people.js';
import { emptyStores, fixedPacks, untouched, type KnockOut, type Ports } from './ports.js';
import { keepWriting, somePosts } from './posts.js';
import { processes, type Kill, type Process } from './process.js';
import { simulatedQueue, type SimulatedQueue } from './queue.js';
import { startSchedules } from './schedules.js';
import { startScheduler } from './scheduler.js';
import { startTrace } from './trace.js';
import type { Weather } from './weather.js';
import { startWitness } from './witness.js';

export interface WorldFacts {
  readonly seed: number;
  readonly weather: Weather;
  readonly startsAt: Instant;
  readonly hours: number;
  readonly holders: number;
  /** Mean hours between two posts of one author. */
  readonly writesEveryHours: number;
  readonly kill?: Kill | null;
  readonly knockOut?: KnockOut;
  readonly redelivery?: typeof redelivery;
  /** How many times as much as the others the holders of a network write. */
  readonly busy?: { readonly network: 'feed' | 'mastodon'; readonly times: number };
  /** Hours after which everything that is parked is put back, twice. */
  readonly redriveAfter?: number;
}

/** A whole deployment with its people and networks, in one process and simulated time. */
export const aSimulatedWorld = async (facts: WorldFacts) => {
  const { seed, weather, startsAt, hours, holders, kill = null, knockOut = untouched } = facts;
  const startedAt = Date.parse(startsAt);
  const endsAt = startedAt + milliseconds({ hours });
  const chance = chanceFrom(seed);
  const scheduler = startScheduler(startedAt);
  const trace = startTrace(() => scheduler.time() - startedAt);
  const posts = somePosts(scheduler);
  const packs = somePacks();
  const cast = castOf(holders);
  const stores = emptyStores(scheduler.now);
  const key = await stores.agency.hashKey();
  const around = { scheduler, trace, weather, startedAt, posts };
  const witness = startWitness({
    ...around,
    hashKey: key,
    contest: aContest(),
    weather,
    stores,
  });

  const queue = (name: string, job: QueueJob, concurrency: number): SimulatedQueue => {
    const { hiddenSeconds, receives } = (facts.redelivery ?? redelivery)(job);
    const { batchSize, batchingWindowSeconds: windowSeconds } = FUNCTIONS[job].trigger;
    return simulatedQueue(
      { name, hiddenSeconds, receives, batchSize, windowSeconds, concurrency },
      { ...around, chance: chance.fork(name) },
    );
  };
  const profiles = new Map(
    cast.filter(({ account }) => account?.network === 'mastodon').map(({ name }) => [name, '']),
  );
  const network = simulatedNetwork({ ...around, chance: chance.fork('network'), profiles });
  const mail = simulatedMail({
    ...around,
    chance: chance.fork('mail'),
    tell: (event: DeliveryEvent) => {
      queues.deliveries.put(JSON.stringify(event));
    },
    wentOut: ({ to }, name) => witness.mailed(to, name),
    arrived: (letter, name) => {
      agency.read(letter, name);
    },
  });
  const whole: Ports = {
    ...stores,
    accounts: witness.watchAccounts(stores.accounts),
    people: witness.watchPeople(stores.people),
    findings: witness.watchFindings(stores.findings),
    scans: witness.watchScans(stores.scans),
    mailings: witness.watchMailings(stores.mailings),
    packs: fixedPacks(packs),
    orders: {
      feed: { send: (sent) => sending(queues.feed, sent, witness.ordered) },
      mastodon: { send: (sent) => sending(queues.mastodon, sent, witness.ordered) },
    },
    posts: { send: (sent) => sending(queues.posts, sent, witness.handed) },
    mailer: mail,
    network,
    wall: permittedFetch,
    batch: sqsBatch,
  };
  const queues = {
    feed: queue('feed', 'collect-posts', NETWORKS.feed.concurrency),
    mastodon: queue('mastodon', 'collect-posts', NETWORKS.mastodon.concurrency),
    posts: queue('posts', 'classify-posts', 5),
    deliveries: queue('deliveries', 'note-deliveries', 2),
  };
  const running = processes({ ...around, chance: chance.fork('faults'), kill });

  /** Processes of a function, warm ones first; each holds what `make` built when it started cold. */
  const pool = <Made>(job: FunctionName, make: (process: Process) => Made) => {
    let warm: { readonly process: Process; readonly made: Made }[] = [];
    return () => {
      warm = warm.filter(({ process }) => process.isAlive());
      const free = warm.find(({ process }) => process.isFree());
      if (free !== undefined) return free;
      const process = running.start(job);
      const cold = { process, made: make(process) };
      warm.push(cold);
      return cold;
    };
  };
  const making = (job: FunctionName, process: Process, park: (body: string) => Promise<void>) => ({
    process,
    ports: knockOut(whole, job, scheduler),
    witness,
    chance: chance.fork('jitter'),
    park,
  });
  const work = (
    target: SimulatedQueue,
    job: QueueJob,
    make: (of: ReturnType<typeof making>) => Worker,
  ): void => {
    const take = pool(job, (process) => make(making(job, process, target.park)));
    target.work((event: SQSEvent) => {
      const { process, made } = take();
      return process.run(() => made(event));
    });
  };
  work(queues.feed, 'collect-posts', collector);
  work(queues.mastodon, 'collect-posts', collector);
  work(queues.posts, 'classify-posts', classifier);
  work(queues.deliveries, 'note-deliveries', deliveryNoter);

  const runJob = (job: Job) => {
    const take = pool(job, (process) => JOBS[job](making(job, process, () => Promise.resolve())));
    return async (time: Instant): Promise<boolean> => {
      const { process, made } = take();
      return (await process.run<unknown>(() => made(time))).kind === 'done';
    };
  };
  startSchedules({ ...around, chance: chance.fork('schedules'), until: endsAt, runJob });

  const takeApi = pool('serve-api', (process) => reached(process, knockOut(whole, 'serve-api', scheduler)));
  const ask = async (request: Request): Promise<Response | null> => {
    const { process, made } = takeApi();
    const end = await process.run(() => scheduler.busy(serve(made, request)));
    return end.kind === 'done' ? end.result : null;
  };
  const memberOf = (name: string): Member => cast.find((member) => member.name === name)!;
  const agency = people({
    scheduler,
    witness,
    cast,
    chance: chance.fork('people'),
    personOf: (name) => personOf(cast, key, memberOf(name)),
    accountsOf: stores.accounts.ofHolder,
    itemsOf: async (name) => (await stores.mailings.byTag(tagOf(name)))?.items ?? [],
    ask,
    until: endsAt,
  });

  await stores.agency.save(
    anAgency({
      review: ReviewSettings.parse({ replyWorkingDays: 1, holdWorkingDays: 1 }),
      networks: { mastodonHosts: [SOCIAL], respectOptOuts: false },
    }),
  );
  for (const member of cast) await stores.people.save(personOf(cast, key, member));
  agency.begin();
  const leftovers = await someLeftovers(stores, startsAt);
  const writing = chance.fork('writing');
  for (const { name, account } of cast)
    if (account !== null)
      keepWriting(name, posts, scheduler, writing.fork(name), {
        everyHours: facts.writesEveryHours / (facts.busy?.network === account.network ? facts.busy.times : 1),
        until: endsAt,
      });
  const redriven = new Map<string, number>();
  if (facts.redriveAfter !== undefined)
    scheduler.after(milliseconds({ hours: facts.redriveAfter }), () => {
      for (const { name, parked, put, redrive } of Object.values(queues)) {
        const bodies = [...parked()];
        redriven.set(name, bodies.length);
        redrive();
        bodies.forEach(put);
      }
    });

  return {
    ...facts,
    startedAt,
    endsAt,
    chance,
    scheduler,
    trace,
    posts,
    cast,
    stores,
    witness,
    queues,
    running,
    network,
    redriven,
    leftovers,
  };
};

export type World = Awaited<ReturnType<typeof aSimulatedWorld>>;

/** Puts messages into a queue, once whoever watches has seen them. */
const sending = async <Message>(
  queue: SimulatedQueue,
  messages: readonly Message[],
  seen: (message: Message) => unknown,
): Promise<void> => {
  for (const message of messages) await seen(message);
  await queue.port.send(messages);
};

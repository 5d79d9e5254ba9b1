import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readStage } from '../infra/read-stage.js';
import { installSampleClock } from '../local/sample-clock.js';
import { seedAgency } from '../local/seed.js';
import type { Services } from '../local/services.js';
import { startStack } from '../local/stack.js';
import { readFindings } from '../local/summary.js';
import { mails } from '../local/mailbox.js';
import { playWalkthrough } from '../local/walkthrough.js';
import { FUNCTIONS, type FunctionName } from '../shared/functions.js';
import { COHORT_ACCOUNTS } from '../shared/domain/scanning/cohort.js';
import { plus } from '../shared/domain/time.js';
import { USUAL_NETWORKS } from '../shared/networks.js';
import { deployedFunctions, localStage } from '../test/deployed/deployed-functions.js';
import { resourcesOf, synthesised } from '../test/infra/template.js';
import { freePorts } from '../test/integration/free-ports.js';
import { added, meter, NONE, type Units } from './meter.js';
import { readPrices, type Prices } from './prices.js';

/** What no machine here can measure. */
const ASSUMED = {
  /** A vCPU for each so many MB (AWS). */
  megabytesPerCore: 1_769,
  /** Of each call to AWS from Lambda, one after another: an upper bound. */
  awsMilliseconds: 5,
  /** Of each host's answer; a collector asks eight accounts at once. */
  hostMilliseconds: 200,
  accountsAtOnce: 8,
  /** Of a cohort's row, and of each account in it: an order writes the row twice, each time with its entry in the index. */
  cohortRowBytes: 400,
  cohortAccountBytes: 35,
  /** What Lambda itself writes of each run: start, end and report as JSON. */
  platformLogBytes: 700,
  /** X-Ray's default: one in twenty. */
  tracedShare: 0.05,
  looksADay: 4,
  postsPerAccountMonth: 20,
  findingsPerPost: 0.01,
  /** People of the review team and holders, each month. */
  apiCallsPerFinding: 40,
} as const;
const MILLION = 1_000_000;

/** What one kind of function did in one part of the round. */
interface Work {
  readonly units: Units;
  readonly runs: number;
  /** Milliseconds of a core. */
  readonly core: number;
  readonly logBytes: number;
}
const IDLE: Work = { units: NONE, runs: 0, core: 0, logBytes: 0 };

const lambdaSeconds = (job: FunctionName, { units, core }: Work, hosts = 0): number => {
  const { memoryMb } = FUNCTIONS[job];
  const busy = core / Math.min(1, memoryMb / ASSUMED.megabytesPerCore);
  const waiting =
    units.requests * ASSUMED.awsMilliseconds + (hosts / ASSUMED.accountsAtOnce) * ASSUMED.hostMilliseconds;
  return (busy + waiting) / 1000;
};

/** Dollars of what a function did, by what they are paid for. */
const bill = (job: FunctionName, work: Work, prices: Prices, hosts = 0): Readonly<Record<string, number>> => {
  const { units, runs, logBytes } = work;
  const isQueued = FUNCTIONS[job].trigger.kind === 'queue';
  return {
    'DynamoDB reads': (units.reads / MILLION) * prices.dynamodbMillionReads,
    'DynamoDB writes': (units.writes / MILLION) * prices.dynamodbMillionWrites,
    // Lambda takes a batch and deletes it: two requests for each run.
    SQS: ((units.sqs + (isQueued ? 2 * runs : 0)) / MILLION) * prices.sqsMillionRequests,
    'Lambda runs': (runs / MILLION) * prices.lambdaMillionRequests,
    'Lambda time':
      lambdaSeconds(job, work, hosts) * (FUNCTIONS[job].memoryMb / 1024) * prices.lambdaGigabyteSecond,
    logs: ((logBytes + runs * ASSUMED.platformLogBytes) / 1e9) * prices.logsGigabyte,
    traces: ((runs * ASSUMED.tracedShare) / MILLION) * prices.tracesMillion,
    mails: (units.mails / 1000) * prices.sesThousandMails,
    S3: (units.gets / MILLION) * prices.s3MillionGets + (units.puts / MILLION) * prices.s3MillionPuts,
  };
};
const sum = (bills: Readonly<Record<string, number>>): number =>
  Object.values(bills).reduce((one, other) => one + other, 0);

const dollars = (amount: number): string => `$${amount < 0.1 ? amount.toFixed(4) : amount.toFixed(2)}`;
const show = (title: string, bills: Readonly<Record<string, number>>, share: number): void => {
  const parts = Object.entries(bills)
    .filter(([, amount]) => amount * share >= 0.0005)
    .sort(([, one], [, other]) => other - one)
    .map(([name, amount]) => `${name} ${dollars(amount * share)}`);
  console.log(`${title.padEnd(58)} ${dollars(sum(bills) * share).padStart(8)}   ${parts.join(', ')}`);
};

const scaled = (work: Work, share: number): Work => ({
  units: {
    reads: work.units.reads * share,
    writes: work.units.writes * share,
    sqs: work.units.sqs * share,
    gets: work.units.gets * share,
    puts: work.units.puts * share,
    mails: work.units.mails * share,
    secrets: work.units.secrets * share,
    requests: work.units.requests * share,
  },
  runs: work.runs * share,
  core: work.core * share,
  logBytes: work.logBytes * share,
});
const together = (one: Work, other: Work): Work => ({
  units: added(one.units, other.units),
  runs: one.runs + other.runs,
  core: one.core + other.core,
  logBytes: one.logBytes + other.logBytes,
});

/** The round of the sample, part by part, done by the bundled functions and counted at the services. */
const measure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netral-cost-'));
  const clock = installSampleClock();
  const count = meter();
  const works = new Map<string, Work>();
  let part = 'set-up';
  const book = (job: FunctionName, work: Partial<Work>): void => {
    const name = `${part} ${job}`;
    works.set(name, together(works.get(name) ?? IDLE, { ...IDLE, ...work }));
  };
  const jobs = new Map<string, FunctionName>();
  let alarms = 0;
  const deployed = deployedFunctions({
    template: (places) => {
      const template = synthesised(localStage(readStage().config, places));
      alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm', z.unknown()).length;
      return template;
    },
    folder: join(folder, 'code'),
    now: clock.now,
    recorded: async (request, { dynamo }: Services) => {
      const units = await count(request, dynamo);
      const job = jobs.get(request.caller);
      if (job !== undefined) book(job, { units });
    },
    invoked: ({ role, job, core }) => {
      jobs.set(role, job);
      book(job, { runs: 1, core });
    },
    started: (role, job) => jobs.set(role, job),
    logged: (role, bytes) => {
      const job = jobs.get(role);
      if (job !== undefined) book(job, { logBytes: bytes });
    },
  });
  const stack = await startStack(join(folder, 'state'), await freePorts(), clock, deployed.load);
  const { client, functions, world, drained } = stack;
  clock.set(world.startsAt);
  await seedAgency(client, world, stack.sampleOrigin);
  part = 'warm-up';
  await functions.run('identify-accounts', clock.now());
  // Enrolment and the first order of each cohort; the posts come with it.
  part = 'posts';
  await functions.run('plan-scans', clock.now());
  await drained();
  const accounts = [...world.feeds, ...world.profiles].filter(({ paused }) => !paused).length;
  const posts = stack.samplePosts().length;
  const findings = (await readFindings(stack.services)).length;
  // Once before it counts, so that what a process learns at first is not taken for what a poll costs.
  for (const name of ['warm-up', 'empty']) {
    part = name;
    clock.set(plus(clock.now(), { days: 2 }));
    await functions.run('plan-scans', clock.now());
    await drained();
  }
  part = 'review';
  const before = mails().length;
  await playWalkthrough({
    ...stack,
    clock,
    api: stack.addresses.api,
    say: () => undefined,
    signal: new AbortController().signal,
  });
  const digests = mails()
    .slice(before)
    .filter(({ subject }) => subject.startsWith('Hasil tinjauan')).length;
  clock.release();
  await stack.stop();
  deployed.stop();
  rmSync(folder, { recursive: true, force: true });
  return {
    of: (name: 'posts' | 'empty' | 'review', job: FunctionName): Work => works.get(`${name} ${job}`) ?? IDLE,
    accounts,
    posts,
    findings,
    digests,
    alarms,
  };
};

/** `npm run bench -- cost`: what the operations that the code really makes would cost, beside the fewest there could be and beside the peer. */
export const benchCost = async (): Promise<void> => {
  const prices = readPrices('ap-southeast-3');
  const round = await measure();
  console.log(prices.said);
  console.log(
    `counted: ${round.posts} posts of ${round.accounts} accounts, ${round.findings} findings, ${round.digests} digests; assumed: ${JSON.stringify(ASSUMED)}`,
  );

  const classify = round.of('posts', 'classify-posts');
  // All that the classifier writes, it writes because of indications; the rest is the same for every post.
  const findingWrites = {
    ...IDLE,
    units: { ...NONE, writes: classify.units.writes, requests: classify.units.requests },
  };
  const screening = { ...classify, units: { ...classify.units, writes: 0, requests: 0 } };
  const handOver = { ...IDLE, units: { ...NONE, sqs: round.of('posts', 'collect-posts').units.sqs } };
  const perPost = together(
    together(screening, handOver),
    scaled(findingWrites, (ASSUMED.findingsPerPost * round.posts) / round.findings),
  );
  const posts = bill('classify-posts', perPost, prices);
  show(
    `a million posts screened, ${ASSUMED.findingsPerPost * 100} % findings (goal ≤ $0.05)`,
    posts,
    MILLION / round.posts,
  );
  const bytes = 20_000 / 64_000;
  const least =
    (3 / (10 * (1 / bytes) * 20)) * prices.sqsMillionRequests +
    ASSUMED.findingsPerPost * prices.dynamodbMillionWrites * 3;
  console.log(
    `${'  the fewest operations for that: full messages, 3 writes a finding'.padEnd(58)} ${dollars(least).padStart(8)}`,
  );
  const peer =
    100 * prices.translateMillionCharacters +
    3 * MILLION * prices.comprehendRequest +
    ((15 * MILLION) / 1000) * prices.stepsThousandTransitions;
  console.log(
    `${'  the peer: translated, 3 × Comprehend, 15 transitions each'.padEnd(58)} ${dollars(peer).padStart(8)}`,
  );

  const orders = round.of('empty', 'collect-posts').runs;
  const collect = round.of('empty', 'collect-posts');
  const plan = round.of('empty', 'plan-scans');
  const both = (work: Work, hosts: number, planned = plan) => {
    const [ofPlan, ofCollect] = [
      bill('plan-scans', planned, prices),
      bill('collect-posts', work, prices, hosts),
    ];
    return Object.fromEntries(
      Object.entries(ofCollect).map(([name, amount]) => [name, amount + (ofPlan[name] ?? 0)]),
    );
  };
  show(
    `a million account polls with nothing new, ${(round.accounts / orders).toFixed(1)} to a cohort as here`,
    both(collect, round.accounts),
    MILLION / round.accounts,
  );
  // What an order costs whoever is in it, and what each account adds: reads of accounts grow with them, all else with orders.
  const full = orders * COHORT_ACCOUNTS;
  const rowUnits = Math.ceil((ASSUMED.cohortRowBytes + COHORT_ACCOUNTS * ASSUMED.cohortAccountBytes) / 1024);
  const grown = {
    ...collect,
    units: {
      ...collect.units,
      reads: collect.units.reads * (full / round.accounts),
      writes: collect.units.writes * rowUnits,
      requests: orders * (6 + 2 * Math.ceil(COHORT_ACCOUNTS / ASSUMED.accountsAtOnce)),
    },
    core: collect.core * (full / round.accounts),
  };
  const polls = both(grown, full, {
    ...plan,
    units: { ...plan.units, writes: plan.units.writes * rowUnits },
  });
  show(`a million account polls, ${COHORT_ACCOUNTS} to a cohort (goal ≤ $0.30)`, polls, MILLION / full);
  const leastPolls =
    (3 * prices.sqsMillionRequests + 2 * prices.dynamodbMillionWrites) / COHORT_ACCOUNTS +
    prices.dynamodbMillionReads * 1;
  console.log(
    `${'  the fewest operations for that: one order, lease and end, a read an account'.padEnd(58)} ${dollars(leastPolls).padStart(8)}`,
  );

  const looks = round.of('posts', 'collect-posts');
  show(
    'a million posts collected (marks, windows and reads with them)',
    bill('collect-posts', { ...looks, units: { ...looks.units, sqs: 0 } }, prices, round.accounts),
    MILLION / round.posts,
  );

  const REVIEWED = 4;
  const review = (['serve-api', 'notify-holders', 'note-deliveries', 'keep-time'] as const).map((job) =>
    bill(job, round.of('review', job), prices),
  );
  const perFinding =
    review.reduce((total, bills) => total + sum(bills), 0) / REVIEWED +
    (ASSUMED.apiCallsPerFinding / MILLION) * prices.httpApiMillion;
  console.log(`${'a finding, from the indication to its end'.padEnd(58)} ${dollars(perFinding).padStart(8)}`);
  const perDigest =
    sum(bill('send-digests', round.of('review', 'send-digests'), prices)) / Math.max(1, round.digests);
  console.log(`${'a digest'.padEnd(58)} ${dollars(perDigest).padStart(8)}`);

  const schedules = Object.values(FUNCTIONS).map(({ trigger }) =>
    trigger.kind === 'schedule' ? (30 * 1440) / trigger.every.minutes : trigger.kind === 'daily' ? 30 : 0,
  );
  const runs = schedules.reduce((total, each) => total + each, 0);
  const queues = USUAL_NETWORKS.length + 2;
  const fixed = {
    'empty receives (5 pollers a queue, every 20 s)':
      ((queues * 5 * 3 * 30 * 1440) / MILLION) * prices.sqsMillionRequests,
    'scheduled runs':
      (runs / MILLION) * (prices.schedulerMillion + prices.lambdaMillionRequests) +
      runs * 0.15 * 0.5 * prices.lambdaGigabyteSecond,
    // A metric is written only where there is something of what its alarm looks at.
    alarms: round.alarms * prices.alarmMonth,
    keys: 2 * prices.kmsKeyMonth + ((queues * 24 * 30 * 3) / 10_000) * prices.kmsTenThousand,
    secrets: prices.secretMonth,
  };
  console.log(
    `${'a month of a deployment that does nothing'.padEnd(58)} ${dollars(sum(fixed)).padStart(8)}   ${Object.entries(
      fixed,
    )
      .map(([name, amount]) => `${name} ${dollars(amount)}`)
      .join(', ')}`,
  );
  for (const size of [5_000, 100_000]) {
    const written = size * ASSUMED.postsPerAccountMonth;
    const month =
      sum(fixed) +
      ((size * ASSUMED.looksADay * 30) / full) * sum(polls) +
      (written / round.posts) * (sum(posts) + sum(bill('collect-posts', looks, prices, round.accounts))) +
      written * ASSUMED.findingsPerPost * (perFinding + perDigest);
    console.log(
      `${`a month of an agency of ${size.toLocaleString('en')} accounts`.padEnd(58)} ${dollars(month).padStart(8)}`,
    );
  }
};

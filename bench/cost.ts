import { mails } from '../local/mailbox.js';
import { seedAgency } from '../local/seed.js';
import { startStack } from '../local/stack.js';
import { readFindings } from '../local/summary.js';
import { playWalkthrough } from '../local/walkthrough.js';
import { COHORT_ACCOUNTS } from '../shared/domain/scanning/cohort.js';
import { plus } from '../shared/domain/time.js';
import { FUNCTIONS, type FunctionName } from '../shared/functions.js';
import { USUAL_NETWORKS } from '../shared/networks.js';
import { freePorts } from '../test/integration/free-ports.js';
import { countedFunctions } from './counted-functions.js';
import { NONE } from './meter.js';
import { aboutPolls, billOfPolls, measurePolls } from './polls.js';
import { measureNewPosts } from './posts.js';
import { readPrices, type Prices } from './prices.js';
import {
  ASSUMED,
  bill,
  dollars,
  IDLE,
  inTurn,
  MILLION,
  sum,
  together,
  type Bill,
  type Work,
} from './work.js';

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
  took: work.took * share,
  logBytes: work.logBytes * share,
});

/** The round of the sample, part by part, done by the bundled functions and counted at the services. */
const measure = async () => {
  const counted = countedFunctions();
  const { clock } = counted;
  const stack = await startStack(counted.folder, await freePorts(), clock, counted.load);
  const { client, functions, world, drained } = stack;
  clock.set(world.startsAt);
  await seedAgency(client, world, stack.sampleOrigin);
  counted.begin('warm-up');
  await functions.run('identify-accounts', clock.now());
  // Enrolment and the first order of each cohort; the posts come with it.
  counted.begin('posts');
  await functions.run('plan-scans', clock.now());
  await drained();
  const accounts = [...world.feeds, ...world.profiles].filter(({ paused }) => !paused).length;
  const posts = stack.samplePosts().length;
  const findings = (await readFindings(stack.services)).length;
  counted.begin('look');
  clock.set(plus(clock.now(), { days: 2 }));
  await functions.run('plan-scans', clock.now());
  await drained();
  counted.begin('review');
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
  counted.stop();
  return {
    of: (name: 'posts' | 'review', job: FunctionName): Work => counted.of(name, job),
    accounts,
    posts,
    findings,
    digests,
    alarms: counted.alarms(),
  };
};

const { said, here: prices, listed } = readPrices('ap-southeast-3');

/** Posts that were screened, and what was done for that. */
interface Screened {
  readonly posts: number;
  readonly findings: number;
  readonly classify: Work;
  readonly collect: Work;
}

/** What one post is to the classifier and to the queue before it, where so many are findings as is assumed. */
const ofAPost = ({ posts, findings, classify, collect }: Screened): Work => {
  // All that the classifier writes, it writes because of indications; the rest is the same for every post.
  const { writes, requests } = classify.units;
  const screening = { ...classify, units: { ...classify.units, writes: 0, requests: 0 } };
  // A collector's order is taken and deleted by two requests; the others hand posts over.
  const handOver = { ...IDLE, units: { ...NONE, sqs: collect.units.sqs - 2 * collect.runs } };
  return together(
    scaled(together(screening, handOver), 1 / posts),
    scaled({ ...IDLE, units: { ...NONE, writes, requests } }, ASSUMED.findingsPerPost / findings),
  );
};

const aboutPosts = ({ posts, findings, classify: { units, runs, core } }: Screened): string =>
  [
    `counted: ${posts} posts, ${findings} findings, ${runs} runs of ${(core / runs).toFixed(0)} ms of a core`,
    `${(units.writes / findings).toFixed(2)} units written a finding`,
  ].join('; ');

/** By the prices of here with its parts, and by the list prices from which those are made. */
const show = (title: string, billed: (prices: Prices) => Bill, share: number): void => {
  const parts = Object.entries(billed(prices))
    .filter(([, amount]) => amount * share >= 0.0005)
    .sort(([, one], [, other]) => other - one)
    .map(([name, amount]) => `${name} ${dollars(amount * share)}`);
  const [total, byList] = [prices, listed].map((of) => dollars(sum(billed(of)) * share).padStart(8));
  console.log(`${title.padEnd(64)} ${total}, by list ${byList}   ${parts.join(', ')}`);
};

/** `npm run bench -- cost`: what the operations that the code really makes would cost, beside the fewest there could be and beside the peer. */
export const benchCost = async (): Promise<void> => {
  const round = await measure();
  const later = await measureNewPosts();
  const polled = await measurePolls();
  console.log(said);
  console.log(
    `counted: ${round.posts} posts of ${round.accounts} accounts, ${round.digests} digests; assumed: ${JSON.stringify(ASSUMED)}`,
  );

  const first = {
    ...round,
    classify: round.of('posts', 'classify-posts'),
    collect: round.of('posts', 'collect-posts'),
  };
  const posts = (of: Prices) => bill('classify-posts', ofAPost(first), of);
  const share = `${ASSUMED.findingsPerPost * 100} % findings`;
  show(`a million posts screened, ${share} (goal ≤ $0.05): first looks`, posts, MILLION);
  console.log(`  ${aboutPosts(first)}`);
  show('the same, one new post of each account', (of) => bill('classify-posts', ofAPost(later), of), MILLION);
  console.log(`  ${aboutPosts(later)}`);
  const bytes = 20_000 / 64_000;
  const least =
    (3 / (10 * (1 / bytes) * 20)) * prices.sqsMillionRequests +
    ASSUMED.findingsPerPost * prices.dynamodbMillionWrites * 3;
  console.log(
    `${'  the fewest operations for that: full messages, 3 writes a finding'.padEnd(64)} ${dollars(least).padStart(8)}`,
  );
  const peer =
    100 * prices.translateMillionCharacters +
    3 * MILLION * prices.comprehendRequest +
    ((15 * MILLION) / 1000) * prices.stepsThousandTransitions;
  console.log(
    `${'  the peer: translated, 3 × Comprehend, 15 transitions each'.padEnd(64)} ${dollars(peer).padStart(8)}`,
  );

  const polls = (of: Prices) => billOfPolls(polled, of);
  show(
    `a million account polls, ${COHORT_ACCOUNTS} to a cohort (goal ≤ $0.30)`,
    polls,
    MILLION / polled.accounts,
  );
  console.log(`  ${aboutPolls(polled)}`);
  const leastPolls =
    (3 * prices.sqsMillionRequests + 2 * prices.dynamodbMillionWrites) / COHORT_ACCOUNTS +
    prices.dynamodbMillionReads * 1;
  console.log(
    `${'  the fewest operations for that: one order, lease and end, a read an account'.padEnd(64)} ${dollars(leastPolls).padStart(8)}`,
  );

  const looks = round.of('posts', 'collect-posts');
  const collected = (of: Prices) =>
    bill(
      'collect-posts',
      { ...looks, units: { ...looks.units, sqs: 2 * looks.runs } },
      of,
      inTurn('collect-posts', looks) + looks.runs * ASSUMED.hostMilliseconds,
    );
  show('a million posts collected (marks, windows and reads with them)', collected, MILLION / round.posts);

  const REVIEWED = 4;
  const review = (['serve-api', 'notify-holders', 'note-deliveries', 'keep-time'] as const).map((job) =>
    bill(job, round.of('review', job), prices),
  );
  const perFinding =
    review.reduce((total, bills) => total + sum(bills), 0) / REVIEWED +
    (ASSUMED.apiCallsPerFinding / MILLION) * prices.httpApiMillion;
  console.log(`${'a finding, from the indication to its end'.padEnd(64)} ${dollars(perFinding).padStart(8)}`);
  const perDigest =
    sum(bill('send-digests', round.of('review', 'send-digests'), prices)) / Math.max(1, round.digests);
  console.log(`${'a digest'.padEnd(64)} ${dollars(perDigest).padStart(8)}`);

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
    `${'a month of a deployment that does nothing'.padEnd(64)} ${dollars(sum(fixed)).padStart(8)}   ${Object.entries(
      fixed,
    )
      .map(([name, amount]) => `${name} ${dollars(amount)}`)
      .join(', ')}`,
  );
  for (const size of [5_000, 100_000]) {
    const written = size * ASSUMED.postsPerAccountMonth;
    const month =
      sum(fixed) +
      ((size * ASSUMED.looksADay * 30) / polled.accounts) * sum(polls(prices)) +
      written * (sum(posts(prices)) + sum(collected(prices)) / round.posts) +
      written * ASSUMED.findingsPerPost * (perFinding + perDigest);
    console.log(
      `${`a month of an agency of ${size.toLocaleString('en')} accounts`.padEnd(64)} ${dollars(month).padStart(8)}`,
    );
  }
};

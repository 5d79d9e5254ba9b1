import { publishSamplePacks } from '../local/packs.js';
import { pollOnce } from '../local/runtime.js';
import { serveOnLoopback } from '../local/sample/loopback.js';
import { drafts, postGuid, type SamplePost } from '../local/sample/posts.js';
import { renderFeed } from '../local/sample/render-feed.js';
import { seeded } from '../local/sample/seeded.js';
import { sampleIndications, sampleTexts } from '../local/sample/texts.js';
import { sampleWorld } from '../local/sample/world.js';
import { startServices } from '../local/services.js';
import { readFindings } from '../local/summary.js';
import { COHORT_ACCOUNTS } from '../shared/domain/scanning/cohort.js';
import { localDate, minus, plus, type Instant } from '../shared/domain/time.js';
import { FUNCTIONS } from '../shared/functions.js';
import { freePorts } from '../test/integration/free-ports.js';
import { countedFunctions } from './counted-functions.js';
import { feedsOf, register } from './polls.js';
import { ASSUMED } from './work.js';

const HOSTS = 4;
/** Until what is counted is what a process does that has long been running. */
const WARM_UPS = 2;
const BETWEEN = { hours: 25 };

/** One new post of each account of full cohorts, by one environment of each bundled function that has long been running. */
export const measureNewPosts = async () => {
  const counted = countedFunctions();
  const { clock } = counted;
  const world = sampleWorld(localDate(clock.now(), 'Asia/Jakarta'));
  clock.set(world.startsAt);
  const daily = drafts(sampleTexts(), 1_000, '17 Desember', seeded(1)).map(({ written }) => written);
  const indicated = sampleIndications().map(({ text }) => text);
  const moments: Instant[] = [];
  const postsOf = (account: number): SamplePost[] =>
    moments.map((at, round) => {
      const ordinal = round * HOSTS * COHORT_ACCOUNTS + account;
      const isFinding = account % (1 / ASSUMED.findingsPerPost) === 0;
      const texts = isFinding ? indicated : daily;
      return {
        guid: postGuid('new', String(ordinal)),
        title: null,
        text: texts[(isFinding ? ordinal * ASSUMED.findingsPerPost : ordinal) % texts.length] ?? '',
        postedAt: minus(at, { hours: 1 }),
        truth: 'none',
        note: 'new',
      };
    });
  const about = { title: 'Catatan', format: 'rss', host: 'catatan.example', path: '/feed.xml' } as const;
  const hosts = await Promise.all(
    Array.from({ length: HOSTS }, (_, host) =>
      serveOnLoopback(0, (request, response) => {
        const account = host * COHORT_ACCOUNTS + Number(request.url?.split('/')[1]);
        const { type, body } = renderFeed(about, postsOf(account).reverse());
        response.writeHead(200, { 'content-type': type }).end(body);
      }),
    ),
  );
  const services = await startServices(counted.folder, await freePorts());
  await publishSamplePacks(services.s3, world.contest);
  await register(services, world, hosts.flatMap(feedsOf));
  const functions = await counted.loadAlone(services);
  const emptied = async (queueUrl: string, job: 'collect-posts' | 'classify-posts') => {
    const handler = job === 'collect-posts' ? functions.collect.feed : functions.classify;
    const { batchSize } = FUNCTIONS[job].trigger;
    while ((await pollOnce(services.sqs, { queueUrl, batchSize, handler })) > 0);
  };
  let before = 0;
  for (let round = 0; round <= WARM_UPS; round += 1) {
    moments.push(clock.now());
    before = (await readFindings(services)).length;
    counted.begin(round === WARM_UPS ? 'new' : 'warm-up');
    await functions.run('plan-scans', clock.now());
    await emptied(services.scans.feed.url, 'collect-posts');
    await emptied(services.posts.url, 'classify-posts');
    clock.set(plus(clock.now(), BETWEEN));
  }
  const findings = (await readFindings(services)).length - before;
  clock.release();
  await services.stop();
  counted.stop();
  await Promise.all(hosts.map((host) => host.close()));
  return {
    posts: HOSTS * COHORT_ACCOUNTS,
    findings,
    classify: counted.of('new', 'classify-posts'),
    collect: counted.of('new', 'collect-posts'),
  };
};

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { captureFiles } from '../../functions/classify-posts/captures.js';
import { classifyPosts } from '../../functions/classify-posts/classify-posts.js';
import { countSides } from '../../functions/classify-posts/count-sides.js';
import { collectPosts } from '../../functions/collect-posts/collect-posts.js';
import { identifyAccounts } from '../../functions/identify-accounts/identify-accounts.js';
import { closeWindows } from '../../functions/keep-time/close-windows.js';
import { endDrills } from '../../functions/keep-time/end-drills.js';
import { endFiles } from '../../functions/keep-time/end-files.js';
import { endFindings } from '../../functions/keep-time/end-findings.js';
import { endLedgers } from '../../functions/keep-time/end-ledgers.js';
import { endMailings } from '../../functions/keep-time/end-mailings.js';
import { endRequests } from '../../functions/keep-time/end-requests.js';
import { erasePeople } from '../../functions/keep-time/erase-people.js';
import { keepTime } from '../../functions/keep-time/keep-time.js';
import { sealDays } from '../../functions/keep-time/seal-days.js';
import { noteDelivery } from '../../functions/note-deliveries/note-delivery.js';
import { notifyHolders } from '../../functions/notify-holders/notify-holders.js';
import { planScans } from '../../functions/plan-scans/plan-scans.js';
import { sendDigests } from '../../functions/send-digests/send-digests.js';
import { lastingFindings } from '../../shared/adapters/lasting-findings.js';
import { proofPages } from '../../shared/adapters/proof-pages.js';
import { DeliveryEvent } from '../../shared/domain/digest/delivery.js';
import { PostMessage } from '../../shared/domain/scanning/messages.js';
import { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import { compile } from '../../shared/domain/screening/compile.js';
import { screenerOf } from '../../shared/domain/screening/screen.js';
import { sideReaderOf } from '../../shared/domain/screening/sides.js';
import type { Instant } from '../../shared/domain/time.js';
import type { GuardedFetch } from '../../shared/networks/connector.js';
import { CONNECTORS } from '../../shared/networks/connectors.js';
import { perNetwork } from '../../shared/networks.js';
import { somePacks } from '../fixtures/packs.js';
import type { Chance } from './chance.js';
import { BLOG } from './network.js';
import { DependencyError, type Process } from './process.js';
import type { Ports } from './ports.js';
import type { Witness } from './witness.js';

export const PUBLIC_URL = 'https://netral.sukamaju.example';

const compiled = compile(somePacks());
const [screen, sides] = [screenerOf(compiled), sideReaderOf(compiled)];
const connectors = perNetwork((network) =>
  CONNECTORS[network]({
    NETWORK_GUARD: 'public',
    PLC_DIRECTORY_ORIGIN: 'https://plc.example',
    BLUESKY_APPVIEW_ORIGIN: 'https://appview.example',
    YOUTUBE_API_ORIGIN: 'https://youtube.example',
  }),
);

const quiet = (): void => undefined;

/** The ports of a world as one process reaches them. */
export const reached = (process: Process, ports: Ports) => {
  const { through, now } = process;
  const agency = through('registry', 'agency', ports.agency);
  const rows = through('findings', 'findings', ports.findings);
  return {
    agency,
    people: through('registry', 'people', ports.people),
    accounts: through('registry', 'accounts', ports.accounts),
    requests: through('registry', 'requests', ports.requests),
    golden: through('registry', 'golden', ports.golden),
    erasures: through('registry', 'erasures', ports.erasures),
    scans: through('scans', 'scans', ports.scans),
    cohorts: through('scans', 'cohorts', ports.cohorts),
    rows,
    findings: lastingFindings(rows, { agency, now }),
    counts: through('findings', 'counts', ports.counts),
    mailings: through('mailings', 'mailings', ports.mailings),
    record: through('record', 'record', ports.record),
    files: through('record', 'files', ports.files),
    seals: through('record', 'seals', ports.seals),
    packs: through('packs', 'packs', ports.packs),
    posts: through('queues', 'posts', ports.posts),
    mailer: through('mail', 'mailer', ports.mailer),
    publicUrl: PUBLIC_URL,
    report: quiet,
    now,
  };
};

/** The guarded fetch of a process: the wall of the real one, and a simulated network behind it. */
const fetchOf = (process: Process, ports: Ports, witness: Witness): GuardedFetch => {
  const [blog, social] = [
    process.through('blog', 'network', ports.network),
    process.through('social', 'network', ports.network),
  ];
  return (permit, request) =>
    ports.wall(
      { now: process.now, guard: 'public', reach: (network) => connectors[network].reach },
      async (_, url, headers) => {
        witness.fetched(permit, url.host);
        try {
          const answer = await (url.host === BLOG ? blog : social).ask(url, headers);
          witness.answered(url.host, answer);
          return answer;
        } catch (error) {
          if (error instanceof DependencyError) return { kind: 'unreachable', reason: 'connection' };
          throw error;
        }
      },
    )(permit, request);
};

/** A queue's function: what it is given, and what is to be delivered again. */
export type Worker = (event: SQSEvent) => Promise<SQSBatchResponse>;

interface Making {
  readonly process: Process;
  readonly ports: Ports;
  readonly witness: Witness;
  readonly chance: Chance;
  readonly park: (body: string) => Promise<void>;
}

/** Watches that what was done is not said to have failed. */
const watched =
  <Message>(
    { witness }: Making,
    handle: (message: Message) => Promise<void>,
    make: (handle: (message: Message) => Promise<void>) => Worker,
  ): Worker =>
  async (event) => {
    let done = 0;
    const answer = await make(async (message) => {
      await handle(message);
      done += 1;
    })(event);
    if (done + answer.batchItemFailures.length > event.Records.length)
      witness.broke('R02', 'a message that was done is delivered again');
    return answer;
  };

const context = ({ process }: Making) => ({ getRemainingTimeInMillis: process.remaining });

export const collector = (making: Making): Worker => {
  const { process, ports, witness, chance, park } = making;
  const deps = {
    ...reached(process, ports),
    connectors,
    fetch: fetchOf(process, ports, witness),
    chance: chance.next,
  };
  return (batch) =>
    watched(
      making,
      collectPosts(deps),
      (once) => (event) =>
        ports.batch({ schema: ScanOrder, handle: once, park, report: quiet })(event, context(making)),
    )(batch);
};

export const classifier = (making: Making): Worker => {
  const { process, ports, park } = making;
  const around = reached(process, ports);
  const counted = countSides({ ...around, sides: () => Promise.resolve(sides) });
  const handle = classifyPosts({
    ...around,
    findings: around.rows,
    captures: captureFiles(around.files),
    screener: () => Promise.resolve(screen),
    noteSides: counted.note,
    shadow: () => Promise.resolve(),
  });
  return watched(
    making,
    handle,
    (once) => (event) =>
      ports.batch({ schema: PostMessage, handle: once, park, after: counted.store, report: quiet })(
        event,
        context(making),
      ),
  );
};

export const deliveryNoter = (making: Making): Worker => {
  const { process, ports, park } = making;
  const handle = noteDelivery(reached(process, ports));
  return watched(
    making,
    handle,
    (once) => (event) =>
      ports.batch({ schema: DeliveryEvent, handle: once, park, report: quiet })(event, context(making)),
  );
};

/** The jobs that the clock starts; each is given the moment that it was meant for. */
export const JOBS = {
  'plan-scans': ({ process, ports }: Making) => {
    const { orders } = ports;
    return planScans({
      ...reached(process, ports),
      scans: {
        feed: process.through('queues', 'feed orders', orders.feed),
        mastodon: process.through('queues', 'mastodon orders', orders.mastodon),
      },
    });
  },
  'identify-accounts': ({ process, ports, witness }: Making) =>
    identifyAccounts({
      ...reached(process, ports),
      connectors,
      proofPages: (key) => proofPages(key, PUBLIC_URL),
      fetch: fetchOf(process, ports, witness),
      guard: 'public',
      networks: ['feed', 'mastodon'],
    }),
  'notify-holders': ({ process, ports }: Making) => notifyHolders(reached(process, ports)),
  'send-digests': ({ process, ports }: Making) => sendDigests(reached(process, ports)),
  'keep-time': ({ process, ports }: Making) => {
    const around = reached(process, ports);
    const rows = { ...around, findings: around.rows };
    return keepTime({
      windows: closeWindows(rows),
      seals: sealDays(rows),
      findings: endFindings(rows),
      mailings: endMailings(rows),
      people: erasePeople(rows),
      requests: endRequests(rows),
      drills: endDrills(rows),
      ledgers: endLedgers(rows),
      files: endFiles(rows),
    });
  },
} as const satisfies Record<string, (making: Making) => (time: Instant) => Promise<unknown>>;
export type Job = keyof typeof JOBS;

import { execFile, execFileSync } from 'node:child_process';
import { Agent, createServer } from 'node:https';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { BUNDLING, bundle, ROOT } from '../infra/bundle.js';
import type { ScanOrder } from '../shared/domain/scanning/scan-order.js';
import { FUNCTIONS, type FunctionName } from '../shared/functions.js';
import { bundleSize, ENTRIES, type BundleSize } from '../test/deployed/bundle-size.js';
import { listen } from '../test/servers-in-process/listen.js';
import { readPackFolder } from '../shared/adapters/pack-files.js';
import { publishPacks } from '../shared/adapters/s3-pack-publisher.js';
import { agencyAws } from './cold-agency.js';
import { median } from './measure.js';

const RUNS = 20;
const BASELINE = 'SDK only';
const BUCKET = 'netral-packs';
const GOALS = { workers: { times: 1.3, bytes: 450_000 }, api: { times: 2 } } as const;

/** In a process of its own: loads a bundle, hands it one event, and says how long that took from the start of the process. */
const RUNNER = `
const [, , file, event] = process.argv;
const { handler } = await import(file);
const context = { awsRequestId: 'first', functionName: 'netral', memoryLimitInMB: '512', getRemainingTimeInMillis: () => 60000 };
const answer = await handler(JSON.parse(event), context);
const wall = performance.now();
const { user, system } = process.cpuUsage();
process.stdout.write('\\n' + JSON.stringify({ wall, core: (user + system) / 1000, failed: answer?.batchItemFailures?.length ?? 0 }));
process.exit();
`;

const EMPTY = `export const handler = async () => ({});`;
const SDK_ONLY = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient());
export const queues = new SQSClient();
export const handler = async () => documents.send(new GetCommand({ TableName: 'netral-registry', Key: { pk: 'AGENCY', sk: '-' } }));
`;

const message = (body: object) => ({
  Records: [
    { messageId: '1', receiptHandle: '1', body: JSON.stringify(body), attributes: {}, messageAttributes: {} },
  ],
});
const NOW = '2029-10-10T03:00:00.000Z';
const RUN = { time: NOW };

/** The first event of each: a real one, though nobody is registered here yet. */
const FIRST: Readonly<Record<FunctionName, object>> = {
  'plan-scans': RUN,
  'identify-accounts': RUN,
  'notify-holders': RUN,
  'send-digests': RUN,
  'keep-time': RUN,
  'collect-posts': message({
    kind: 'scan',
    version: 1,
    network: 'feed',
    cohort: 'feed-1',
    lease: NOW,
    accounts: ['a'.repeat(32)],
  }),
  'classify-posts': message({
    kind: 'posts',
    version: 2,
    network: 'feed',
    account: 'a'.repeat(32),
    epoch: 1,
    submittedBy: null,
    contests: ['pilbup-sukamaju'],
    posts: [
      {
        uri: 'https://blog.sukamaju.example/1',
        url: null,
        version: '1',
        edited: false,
        kind: 'post',
        postedAt: NOW,
        capturedAt: NOW,
        parts: [{ field: 'body', text: 'Panen raya tahun ini lebih baik dari tahun lalu.' }],
        context: null,
      },
    ],
    deleted: [],
  }),
  'note-deliveries': message({ event: 'Delivery', mailing: 'a'.repeat(32), messageId: '1' }),
  'serve-api': {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/packs/code',
    rawQueryString: '',
    headers: {},
    requestContext: { domainName: 'netral.example', http: { method: 'GET', path: '/packs/code' } },
    isBase64Encoded: false,
  },
};

/** As S3 lists a bucket in which nothing lies. */
const EMPTY_LIST = `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated></ListBucketResult>`;

/** A certificate for this machine, by the `openssl` that is on it. */
const certificateIn = (folder: string) => {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=aws', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', keyFile, '-out', certFile], {
    stdio: 'ignore',
  });
  return { certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) };
};

type Certificate = ReturnType<typeof certificateIn>;

/**
 * AWS as a new deployment finds it: empty tables and queues, and what is put into the bucket. It speaks TLS as AWS does: by plain HTTP
 * the SDK would load Node's `http`, and `undici` by that, which no function of Lambda does.
 */
const emptyAws = async ({ key, cert }: Certificate) => {
  const objects = new Map<string, Buffer>();
  const server = createServer({ key, cert }, (request, response) => {
    void buffer(request).then((body) => {
      const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://aws');
      if (request.method === 'PUT') objects.set(path, body);
      const read = searchParams.has('list-type') ? Buffer.from(EMPTY_LIST) : objects.get(path);
      const found = request.method === 'GET' ? read : Buffer.from('{}');
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.statusCode = found === undefined ? 404 : 200;
      response.end(found ?? '<Error><Code>NoSuchKey</Code></Error>');
    });
  });
  return { server, origin: `https://127.0.0.1:${await listen(server)}` };
};

const environment = (origin: string, { certFile }: Certificate): Record<string, string> => ({
  NODE_EXTRA_CA_CERTS: certFile,
  AWS_REGION: 'ap-southeast-3',
  AWS_ACCESS_KEY_ID: 'netral',
  AWS_SECRET_ACCESS_KEY: 'netral',
  AWS_LAMBDA_FUNCTION_NAME: 'netral',
  AWS_ENDPOINT_URL: origin,
  AWS_ENDPOINT_URL_S3: origin,
  ...Object.fromEntries(
    ['REGISTRY', 'SCANS', 'FINDINGS', 'MAILINGS', 'RECORD'].map((name) => [
      `${name}_TABLE`,
      `netral-${name.toLowerCase()}`,
    ]),
  ),
  PACKS_BUCKET: BUCKET,
  FILES_BUCKET: 'netral-files',
  SEALS_BUCKET: 'netral-seals',
  POSTS_QUEUE_URL: `${origin}/posts`,
  DEAD_LETTERS_URL: `${origin}/dead-letters`,
  CONTACT_URL: 'https://netral.example',
  PUBLIC_URL: 'https://netral.example',
  MAIL_SENDER: 'netral@netral.example',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_AUDIENCE: 'netral',
  OIDC_CLIENT_ID: 'netral',
  NETWORKS: 'feed',
});

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly event: object;
  /** What it is given where an agency is; `null` where nobody is registered for it. */
  readonly inAgency: ((order: () => Promise<ScanOrder>) => Promise<object>) | null;
  readonly size: BundleSize;
  readonly goal: { readonly times: number; readonly bytes?: number } | null;
}

const subjects = (folder: string): readonly Subject[] => {
  const plain = (name: string, contents: string): Subject => {
    const outdir = join(folder, name);
    // As anybody would bundle it: with nothing that stands in a module's place.
    const { metafile } = buildSync({
      ...BUNDLING,
      alias: {},
      stdin: { contents, resolveDir: ROOT },
      outdir,
      entryNames: 'index',
      metafile: true,
    });
    return {
      name,
      file: join(outdir, 'index.mjs'),
      event: {},
      inAgency: () => Promise.resolve({}),
      size: bundleSize(metafile),
      goal: null,
    };
  };
  return [
    plain('nothing', EMPTY),
    plain(BASELINE, SDK_ONLY),
    ...ENTRIES.map((entry): Subject => {
      const outdir = join(folder, entry.name);
      const size = bundleSize(bundle(entry, outdir));
      const goal = FUNCTIONS[entry.job].trigger.kind === 'http' ? GOALS.api : GOALS.workers;
      const event = FIRST[entry.job];
      const inAgency = (order: () => Promise<ScanOrder>) =>
        entry.network === undefined ? Promise.resolve(event) : order().then(message);
      return {
        name: entry.name,
        file: join(outdir, 'index.mjs'),
        event,
        inAgency: entry.network === undefined || entry.network === 'feed' ? inAgency : null,
        size,
        goal,
      };
    }),
  ];
};

const Took = z.object({ wall: z.number(), core: z.number(), failed: z.int() });
type Took = z.infer<typeof Took>;
const run = promisify(execFile);

/**
 * Each bundle's size, and how long a fresh process takes until it has handled its first event, beside a function with the
 * SDK alone: in a new deployment, and where an agency is; of all functions, or of those that are named.
 */
export const benchCold = async (words: readonly string[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'netral-cold-'));
  const certificate = certificateIn(folder);
  const { server, origin } = await emptyAws(certificate);
  const runner = join(folder, 'runner.mjs');
  writeFileSync(runner, RUNNER);
  const s3 = new S3Client({
    endpoint: origin,
    region: 'ap-southeast-3',
    forcePathStyle: true,
    requestHandler: { httpsAgent: new Agent({ ca: certificate.cert }) },
    credentials: { accessKeyId: 'netral', secretAccessKey: 'netral' },
  });
  await publishPacks(s3, BUCKET, await readPackFolder(join(ROOT, 'packs')));
  const asked = ({ name }: Subject): boolean =>
    words.length === 0 || name === BASELINE || words.some((word) => name.startsWith(word));
  const all = subjects(folder)
    .filter(asked)
    .map((subject) => ({ ...subject, runs: new Array<Took>(), agencyRuns: new Array<Took>() }));
  const started = async (file: string, event: object, more: Record<string, string> = {}): Promise<Took> => {
    const { stdout } = await run(process.execPath, [runner, file, JSON.stringify(event)], {
      env: { ...environment(origin, certificate), ...more },
    });
    return Took.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  };
  const agency = await agencyAws(folder, certificate);
  // In turns, so that what else the machine does falls on all alike.
  for (let round = 0; round < RUNS; round += 1)
    for (const { file, event, inAgency, runs, agencyRuns } of all) {
      runs.push(await started(file, event));
      if (inAgency === null) continue;
      const took = await started(file, await inAgency(agency.order), agency.environment);
      if (took.failed > 0) throw new Error(`${file} failed at what it was given`);
      agencyRuns.push(took);
    }
  await agency.stop();
  s3.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });

  const baseline = all.find(({ name }) => name === BASELINE);
  const coreOf = (runs: readonly Took[]) => median(runs.map(({ core }) => core));
  console.log(
    `median of ${RUNS} fresh processes on Node ${process.versions.node}; kB read at start (gzipped; whole package)`,
  );
  for (const { name, runs, agencyRuns, size, goal } of all) {
    const times = coreOf(runs) / coreOf(baseline?.runs ?? runs);
    const inAgency = coreOf(agencyRuns) / coreOf(baseline?.agencyRuns ?? agencyRuns);
    const [kilobytes, packed, whole] = [size.atStart, size.atStartGzipped, size.whole].map((bytes) =>
      (bytes / 1000).toFixed(0),
    );
    const good = goal === null || (times <= goal.times && size.atStart <= (goal.bytes ?? Infinity));
    console.log(
      [
        name.padEnd(26),
        `${kilobytes} kB (${packed}; ${whole})`.padEnd(20),
        `${median(runs.map(({ wall }) => wall)).toFixed(0)} ms`.padStart(7),
        `${coreOf(runs).toFixed(0)} ms of a core`.padStart(17),
        `×${times.toFixed(2)}`,
        agencyRuns.length === 0 ? ''.padEnd(20) : `×${inAgency.toFixed(2)} in an agency`,
        goal === null
          ? ''
          : `of ≤ ${goal.times}${'bytes' in goal ? ` and ≤ ${goal.bytes / 1000} kB` : ''} ${good ? '✓' : '✗'}`,
      ].join('  '),
    );
  }
};

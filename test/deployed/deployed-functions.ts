import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { BUNDLING, bundle, type Entry } from '../../infra/bundle.js';
import { AUDIENCE, CLIENT } from '../../local/issuer.js';
import { deliveryTeller } from '../../local/deliveries.js';
import type { LoadFunctions, Places } from '../../local/functions.js';
import {
  FILES_BUCKET,
  PACKS_BUCKET,
  SEALS_BUCKET,
  TABLE_PREFIX,
  type Services,
} from '../../local/services.js';
import { TABLE_NAMES, tableName } from '../../local/tables.js';
import type { StageConfig } from '../../infra/stage-config.js';
import { FUNCTIONS, type FunctionName } from '../../shared/functions.js';
import type { Instant } from '../../shared/domain/time.js';
import { NETWORK_IDS, perNetwork, type NetworkId } from '../../shared/networks.js';
import { nameOf, resourcesOf, type Template } from '../infra/template.js';
import { answerOf, eventOf } from './http-event.js';
import { emptySecrets, startRecorder, type Recorded, type Refuses, type Service } from './recorder.js';

const Lambda = z.object({
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
});
const Ref = z.strictObject({ Ref: z.string() });
const Join = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const Answer = z.union([
  z.object({ id: z.int(), result: z.unknown(), took: z.number(), core: z.number() }),
  z.object({ id: z.int(), error: z.string() }),
]);

/** One function of the template. */
interface Deployed extends Entry {
  /** As `docs/permissions.md` calls it. */
  readonly role: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const deployedIn = (template: Template): readonly Deployed[] =>
  resourcesOf(template, 'AWS::Lambda::Function', Lambda).map(([, lambda]) => {
    const role = nameOf(lambda.Role['Fn::GetAtt'][0]);
    const tag = lambda.Tags.find(({ Key }) => Key === 'Job')?.Value;
    const job = z.custom<FunctionName>((name) => typeof name === 'string' && name in FUNCTIONS).parse(tag);
    const network = NETWORK_IDS.find((id) => role === `CollectPosts${id}WorkerRole`);
    return {
      job,
      role,
      variables: lambda.Environment.Variables,
      ...(network === undefined ? {} : { network }),
    };
  });

/** The stage that the local stack is: what people and sources are told are its own addresses. */
export const localStage = (config: StageConfig, places: Places): StageConfig => ({
  ...config,
  publicUrl: places.api,
  mailSender: 'netral@sukamaju.example',
  signIn: {
    kind: 'issuer',
    issuer: places.issuer,
    audience: AUDIENCE,
    rolesClaim: 'roles',
    clientId: CLIENT,
    scopes: 'openid',
  },
});

/** What a resource of the template is called in the local stack. */
const physicalNames = (services: Services): ReadonlyMap<string, string> => {
  const queues = {
    ...Object.fromEntries(NETWORK_IDS.map((network) => [`CollectPosts${network}`, services.scans[network]])),
    ClassifyPosts: services.posts,
    NoteDeliveries: services.deliveries,
  };
  return new Map([
    ...TABLE_NAMES.map(
      (name) =>
        [`Tables${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`, tableName(TABLE_PREFIX, name)] as const,
    ),
    ['BucketsPacks', PACKS_BUCKET],
    ['BucketsFiles', FILES_BUCKET],
    ['BucketsSeals', SEALS_BUCKET],
    ...Object.entries(queues).flatMap(
      ([name, { url, deadLettersUrl }]) =>
        [
          [`${name}Queue`, url],
          [`${name}DeadLetters`, deadLettersUrl],
        ] as const,
    ),
    ...NETWORK_IDS.map((id) => [`NetworkTokens${id}`, `NetworkTokens${id}`] as const),
  ]);
};

/** The networks of the sample are this machine's own, which no template says. */
const sampleNetworks = (job: FunctionName, { identities }: Places): Readonly<Record<string, string>> => {
  switch (job) {
    case 'collect-posts':
    case 'identify-accounts':
      return {
        NETWORK_GUARD: 'loopback',
        PLC_DIRECTORY_ORIGIN: identities,
        BLUESKY_APPVIEW_ORIGIN: identities,
      };
    case 'serve-api':
      return { NETWORK_GUARD: 'loopback' };
    case 'plan-scans':
    case 'classify-posts':
    case 'notify-holders':
    case 'note-deliveries':
    case 'send-digests':
    case 'keep-time':
      return {};
  }
};

/** What Lambda itself tells a function. */
const platform = ({ job }: Entry): Readonly<Record<string, string>> => ({
  AWS_REGION: 'ap-southeast-3',
  AWS_ACCESS_KEY_ID: 'S3RVER',
  AWS_SECRET_ACCESS_KEY: 'S3RVER',
  AWS_LAMBDA_FUNCTION_NAME: job,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(FUNCTIONS[job].memoryMb),
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
});

export interface Invoked {
  readonly role: string;
  readonly job: FunctionName;
  /** Wall-clock and processor milliseconds. */
  readonly took: number;
  readonly core: number;
  readonly event: unknown;
}

interface Around {
  readonly template: (places: Places) => Template;
  /** Bundles a function of that template. */
  readonly bundles?: (entry: Entry, folder: string) => unknown;
  /** Where the bundles are written. */
  readonly folder: string;
  readonly now: () => Instant;
  readonly recorded: (recorded: Recorded, services: Services) => void | Promise<void>;
  readonly invoked: (invoked: Invoked) => void;
  readonly refuses?: Refuses;
  readonly started?: (role: string, job: FunctionName) => void;
  /** So many bytes went to a function's log. */
  readonly logged?: (role: string, bytes: number) => void;
}

/** The functions of a template: bundled as deployed, each in a process of its own that knows only what the template tells it. */
export const deployedFunctions = ({
  template,
  bundles = bundle,
  folder,
  now,
  recorded,
  invoked,
  refuses = () => false,
  started,
  logged,
}: Around) => {
  const recorders: Server[] = [];
  const processes: ChildProcess[] = [];
  /** What the functions wrote to their logs, line by line. */
  const logs: string[] = [];
  const host = join(folder, 'host');
  buildSync({ ...BUNDLING, entryPoints: [join(import.meta.dirname, 'lambda-host.ts')], outdir: host });

  const start = async (one: Deployed, services: Services, places: Places) => {
    const code = join(folder, one.role);
    bundles(one, code);
    const origins = {
      dynamodb: services.environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      sqs: services.environment['AWS_ENDPOINT_URL_SQS'] ?? '',
      s3: services.environment['AWS_ENDPOINT_URL_S3'] ?? '',
      ses: services.environment['AWS_ENDPOINT_URL_SESV2'] ?? '',
      secrets: emptySecrets,
    };
    const recorder = async (service: Service): Promise<string> => {
      const server = await startRecorder(
        { caller: one.role, service, origin: origins[service], refuses },
        (request) => recorded(request, services),
      );
      recorders.push(server);
      return z
        .object({ port: z.int() })
        .transform(({ port }) => `http://127.0.0.1:${port}`)
        .parse(server.address());
    };
    const sqs = await recorder('sqs');
    const names = physicalNames(services);
    const valueOf = (value: unknown): string => {
      if (typeof value === 'string') return value;
      const join = Join.safeParse(value);
      if (join.success) return join.data['Fn::Join'][1].map(valueOf).join(join.data['Fn::Join'][0]);
      const name = names.get(nameOf(Ref.parse(value).Ref));
      if (name === undefined) throw new Error(`${one.role}: the local stack has no ${JSON.stringify(value)}`);
      // The SDK asks a queue at its own address.
      return name.replace(origins.sqs, sqs);
    };
    const child = fork(join(host, 'index.mjs'), [join(code, 'index.mjs')], {
      env: {
        ...platform(one),
        ...Object.fromEntries(Object.entries(one.variables).map(([key, value]) => [key, valueOf(value)])),
        ...sampleNetworks(one.job, places),
        AWS_ENDPOINT_URL_DYNAMODB: await recorder('dynamodb'),
        AWS_ENDPOINT_URL_SQS: sqs,
        AWS_ENDPOINT_URL_S3: await recorder('s3'),
        AWS_ENDPOINT_URL_SESV2: await recorder('ses'),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: await recorder('secrets'),
      },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    processes.push(child);
    started?.(one.role, one.job);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        logs.push(...text.split('\n').filter(Boolean));
        logged?.(one.role, Buffer.byteLength(text));
      });
    const ready = z
      .array(z.unknown())
      .parse(await Promise.race([once(child, 'message'), once(child, 'exit')]))[0];
    if (ready !== 'ready') throw new Error(`${one.role} did not start:\n${logs.slice(-20).join('\n')}`);

    let before: Promise<unknown> = Promise.resolve();
    let calls = 0;
    const { timeoutSeconds } = FUNCTIONS[one.job];
    const call = async (event: unknown): Promise<unknown> => {
      calls += 1;
      const answered = once(child, 'message');
      child.send({ id: calls, event, at: now(), milliseconds: timeoutSeconds * 1000 });
      const message = z.array(z.unknown()).parse(await answered)[0];
      const answer = Answer.parse(message);
      if ('error' in answer) throw new Error([`${one.role}: ${answer.error}`, ...logs.slice(-5)].join('\n'));
      invoked({ role: one.role, job: one.job, took: answer.took, core: answer.core, event });
      return answer.result;
    };
    /** One event after another, as one environment of Lambda takes them. */
    return (event: unknown): Promise<unknown> => {
      const done = before.then(() => call(event));
      before = done.catch(() => undefined);
      return done;
    };
  };

  const load: LoadFunctions = async (services, places) => {
    const running = new Map<string, (event: unknown) => Promise<unknown>>();
    for (const one of deployedIn(template(places))) running.set(one.role, await start(one, services, places));
    const functionOf = (role: string) => {
      const call = running.get(role);
      if (call === undefined) throw new Error(`The template has no ${role}`);
      return call;
    };
    const queued = (role: string) => {
      const Failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });
      return async (event: SQSEvent) => Failures.parse(await functionOf(role)(event));
    };
    const SCHEDULED = {
      'plan-scans': 'PlanScansJobRole',
      'identify-accounts': 'IdentifyAccountsJobRole',
      'notify-holders': 'NotifyHoldersJobRole',
      'send-digests': 'SendDigestsJobRole',
      'keep-time': 'KeepTimeJobRole',
    } as const;
    const tellDeliveries = deliveryTeller(services);
    return {
      collect: perNetwork((network: NetworkId) => queued(`CollectPosts${network}WorkerRole`)),
      classify: queued('ClassifyPostsWorkerRole'),
      noteDeliveries: queued('NoteDeliveriesWorkerRole'),
      run: async (name, time) => {
        try {
          return await functionOf(SCHEDULED[name])({ time });
        } finally {
          await tellDeliveries();
        }
      },
      serve: async (request) => answerOf(await functionOf('ApiServerRole')(await eventOf(request))),
    };
  };

  return {
    load,
    logs,
    stop: (): void => {
      for (const child of processes) child.kill();
      for (const recorder of recorders) {
        recorder.closeAllConnections();
        recorder.close();
      }
    },
  };
};

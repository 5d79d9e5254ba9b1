import * as z from 'zod';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { collectorFromEnvironment } from '../functions/collect-posts/wiring.js';
import { consoleScript } from '../console/bundle.js';
import { appFromEnvironment } from '../functions/serve-api/wiring.js';
import { systemClock } from '../shared/adapters/system-clock.js';
import type { FunctionName } from '../shared/functions.js';
import type { Instant } from '../shared/domain/time.js';
import { observe } from '../shared/lambda/observe.js';
import { CONNECTORS } from '../shared/networks/connectors.js';
import { type NetworkId, perNetwork, USUAL_NETWORKS } from '../shared/networks.js';
import { invocationContext, type InvocationContext } from './runtime.js';
import { FILES_BUCKET, PACKS_BUCKET, SEALS_BUCKET, TABLE_PREFIX, type Services } from './services.js';
import { deliveryTeller } from './deliveries.js';
import { AUDIENCE, CLIENT } from './issuer.js';

/** Where this stack's people-facing parts listen. */
export interface Addresses {
  readonly api: string;
  readonly issuer: string;
  readonly mailbox: string;
}

/** Beside them, who knows the identities of the sample network. */
export interface Places extends Addresses {
  readonly identities: string;
}

const TABLES_ENVIRONMENT = {
  REGISTRY_TABLE: `${TABLE_PREFIX}-registry`,
  SCANS_TABLE: `${TABLE_PREFIX}-scans`,
  FINDINGS_TABLE: `${TABLE_PREFIX}-findings`,
  MAILINGS_TABLE: `${TABLE_PREFIX}-mailings`,
  RECORD_TABLE: `${TABLE_PREFIX}-record`,
  PACKS_BUCKET,
  FILES_BUCKET,
  SEALS_BUCKET,
};

/** What each function finds in its environment; each parses the part that it declares. */
export const environmentOf = (
  name: FunctionName,
  services: Services,
  addresses: Places,
): Record<string, string> => ({
  ...services.environment,
  ...TABLES_ENVIRONMENT,
  SCANS_QUEUE_URL_FEED: services.scans.feed.url,
  SCANS_QUEUE_URL_BLUESKY: services.scans.bluesky.url,
  SCANS_QUEUE_URL_MASTODON: services.scans.mastodon.url,
  NETWORKS: USUAL_NETWORKS.join(','),
  POSTS_QUEUE_URL: services.posts.url,
  DEAD_LETTERS_URL: (name === 'note-deliveries' ? services.deliveries : services.posts).deadLettersUrl,
  CONTACT_URL: addresses.api,
  NETWORK_GUARD: 'loopback',
  PLC_DIRECTORY_ORIGIN: addresses.identities,
  BLUESKY_APPVIEW_ORIGIN: addresses.identities,
  MAIL_SENDER: 'netral@sukamaju.example',
  PUBLIC_URL: addresses.api,
  OIDC_ISSUER: addresses.issuer,
  OIDC_AUDIENCE: AUDIENCE,
  OIDC_CLIENT_ID: CLIENT,
  OIDC_SCOPES: 'openid',
  ROLES_CLAIM: 'roles',
});

type Handler<Event, Result> = (event: Event, context: InvocationContext) => Promise<Result>;

const QueueHandler = z.object({
  handler: z.custom<Handler<SQSEvent, SQSBatchResponse>>((value) => typeof value === 'function'),
});
const ScheduledHandler = z.object({
  handler: z.custom<Handler<{ time: Instant }, unknown>>((value) => typeof value === 'function'),
});

/** The deployed handlers, loaded once each with the environment that its template would give it. */
export interface Functions {
  /** One collector for each network, as deployed. */
  readonly collect: Readonly<Record<NetworkId, (event: SQSEvent) => Promise<SQSBatchResponse>>>;
  readonly classify: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly noteDeliveries: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly run: (name: ScheduledFunction, time: Instant) => Promise<unknown>;
  /** The API. */
  readonly serve: (request: Request) => Response | Promise<Response>;
}

/** Loads the functions so that they find the services and one another. */
export type LoadFunctions = (services: Services, places: Places) => Promise<Functions>;

export const SCHEDULED = [
  'identify-accounts',
  'plan-scans',
  'notify-holders',
  'send-digests',
  'keep-time',
] as const satisfies FunctionName[];
export type ScheduledFunction = (typeof SCHEDULED)[number];

/** Each handler by its path, as the template names it. */
const MODULES = {
  'plan-scans': () => import('../functions/plan-scans/handler.js'),
  'identify-accounts': () => import('../functions/identify-accounts/handler.js'),
  'classify-posts': () => import('../functions/classify-posts/handler.js'),
  'note-deliveries': () => import('../functions/note-deliveries/handler.js'),
  'notify-holders': () => import('../functions/notify-holders/handler.js'),
  'send-digests': () => import('../functions/send-digests/handler.js'),
  'keep-time': () => import('../functions/keep-time/handler.js'),
} as const satisfies Record<Exclude<FunctionName, 'serve-api' | 'collect-posts'>, () => Promise<unknown>>;

export const loadFunctions: LoadFunctions = async (services, addresses) => {
  const load = async (name: keyof typeof MODULES): Promise<unknown> => {
    // A handler reads its environment when it is loaded, as in a cold start.
    Object.assign(process.env, environmentOf(name, services, addresses));
    return MODULES[name]();
  };
  const { report, wrap } = observe('collect-posts');
  const collect = perNetwork((network) => {
    const environment = environmentOf('collect-posts', services, addresses);
    const own = { ...environment, DEAD_LETTERS_URL: services.scans[network].deadLettersUrl };
    const { handler } = QueueHandler.parse({
      handler: wrap(
        collectorFromEnvironment({ network, connectorFrom: CONNECTORS[network] }, own, {
          now: systemClock,
          chance: Math.random,
          report,
        }),
      ),
    });
    return (event: SQSEvent) => handler(event, invocationContext('collect-posts'));
  });
  const classify = QueueHandler.parse(await load('classify-posts')).handler;
  const noteDeliveries = QueueHandler.parse(await load('note-deliveries')).handler;
  const scheduled = {
    'plan-scans': ScheduledHandler.parse(await load('plan-scans')).handler,
    'identify-accounts': ScheduledHandler.parse(await load('identify-accounts')).handler,
    'notify-holders': ScheduledHandler.parse(await load('notify-holders')).handler,
    'send-digests': ScheduledHandler.parse(await load('send-digests')).handler,
    'keep-time': ScheduledHandler.parse(await load('keep-time')).handler,
  } satisfies Record<ScheduledFunction, unknown>;
  const tellDeliveries = deliveryTeller(services);
  const script = consoleScript();
  const app = appFromEnvironment(environmentOf('serve-api', services, addresses), {
    now: systemClock,
    report: observe('serve-api').report,
    console: () => Promise.resolve(script),
  });
  return {
    collect,
    serve: app.fetch,
    classify: (event) => classify(event, invocationContext('classify-posts')),
    noteDeliveries: (event) => noteDeliveries(event, invocationContext('note-deliveries')),
    run: async (name, time) => {
      try {
        return await scheduled[name]({ time }, invocationContext(name));
      } finally {
        await tellDeliveries();
      }
    },
  };
};

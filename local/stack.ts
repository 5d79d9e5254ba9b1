import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { localDate, millisecondsBetween, minus, plus } from '../shared/domain/time.js';
import { apiClient, type ApiClient } from './api-client.js';
import { refuseInUse } from './database-files.js';
import { loadFunctions, type Addresses, type Functions } from './functions.js';
import { startIssuer } from './issuer.js';
import { keepMailbox, readMailbox, restoreMailbox } from './mailbox.js';
import { publishSamplePacks } from './packs.js';
import { portsFrom } from './ports.js';
import { startPumps } from './pumps.js';
import type { SampleClock } from './sample-clock.js';
import { startAtprotoServer } from './sample/atproto-server.js';
import { startFeedServer } from './sample/feed-server.js';
import { startMastodonServer } from './sample/mastodon-server.js';
import type { SamplePost } from './sample/posts.js';
import { ATPROTO_HOST } from './sample/profiles.js';
import { laterPosts, sampleWorld, type SampleWorld } from './sample/world.js';
import { sampleUsers } from './seed.js';
import { databaseFiles, startServices, type Services } from './services.js';
import { readState, STATE_VERSION, writeState, type State } from './state.js';

export interface Stack {
  readonly addresses: Addresses;
  readonly services: Services;
  readonly functions: Functions;
  readonly client: ApiClient;
  readonly world: SampleWorld;
  readonly state: State;
  readonly remember: (change: Partial<State>) => void;
  /** Where a host of the sample network stands. */
  readonly sampleOrigin: (host: string) => string;
  /** The sample posts that exist by now, with their hidden labels. */
  readonly samplePosts: () => readonly SamplePost[];
  readonly drained: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** So far back the sample begins, that the walkthrough's working days are over before the real present. */
const SAMPLE_DAYS = 9;
const LATER_POSTS = 400;
const HOST = '127.0.0.1';

/** Starts everything on the state in `folder`: services, functions, API, issuer, mailbox and the sample network. */
export const startStack = async (
  folder: string,
  basePort: number,
  clock: SampleClock,
  load = loadFunctions,
): Promise<Stack> => {
  const before = readState(folder);
  const mailboxFile = join(folder, 'mailbox.json');
  const keptMails = readMailbox(mailboxFile);
  await refuseInUse(databaseFiles(folder));
  const ports = portsFrom(basePort);
  const addresses: Addresses = {
    api: `http://${HOST}:${ports.api}`,
    issuer: `http://${HOST}:${ports.issuer}`,
    mailbox: `http://${HOST}:${ports.mailbox}`,
  };
  let state: State = before ?? {
    version: STATE_VERSION,
    today: localDate(minus(clock.now(), { days: SAMPLE_DAYS }), 'Asia/Jakarta'),
    ...addresses,
    seeded: false,
    // A database without its state has been used, nobody knows how far.
    walkthrough: existsSync(databaseFiles(folder)) ? 'begun' : 'due',
  };
  const remember = (change: Partial<State>): void => {
    state = { ...state, ...change };
    writeState(folder, state);
  };

  // Before anything else: the folder is known as ours from now on, whatever happens.
  remember(addresses);
  const services = await startServices(folder, ports.mailbox);
  restoreMailbox(keptMails);
  const world = sampleWorld(state.today);
  await publishSamplePacks(services.s3, world.contest);
  const network = await startSampleNetwork(world, ports.sampleHosts, clock);
  const users = sampleUsers(world.people);
  const issuer = await startIssuer(ports.issuer, addresses.api, (username) =>
    users.find((user) => user.username === username),
  );
  const places = { ...addresses, identities: network.identities };
  const functions = await load(services, places);
  const api = createAdaptorServer({ fetch: functions.serve }).listen(ports.api, HOST);
  await once(api, 'listening');
  const pumps = startPumps(services, functions);

  return {
    addresses,
    services,
    functions,
    client: apiClient(addresses),
    world,
    get state() {
      return state;
    },
    remember,
    sampleOrigin: network.originOf,
    samplePosts: network.posts,
    drained: pumps.drained,
    stop: async () => {
      const closed = once(api, 'close');
      api.close();
      await pumps.drained();
      await pumps.stop();
      keepMailbox(mailboxFile);
      // A browser holds its connections open for as long as it likes.
      if ('closeAllConnections' in api) api.closeAllConnections();
      await closed;
      await Promise.all([issuer.stop(), network.stop()]);
      await services.stop();
    },
  };
};

/** Each host of the sample network on a port of its own, so that the trouble of one is no trouble of another. */
const startSampleNetwork = async (world: SampleWorld, ports: readonly number[], clock: SampleClock) => {
  const hosts = [...new Set([...world.feeds, ...world.profiles].map(({ host }) => host))].sort();
  if (hosts.length > ports.length)
    throw new Error(`The sample network has ${hosts.length} hosts and ${ports.length} ports`);
  // What is posted later in the sample begins when the walkthrough is over and the real present is reached.
  const shift = { days: Math.ceil(millisecondsBetween(world.startsAt, clock.now()) / 86_400_000) };
  const later = laterPosts(world, LATER_POSTS).map((post) => ({
    ...post,
    postedAt: plus(post.postedAt, shift),
  }));
  const servers = await Promise.all(
    hosts.map(async (host, index) => {
      const here = { later, now: clock.now, port: ports[index] ?? 0 };
      const profiles = world.profiles.filter((profile) => profile.host === host);
      switch (profiles[0]?.network) {
        case 'bluesky':
          return [host, await startAtprotoServer({ ...here, accounts: profiles })] as const;
        case 'mastodon':
          return [host, await startMastodonServer({ ...here, accounts: profiles })] as const;
        case undefined: {
          const feeds = world.feeds.filter((feed) => feed.host === host);
          return [host, await startFeedServer({ ...here, accounts: feeds })] as const;
        }
      }
    }),
  );
  const origins = new Map(servers.map(([host, server]) => [host, server.origin]));
  const originOf = (host: string): string => origins.get(host) ?? `https://${host}`;
  return {
    posts: (): readonly SamplePost[] => {
      const at = clock.now();
      return [...[...world.feeds, ...world.profiles].flatMap(({ posts }) => posts), ...later].filter(
        ({ postedAt }) => postedAt <= at,
      );
    },
    originOf,
    identities: originOf(ATPROTO_HOST),
    stop: async () => {
      await Promise.all(servers.map(([, server]) => server.close()));
    },
  };
};

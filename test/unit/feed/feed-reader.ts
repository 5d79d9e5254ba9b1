import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { knownIn, withHandedOver, type WindowEntry } from '../../../shared/domain/scanning/account-scan.js';
import { sha256 } from '../../../shared/domain/ids.js';
import type { ContestCalendar } from '../../../shared/domain/calendar/contest.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import type { Reading } from '../../../shared/networks/connector.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, aContest, anAccount } from '../../fixtures/registry.js';
import type { FeedServer } from '../../servers-in-process/feed-server.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

const KEY = 'a key for tests';
export const USER_AGENT = 'Netral/0.1 (+https://sukamaju.example/netral)';

interface ReaderOptions {
  readonly limits?: { readonly pages: number; readonly posts: number };
  readonly cursor?: string;
  readonly deadline?: () => AbortSignal;
  readonly account?: Partial<Account>;
  readonly contest?: ContestCalendar;
}

/** Looks at one feed of a server again and again, and keeps what a collector would keep. */
export const feedReader = (server: FeedServer, path = '/feed', options: ReaderOptions = {}) => {
  const {
    limits = { pages: 5, posts: 200 },
    cursor: firstCursor = null,
    contest = aContest(),
    account: overrides = {},
    ...rest
  } = options;
  const handle = `${server.origin}${path}`;
  const account = anAccount({ ...overrides, handle, identity: { id: handle, host: server.host } });
  let now = NOW;
  let cursor: string | null = firstCursor;
  let window: WindowEntry[] = [];
  const fetch = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => now,
    guard: 'loopback',
    reach: () => feedConnector.reach,
    userAgent: USER_AGENT,
    ...rest,
  });
  return {
    cursor: () => cursor,
    wait: (duration: Duration) => {
      now = plus(now, duration);
    },
    look: async (): Promise<Reading> => {
      const permit = aPermit({ account, contests: [contest], at: now });
      const mark = { cursor, known: knownIn(window, KEY) };
      const reading = await feedConnector.read(permit, mark, {
        fetch,
        now: () => now,
        digest: sha256,
        limits,
      });
      ({ cursor } = reading);
      window = withHandedOver(window, reading.posts, KEY, now);
      return reading;
    },
  };
};

/** The keys of a reading's posts, in their order. */
export const keys = (reading: Reading): string[] =>
  reading.posts.map(({ uri }) => uri.slice(uri.indexOf('#') + 1));

import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import type { ContestCalendar } from '../../../shared/domain/calendar/contest.js';
import { sha256 } from '../../../shared/domain/ids.js';
import { knownIn, withHandedOver, type WindowEntry } from '../../../shared/domain/scanning/account-scan.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import type { Reading } from '../../../shared/networks/connector.js';
import { mastodonConnector } from '../../../shared/networks/mastodon/mastodon-connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, aContest, anAccount, anAgency } from '../../fixtures/registry.js';
import type { MastodonServer } from '../../servers-in-process/mastodon-server.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

const KEY = 'a key for tests';
const USER_AGENT = 'Netral/0.1 (+https://sukamaju.example/netral)';

interface ReaderOptions {
  readonly limits?: { readonly pages: number; readonly posts: number };
  readonly cursor?: string;
  readonly respectOptOuts?: boolean;
  readonly contest?: ContestCalendar;
}

/** Looks at account 109 of a server again and again, and keeps what a collector would keep. */
export const mastodonReader = (server: MastodonServer, options: ReaderOptions = {}) => {
  const {
    limits = { pages: 10, posts: 200 },
    cursor: firstCursor = null,
    respectOptOuts = false,
    contest = aContest(),
  } = options;
  const account = anAccount({
    network: 'mastodon',
    handle: `sari@${server.host}`,
    identity: { id: '109', host: server.host },
  });
  let now = NOW;
  let cursor: string | null = firstCursor;
  let window: WindowEntry[] = [];
  const fetch = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => now,
    guard: 'loopback',
    reach: () => mastodonConnector.reach,
    userAgent: USER_AGENT,
  });
  return {
    cursor: () => cursor,
    forget: () => {
      window = [];
    },
    wait: (duration: Duration) => {
      now = plus(now, duration);
    },
    look: async (): Promise<Reading> => {
      const agency = anAgency({ networks: { mastodonHosts: [server.host], respectOptOuts } });
      const permit = aPermit({ agency, account, contests: [contest], at: now });
      const reading = await mastodonConnector.read(
        permit,
        { cursor, known: knownIn(window, KEY) },
        { fetch, now: () => now, digest: sha256, limits, respectOptOuts },
      );
      ({ cursor } = reading);
      window = withHandedOver(window, reading.posts, KEY, now);
      return reading;
    },
  };
};

/** The last parts of the names of a reading's posts, in their order. */
export const ids = ({ posts }: Pick<Reading, 'posts'>): string[] =>
  posts.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1));

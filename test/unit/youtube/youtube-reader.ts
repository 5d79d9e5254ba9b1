import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { memoryQuotaStore } from '../../../shared/adapters/memory-quota-store.js';
import { quotaMeter } from '../../../shared/adapters/quota-meter.js';
import { sha256 } from '../../../shared/domain/ids.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import { IdentityLookup } from '../../../shared/domain/registry/permit.js';
import { knownIn, withHandedOver, type WindowEntry } from '../../../shared/domain/scanning/account-scan.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import type { QuotaStore } from '../../../shared/ports.js';
import type { IdentityAnswer, Reading } from '../../../shared/networks/connector.js';
import { youtubeConnector } from '../../../shared/networks/youtube/youtube-connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';
import type { ServedVideo, YoutubeServer } from '../../servers-in-process/youtube-server.js';

export const CHANNEL = `UC${'k'.repeat(22)}`;
/** Of the keyed hashes. */
const KEY = 'a key for tests';

export const aVideo = (ordinal: number, video: Partial<ServedVideo> = {}): ServedVideo => ({
  id: `v${String(ordinal).padStart(10, '0')}`,
  channel: CHANNEL,
  title: `Video ${ordinal}`,
  description: `keterangan ${ordinal}`,
  publishedAt: plus(NOW, { minutes: ordinal - 1000 }),
  ...video,
});

export const aChannel = { id: CHANNEL, handle: '@Sari', description: 'Guru. Kode: netral-7f3a' };

/** Asks and looks as the functions do, and keeps what a collector would keep. */
export const youtubeReader = (
  server: YoutubeServer,
  limits = { pages: 10, posts: 200 },
  key: string | null = null,
  quotas: QuotaStore = memoryQuotaStore(),
) => {
  const connector = youtubeConnector({ api: server.origin });
  let now = NOW;
  let cursor: string | null = null;
  let window: WindowEntry[] = [];
  const fetch = guardedFetch({
    credential: (_network, host) =>
      Promise.resolve<Record<string, string>>(
        key === null || host !== new URL(server.origin).host ? {} : { 'x-goog-api-key': key },
      ),
    meter: quotaMeter(quotas, () => now),
    now: () => now,
    guard: 'loopback',
    reach: () => connector.reach,
    userAgent: 'Netral/0.1 (+https://sukamaju.example/netral)',
  });
  const account = anAccount({
    network: 'youtube',
    handle: '@sari',
    identity: { id: CHANNEL, host: new URL(server.origin).host },
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
      const reading = await connector.read(
        aPermit({ agency: anAgency(), account, at: now }),
        { cursor, known: knownIn(window, KEY) },
        { fetch, now: () => now, digest: sha256, limits },
      );
      ({ cursor } = reading);
      window = withHandedOver(window, reading.posts, KEY, now);
      return reading;
    },
    identify: (overrides: Partial<Account> = {}): Promise<IdentityAnswer> => {
      const permission = IdentityLookup.request({
        agency: anAgency(),
        contests: [aContest()],
        account: { ...account, identity: null, ...overrides },
        handleHost: null,
        at: now,
      });
      if (permission.kind !== 'granted') throw new Error(`No leave: ${permission.kind}`);
      return connector.identify(permission.lookup, { fetch, now: () => now });
    },
  };
};

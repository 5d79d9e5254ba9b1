import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { guardedFetch } from '../../shared/adapters/guarded-fetch.js';
import { sha256 } from '../../shared/domain/ids.js';
import type { Account } from '../../shared/domain/registry/account.js';
import { knownIn, withHandedOver, type WindowEntry } from '../../shared/domain/scanning/account-scan.js';
import { instant, localDate, minus, plus, type Instant } from '../../shared/domain/time.js';
import { blueskyConnector } from '../../shared/networks/bluesky/bluesky-connector.js';
import type { Reading } from '../../shared/networks/connector.js';
import { aLookup } from '../fixtures/lookup.js';
import { aPermit } from '../fixtures/permit.js';
import { aContest, anAccount, anAgency } from '../fixtures/registry.js';
import { hasRealServers, startRealServers } from '../servers-in-process/real-atproto.js';
import { noCredential, unmetered } from '../fixtures/no-credential.js';

const KEY = 'a key for tests';
const Enrolled = z.object({ did: z.string() });

const now = (): Instant => instant(new Date());
const day = (days: number) => localDate(plus(now(), { days }), 'Asia/Jakarta');

/** Gates, a contest and an account that are in force while the servers' real clock runs. */
const around = () => {
  const agency = anAgency();
  const stages = [{ stage: 'campaign' as const, from: day(-10), to: day(10), source: 'Jadwal contoh' }];
  const { instrument } = agency.gates;
  return {
    agency: {
      ...agency,
      gates: {
        ...agency.gates,
        instrument: instrument === null ? null : { ...instrument, validUntil: day(30) },
      },
    },
    contests: [aContest({ stages })],
  };
};

describe.skipIf(!hasRealServers())('Bluesky, on a real server', () => {
  let servers: Awaited<ReturnType<typeof startRealServers>>;
  let connector: ReturnType<typeof blueskyConnector>;
  const asked: string[] = [];
  let fetch: ReturnType<typeof guardedFetch>;

  beforeAll(async () => {
    servers = await startRealServers();
    connector = blueskyConnector({
      guard: 'loopback',
      plcDirectory: servers.directory,
      appView: servers.origin,
    });
    const guarded = guardedFetch({
      credential: noCredential,
      meter: unmetered,
      now,
      guard: 'loopback',
      reach: () => connector.reach,
      userAgent: 'Netral/1 (+https://sukamaju.example/netral)',
    });
    fetch = (permit, request) => {
      asked.push(request.url);
      return guarded(permit, request);
    };
  }, 120_000);
  afterAll(async () => {
    const origins = new Set(asked.map((url) => new URL(url).origin));
    await servers.stop();
    expect([...origins].filter((origin) => !origin.startsWith('http://localhost:'))).toEqual([]);
  });

  const accountAt = (did: string, handle: string, origin = servers.origin): Account =>
    anAccount({
      network: 'bluesky',
      handle,
      identity: { id: did, host: new URL(origin).host },
      effectiveFrom: day(-5),
    });

  /** A new account, and a collector that keeps what the real one keeps. */
  const reader = async (handle: string) => {
    const { did } = Enrolled.parse(await servers.tell('enrol', { handle }));
    const account = accountAt(did, handle);
    let cursor: string | null = null;
    let window: readonly WindowEntry[] = [];
    return {
      did,
      account,
      post: (text: string, more: Readonly<Record<string, unknown>> = {}) =>
        servers.store('post', { handle, text, ...more }),
      look: async (): Promise<Reading> => {
        const reading = await connector.read(
          aPermit({ ...around(), account, at: now() }),
          { cursor, known: knownIn(window, KEY) },
          { fetch, now, digest: sha256, limits: { pages: 10, posts: 200 } },
        );
        ({ cursor } = reading);
        window = withHandedOver([...window], reading.posts, KEY, now());
        return reading;
      },
    };
  };

  it('reads posts, replies, quotes and reposts with what they point to, and then asks once', async () => {
    const ani = await reader('ani.test');
    const sari = await reader('sari.test');
    const subject = await ani.post('Candra–Dewi menang debat semalam');
    const ref = { uri: subject.uri, cid: subject.cid };
    await sari.post('Selamat pagi #sukamaju, kabar di https://sukamaju.example/berita');
    await sari.post('Setuju!', { reply: { root: ref, parent: ref } });
    await sari.post('Baca ini', { embed: { $type: 'app.bsky.embed.record', record: ref } });
    const external = { uri: 'https://sukamaju.example/', title: 'Jadwal debat', description: 'Besok malam' };
    await sari.post('Tautan', { embed: { $type: 'app.bsky.embed.external', external } });
    await servers.store('repost', { handle: 'sari.test', ...ref });

    const look = await sari.look();
    expect(look).toMatchObject({ reason: 'seen', deleted: [], throttle: null });
    const text = 'Candra–Dewi menang debat semalam';
    expect(
      look.posts.map(({ kind, parts, context }) => [kind, parts.map((part) => part.text), context]),
    ).toEqual([
      ['share', [], { relation: 'share', text }],
      ['post', ['Tautan', 'Jadwal debat', 'Besok malam'], null],
      ['quote', ['Baca ini'], { relation: 'quote', text }],
      ['reply', ['Setuju!'], { relation: 'reply-to', text }],
      ['post', ['Selamat pagi #sukamaju, kabar di https://sukamaju.example/berita'], null],
    ]);
    expect(JSON.stringify(look.posts)).not.toContain(ani.did);

    asked.length = 0;
    expect(await sari.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
    expect(asked).toHaveLength(1);
  });

  it('sees an edit, and a deletion at the second look that misses the post', async () => {
    const budi = await reader('budi.test');
    const kept = await budi.post('Rapat pukul sembilan');
    const doomed = await budi.post('Nanti dihapus');
    await budi.look();
    const edited = await servers.store('edit', {
      handle: 'budi.test',
      uri: kept.uri,
      text: 'Rapat pukul sepuluh',
    });
    expect((await budi.look()).posts).toMatchObject([
      { uri: kept.uri, version: edited.cid, edited: true, parts: [{ text: 'Rapat pukul sepuluh' }] },
    ]);
    await servers.tell('remove', { handle: 'budi.test', uri: doomed.uri });
    expect((await budi.look()).deleted).toEqual([]);
    expect((await budi.look()).deleted).toEqual([{ uri: doomed.uri, version: doomed.cid }]);
    expect(await budi.look()).toMatchObject({ posts: [], deleted: [], reason: 'nothing-new' });
  });

  it('reads more than a page, each post once', async () => {
    const citra = await reader('citra.test');
    const uris: string[] = [];
    for (let ordinal = 0; ordinal < 120; ordinal += 1)
      uris.push((await citra.post(`Catatan ${ordinal}`)).uri);
    const look = await citra.look();
    expect(look.reason).toBe('seen');
    expect(look.posts.map(({ uri }) => uri).sort()).toEqual(uris.sort());
    expect((await citra.look()).posts).toEqual([]);
  });

  it('reads no post that claims to be older than its key as old, and none from the future as later than now', async () => {
    const dian = await reader('dian.test');
    const backdated = minus(now(), { days: 900 });
    await dian.post('Tertanggal lama', { createdAt: backdated });
    await dian.post('Tertanggal nanti', { createdAt: plus(now(), { days: 900 }) });
    const { posts } = await dian.look();
    expect(posts).toHaveLength(2);
    for (const { postedAt } of posts)
      expect(postedAt > minus(now(), { hours: 1 }) && postedAt <= now()).toBe(true);
  });

  it('does not read who asks not to be shown to strangers', async () => {
    const eka = await reader('eka.test');
    await eka.post('Hanya untuk yang masuk');
    const labels = {
      $type: 'com.atproto.label.defs#selfLabels',
      values: [{ val: '!no-unauthenticated' }],
    };
    const record = { $type: 'app.bsky.actor.profile', labels };
    await servers.tell('put', {
      handle: 'eka.test',
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
      record,
    });
    expect(await eka.look()).toMatchObject({ posts: [], reason: 'private' });
    expect(await eka.look()).toMatchObject({ posts: [], reason: 'private' });
  });

  it('tells an account that was deactivated from one that was taken down, and goes on when either is back', async () => {
    const fajar = await reader('fajar.test');
    await fajar.post('satu');
    await fajar.look();
    await servers.tell('deactivate', { handle: 'fajar.test' });
    expect(await fajar.look()).toMatchObject({ posts: [], deleted: [], reason: 'gone', stop: false });
    await servers.tell('activate', { handle: 'fajar.test' });
    await servers.tell('takeDown', { handle: 'fajar.test', applied: true });
    expect(await fajar.look()).toMatchObject({ posts: [], deleted: [], reason: 'suspended', stop: false });
    await servers.tell('takeDown', { handle: 'fajar.test', applied: false });
    await fajar.post('dua');
    expect((await fajar.look()).posts.map(({ parts }) => parts[0]!.text)).toEqual(['dua']);
  });

  it('knows who a handle is, also after it was changed', async () => {
    const gita = await reader('gita.test');
    const { identity } = gita.account;
    const first = aLookup({ ...around(), account: { ...gita.account, identity: null }, at: now() });
    expect(await connector.identify(first, { fetch, now })).toMatchObject({
      kind: 'found',
      identity,
      handle: 'gita.test',
    });
    await servers.tell('rename', { handle: 'gita.test', to: 'gita-baru.test' });
    const later = aLookup({ ...around(), account: gita.account, at: now() });
    expect(await connector.identify(later, { fetch, now })).toMatchObject({
      kind: 'found',
      identity,
      handle: 'gita-baru.test',
    });
    const unknown = { ...gita.account, identity: null, handle: 'nobody.test' };
    expect(
      await connector.identify(aLookup({ ...around(), account: unknown, at: now() }), { fetch, now }),
    ).toEqual({ kind: 'not-found' });
  });

  it('leaves a server in peace that has had its 3,000 calls', async () => {
    const { origin } = z.object({ origin: z.string() }).parse(await servers.tell('limited', {}));
    const account = accountAt('did:plc:sarilestari2345677222222', 'sari.test', origin);
    const call = async (): Promise<Reading> =>
      connector.read(
        aPermit({ ...around(), account, at: now() }),
        { cursor: null, known: () => 'new' },
        { fetch, now, digest: sha256, limits: { pages: 10, posts: 200 } },
      );
    const address = `${origin}/xrpc/com.atproto.sync.getRepoStatus?did=did:plc:sarilestari2345677222222`;
    const statuses: number[] = [];
    for (let round = 0; round < 120; round += 1)
      statuses.push(
        ...(await Promise.all(
          Array.from({ length: 25 }, async () => {
            const response = await globalThis.fetch(address);
            await response.text();
            return response.status;
          }),
        )),
      );
    expect([statuses.length, statuses.filter((status) => status === 429).length]).toEqual([3000, 0]);
    const reading = await call();
    expect(reading).toMatchObject({ posts: [], reason: 'throttled', throttle: { scope: 'host' } });
    expect(reading.throttle!.retryAt > now()).toBe(true);
    expect(reading.throttle!.retryAt <= plus(now(), { minutes: 6 })).toBe(true);
  });
});

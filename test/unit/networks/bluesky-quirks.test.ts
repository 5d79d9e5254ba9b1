import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { sha256 } from '../../../shared/domain/ids.js';
import { blueskyConnector } from '../../../shared/networks/bluesky/bluesky-connector.js';
import type { Reading } from '../../../shared/networks/connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';
import { startAtprotoServer, tid, type AtprotoServer } from '../../servers-in-process/atproto-server.js';
import { status } from '../../servers-in-process/feed-server.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

const SARI = 'did:plc:sarilestari2345677222222';
const ANI = 'did:plc:ani345677222222222222222';
const POSTS = 'app.bsky.feed.post';
const createdAt = '2026-11-23T04:00:00.000Z';
const KEY = tid(Date.parse(createdAt));

let home: AtprotoServer;
let away: AtprotoServer;
let look: () => Promise<Reading>;

beforeEach(async () => {
  [home, away] = [await startAtprotoServer(), await startAtprotoServer()];
  home.enrol(SARI, 'sari.sukamaju.example');
  home.enrol(ANI, 'ani.sukamaju.example', away.origin);
  away.enrol(ANI, 'ani.sukamaju.example');
  const connector = blueskyConnector({ guard: 'loopback', plcDirectory: home.origin, appView: home.origin });
  const fetch = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => NOW,
    guard: 'loopback',
    reach: () => connector.reach,
    userAgent: 'Netral/1 (+https://sukamaju.example/netral)',
  });
  const permit = aPermit({
    account: anAccount({ network: 'bluesky', identity: { id: SARI, host: home.host } }),
  });
  let cursor: string | null = null;
  look = async () => {
    const mark = { cursor, known: () => 'new' as const };
    const reading = await connector.read(permit, mark, {
      fetch,
      now: () => NOW,
      digest: sha256,
      limits: { pages: 5, posts: 100 },
    });
    ({ cursor } = reading);
    return reading;
  };
});
afterEach(async () => {
  const faults = [...home.faults, ...away.faults];
  await Promise.all([home.close(), away.close()]);
  expect(faults).toEqual([]);
});

const quote = (cid: string): void => {
  const record = { uri: `at://${ANI}/${POSTS}/${KEY}`, cid };
  home.put(SARI, POSTS, KEY, { text: 'Baca', createdAt, embed: { $type: 'app.bsky.embed.record', record } });
};

describe('what a post points to', () => {
  it('is read from the server of its author, without the author', async () => {
    quote(away.put(ANI, POSTS, KEY, { text: 'Debat malam ini', createdAt }));
    const { posts } = await look();
    expect(posts).toMatchObject([{ kind: 'quote', context: { relation: 'quote', text: 'Debat malam ini' } }]);
    expect(JSON.stringify(posts)).not.toContain(ANI);
    expect(away.calls).toEqual(['com.atproto.repo.getRecord']);
  });

  it.each([
    [
      'was deleted',
      () => {
        away.remove(ANI, POSTS, KEY);
      },
    ],
    ['says something else by now', () => away.put(ANI, POSTS, KEY, { text: 'Lain', createdAt })],
    [
      'is of an account that is locked',
      () => {
        away.setStatus(ANI, 'suspended');
      },
    ],
    [
      'is of an identity that was ended',
      () => {
        home.end(ANI);
      },
    ],
  ])('has no words where it %s', async (_, happens) => {
    quote(away.put(ANI, POSTS, KEY, { text: 'Debat malam ini', createdAt }));
    happens();
    expect((await look()).posts).toMatchObject([{ kind: 'quote', context: null }]);
  });

  it('is waited for while its server is away, at three looks and no more', async () => {
    quote(away.put(ANI, POSTS, KEY, { text: 'Debat malam ini', createdAt }));
    away.on('*', status(503));
    expect([(await look()).posts, (await look()).posts]).toEqual([[], []]);
    expect((await look()).posts).toMatchObject([{ context: null }]);
    expect((await look()).posts).toEqual([]);
  });

  it('is read once its server is back', async () => {
    quote(away.put(ANI, POSTS, KEY, { text: 'Debat malam ini', createdAt }));
    away.on('*', status(503));
    await look();
    away.on('*', null);
    expect((await look()).posts).toMatchObject([{ context: { text: 'Debat malam ini' } }]);
  });
});

describe('a key of the holder’s own choice', () => {
  it('hides neither its post nor later ones', async () => {
    home.put(SARI, POSTS, 'zzzzzzzzzzzzz', { text: 'di atas', createdAt });
    await look();
    home.put(SARI, POSTS, KEY, { text: 'di bawah', createdAt });
    expect((await look()).posts).toMatchObject([{ parts: [{ text: 'di bawah' }] }]);
  });
});

describe('an account that is not shown', () => {
  it.each<[string, () => void, Partial<Reading>]>([
    [
      'moved to another server',
      () => {
        home.enrol(SARI, 'sari.sukamaju.example', away.origin);
      },
      { reason: 'renamed' },
    ],
    [
      'was ended by its directory',
      () => {
        home.end(SARI);
      },
      { reason: 'gone', stop: true },
    ],
    ['is unknown', () => undefined, { reason: 'gone', stop: false }],
  ])('%s', async (_, happens, end) => {
    home.setStatus(SARI, 'unknown');
    happens();
    expect(await look()).toMatchObject({ posts: [], deleted: [], ...end });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import { plus } from '../../../shared/domain/time.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { aLookup } from '../../fixtures/lookup.js';
import { NOW, anAccount } from '../../fixtures/registry.js';
import {
  document,
  redirect,
  startFeedServer,
  status,
  type FeedServer,
  type Play,
} from '../../servers-in-process/feed-server.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  const { faults } = server;
  await server.close();
  expect(faults).toEqual([]);
});

const ASKED: Account['proof'] = {
  kind: 'asked',
  at: NOW,
  until: plus(NOW, { days: 7 }),
  epoch: 1,
  missedAt: null,
};

const identify = (proof: Account['proof'] = null) => {
  const handle = `${server.origin}/feed`;
  const account = anAccount({ handle, identity: { id: handle, host: server.host }, proof });
  const fetch = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => NOW,
    guard: 'loopback',
    reach: () => feedConnector.reach,
    userAgent: 'Netral/0.1 (+https://sukamaju.example/netral)',
  });
  return feedConnector.identify(aLookup({ account }), { fetch, now: () => NOW });
};

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:sari</id><title>Catatan Sari</title><subtitle>Guru, <![CDATA[netral-abc]]></subtitle>
  <link rel="me" href="https://netral.example/open/me/x"/><link href="https://sari.example/"/>
  <entry><id>1</id><title>Pagi</title><content type="html">&lt;p&gt;netral-def&lt;/p&gt;</content></entry>
  <entry><id>2</id><title>Dari lain</title><source><id>urn:lain</id></source><content>netral-ghi</content></entry>
</feed>`;

describe('who a feed is', () => {
  it('is its address; it is told what the feed says of itself and reads no posts', async () => {
    server.on('/feed', document(ATOM));
    const handle = `${server.origin}/feed`;
    expect(await identify()).toEqual({
      kind: 'found',
      identity: { id: handle, host: server.host },
      handle,
      declares: [
        { where: 'profile', text: 'Guru, netral-abc' },
        { where: 'profile', text: 'Catatan Sari' },
      ],
      links: [{ href: 'https://netral.example/open/me/x', isMe: true }],
    });
  });

  it('reads the newest of its own posts where the holder was given a code, and none that it took from others', async () => {
    server.on('/feed', document(ATOM));
    const answer = await identify(ASKED);
    const posts = answer.kind === 'found' ? answer.declares.filter(({ where }) => where === 'post') : [];
    expect(posts.map(({ text }) => text)).toEqual(['Pagi', 'netral-def']);
  });

  it('reads no posts for a code of a registration that has lapsed', async () => {
    server.on('/feed', document(ATOM));
    const answer = await identify({ ...ASKED, epoch: 2 });
    expect(answer).toMatchObject({ kind: 'found', declares: [{ where: 'profile' }, { where: 'profile' }] });
  });

  it.each<[string, Play, string]>([
    ['404', status(404), 'not-found'],
    ['410', status(410), 'not-found'],
    ['403', status(403), 'opted-out'],
    ['429', status(429), 'throttled'],
    ['500', status(500), 'unreachable'],
    ['a web page', document('<!doctype html><p>Masuk</p>'), 'malformed'],
    ['a redirect into a private network', redirect(302, 'http://10.0.0.1/'), 'unreachable'],
  ])('%s is %s', async (_, play, kind) => {
    server.on('/feed', play);
    expect((await identify()).kind).toBe(kind);
  });
});

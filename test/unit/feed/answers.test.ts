import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEntry, rss } from '../../fixtures/feeds.js';
import {
  document,
  drip,
  endlessBody,
  gzipBomb,
  hangUp,
  redirect,
  silence,
  startFeedServer,
  status,
  type FeedServer,
  type Play,
} from '../../servers-in-process/feed-server.js';
import { feedReader } from './feed-reader.js';

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  const { faults } = server;
  await server.close();
  expect(faults).toEqual([]);
});

const HTML = '<!doctype html><html><head><title>Masuk</title></head><body><p>Silakan masuk</p></body></html>';

describe('what a look comes to', () => {
  it.each<[string, Play, string]>([
    ['401', status(401), 'private'],
    ['403', status(403), 'private'],
    ['404', status(404), 'gone'],
    ['500', status(500), 'unreachable'],
    ['304 without having asked', status(304), 'malformed'],
    ['a web page', document(HTML, { 'content-type': 'text/html' }), 'malformed'],
    ['an empty body', document(''), 'malformed'],
    ['half a document', document(rss([anEntry()]).slice(0, 60)), 'malformed'],
    ['garbage', document(Buffer.from([0, 159, 146, 150, 255, 254])), 'malformed'],
    ['JSON that is no feed', document('{"error":"no"}'), 'malformed'],
    ['a bomb', gzipBomb, 'malformed'],
    ['a body that never ends', endlessBody, 'malformed'],
    ['a broken connection', hangUp, 'unreachable'],
    ['a redirect to a private address', redirect(302, 'http://10.0.0.1/feed'), 'unreachable'],
    ['a redirect in a circle', redirect(302, '/feed'), 'unreachable'],
  ])('%s', async (_, play, reason) => {
    server.on('/feed', play);
    expect(await feedReader(server).look()).toEqual({
      posts: [],
      deleted: [],
      cursor: null,
      reason,
      throttle: null,
      notBefore: null,
      stop: false,
    });
  });

  it.each([
    ['an answer that never comes', silence],
    ['an answer that drips', drip],
  ])('%s', async (_, play) => {
    const deadline = new AbortController();
    server.on(
      '/feed',
      play(() => {
        deadline.abort();
      }),
    );
    const reader = feedReader(server, '/feed', { deadline: () => deadline.signal });
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'unreachable', stop: false });
  });

  it('410 stops the feed for good', async () => {
    server.on('/feed', status(410));
    expect(await feedReader(server).look()).toMatchObject({ posts: [], reason: 'gone', stop: true });
  });

  it('a failure keeps what was read before', async () => {
    server.on('/feed', document(rss([anEntry()])), status(500), document(rss([anEntry()])));
    const reader = feedReader(server);
    await reader.look();
    const kept = reader.cursor();
    expect(await reader.look()).toMatchObject({ reason: 'unreachable', cursor: kept });
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
  });
});

describe('a host that asks us to slow down', () => {
  it.each([
    [429, '120', '2026-11-23T05:02:00.000Z'],
    [503, '120', '2026-11-23T05:02:00.000Z'],
    [429, 'Mon, 23 Nov 2026 06:30:00 GMT', '2026-11-23T06:30:00.000Z'],
    [429, '99999999', '2026-11-24T05:00:00.000Z'],
    [429, '9'.repeat(400), '2026-11-24T05:00:00.000Z'],
    [429, 'Mon, 23 Nov 2026 04:00:00 GMT', '2026-11-23T05:15:00.000Z'],
    [429, 'soon', '2026-11-23T05:15:00.000Z'],
    [429, '0', '2026-11-23T05:15:00.000Z'],
  ])('with %i and Retry-After %s', async (code, header, retryAt) => {
    server.on('/feed', status(code, { 'retry-after': header }));
    expect(await feedReader(server).look()).toMatchObject({
      reason: 'throttled',
      throttle: { retryAt, scope: 'host' },
      stop: false,
    });
  });

  it('without saying for how long is left alone twice as long each time, for a day at most', async () => {
    server.on('/feed', status(429));
    const reader = feedReader(server);
    const waits: (string | undefined)[] = [];
    for (let look = 0; look < 9; look += 1) waits.push((await reader.look()).throttle?.retryAt.slice(8, 16));
    expect(waits).toEqual([
      '23T05:15',
      '23T05:30',
      '23T06:00',
      '23T07:00',
      '23T09:00',
      '23T13:00',
      '23T21:00',
      '24T05:00',
      '24T05:00',
    ]);
  });

  it('is forgiven after one good answer', async () => {
    server.on('/feed', status(429), status(429), document(rss([])), status(429));
    const reader = feedReader(server);
    for (let look = 0; look < 3; look += 1) await reader.look();
    expect(await reader.look()).toMatchObject({ throttle: { retryAt: '2026-11-23T05:15:00.000Z' } });
  });
});

describe('how long a feed wants to be left alone', () => {
  it.each<[string, string, Record<string, string>, string | null]>([
    ['its ttl', '<ttl>60</ttl>', {}, '2026-11-23T06:00:00.000Z'],
    ['max-age', '', { 'cache-control': 'public, max-age=7200' }, '2026-11-23T07:00:00.000Z'],
    ['Expires', '', { expires: 'Mon, 23 Nov 2026 08:00:00 GMT' }, '2026-11-23T08:00:00.000Z'],
    [
      'max-age before Expires',
      '',
      { 'cache-control': 'max-age=7200', expires: 'Mon, 23 Nov 2026 08:00:00 GMT' },
      '2026-11-23T07:00:00.000Z',
    ],
    [
      'the longer of ttl and max-age',
      '<ttl>60</ttl>',
      { 'cache-control': 'max-age=7200' },
      '2026-11-23T07:00:00.000Z',
    ],
    ['a day at most', '<ttl>99999</ttl>', {}, '2026-11-24T05:00:00.000Z'],
    ['not said', '', {}, null],
    ['less than our own pause', '<ttl>15</ttl>', { 'cache-control': 'max-age=60' }, null],
    ['nonsense', '<ttl>-5.5</ttl>', { 'cache-control': 'max-age=x', expires: '0' }, null],
  ])('%s', async (_, channel, headers, notBefore) => {
    server.on('/feed', document(rss([], channel), headers));
    expect(await feedReader(server).look()).toMatchObject({ reason: 'nothing-new', notBefore });
  });

  it('is remembered when nothing changed', async () => {
    server.on('/feed', document(rss([], '<ttl>60</ttl>'), { etag: 'W/"1"' }));
    const reader = feedReader(server);
    await reader.look();
    reader.wait({ hours: 1 });
    expect(await reader.look()).toMatchObject({
      reason: 'nothing-new',
      notBefore: '2026-11-23T07:00:00.000Z',
    });
  });
});

describe('a feed that moves', () => {
  const paths = (): string[] => server.requests.map(({ path }) => path);

  it('for good is asked at its new place after two looks that said so', async () => {
    server.on('/feed', redirect(301, '/new'));
    server.on('/new', document(rss([anEntry()]), { etag: '"1"' }));
    const reader = feedReader(server);
    const first = await reader.look();
    for (let look = 0; look < 2; look += 1) await reader.look();
    expect(paths()).toEqual(['/feed', '/new', '/feed', '/new', '/new']);
    expect(first.posts.map(({ uri }) => uri)).toEqual([`${server.origin}/feed#post-1`]);
  });

  it.each([302, 303, 307])('for a while (%i) is asked at its own place', async (code) => {
    server.on('/feed', redirect(code, '/new'));
    server.on('/new', document(rss([])));
    const reader = feedReader(server);
    for (let look = 0; look < 3; look += 1) await reader.look();
    expect(paths()).toEqual(['/feed', '/new', '/feed', '/new', '/feed', '/new']);
  });

  it('to another host is followed each time but not remembered', async () => {
    const other = await startFeedServer();
    other.on('/new', document(rss([anEntry()]), { etag: '"1"' }));
    server.on('/feed', redirect(308, `${other.origin}/new`));
    const reader = feedReader(server);
    for (let look = 0; look < 3; look += 1) await reader.look();
    const { faults, requests } = other;
    await other.close();
    expect(faults).toEqual([]);
    expect([paths().length, requests.length]).toEqual([3, 3]);
  });

  it('and is then gone from its new place is sought where it was declared', async () => {
    server.on('/feed', redirect(301, '/new'), redirect(301, '/new'), document(rss([])));
    server.on('/new', document(rss([])), document(rss([])), status(404));
    const reader = feedReader(server);
    for (let look = 0; look < 2; look += 1) await reader.look();
    expect(await reader.look()).toMatchObject({ reason: 'gone', stop: false });
    expect(await reader.look()).toMatchObject({ reason: 'nothing-new' });
  });
});

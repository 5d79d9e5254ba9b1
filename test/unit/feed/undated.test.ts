import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEntry, entries, jsonFeed } from '../../fixtures/feeds.js';
import { aContest, NOW } from '../../fixtures/registry.js';
import { document, startFeedServer, status, type FeedServer } from '../../servers-in-process/feed-server.js';
import { feedReader, keys } from './feed-reader.js';

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(async () => {
  const { faults } = server;
  await server.close();
  expect(faults).toEqual([]);
});

const undated = (id: string, html = `Catatan ${id}`) => ({ id, html });
const rssWith = (pubDate: string): string =>
  `<rss version="2.0"><channel><title>x</title><item><guid>lama</guid><title>Satu</title>${pubDate}</item></channel></rss>`;

describe('an entry whose date nobody can tell', () => {
  it.each([
    ['is absent', ''],
    ['is in no known words', '<pubDate>Lundi, 05 Aot 2019</pubDate>'],
    ['may be in May or in August', '<pubDate>05/08/2026 10:00</pubDate>'],
  ])('because it %s is not handed over at the first look, nor later', async (_, pubDate) => {
    server.on('/feed', document(rssWith(pubDate)));
    const reader = feedReader(server);
    expect((await reader.look()).posts).toEqual([]);
    reader.wait({ days: 8 });
    expect((await reader.look()).posts).toEqual([]);
  });

  it('is not dated by a change where its own date is there and unreadable', async () => {
    const changed = anEntry({ published: 'entah kapan', updated: '2026-11-23T04:00:00Z' });
    server.on('/feed', document(jsonFeed([changed])));
    expect((await feedReader(server).look()).posts).toEqual([]);
  });

  it('is dated to its capture when it appears at a later look', async () => {
    const before = [anEntry(), undated('lama')];
    server.on('/feed', document(jsonFeed(before)), document(jsonFeed([undated('baru'), ...before])));
    const reader = feedReader(server);
    await reader.look();
    reader.wait({ hours: 1 });
    const reading = await reader.look();
    expect(keys(reading)).toEqual(['baru']);
    expect(reading.posts[0]?.postedAt).toBe('2026-11-23T06:00:00.000Z');
  });

  it('is new in a feed that was empty', async () => {
    server.on('/feed', document(jsonFeed([])), document(jsonFeed([undated('pertama')])));
    const reader = feedReader(server);
    await reader.look();
    expect(keys(await reader.look())).toEqual(['pertama']);
  });

  it('is held back whatever becomes of its words, until it bears a date', async () => {
    server.on(
      '/feed',
      document(jsonFeed([undated('lama')])),
      document(jsonFeed([undated('lama', 'Lain')])),
      document(jsonFeed([anEntry({ id: 'lama', html: 'Lain' })])),
    );
    const reader = feedReader(server);
    await reader.look();
    expect((await reader.look()).posts).toEqual([]);
    expect((await reader.look()).posts).toMatchObject([
      { edited: false, postedAt: '2026-11-23T04:00:00.000Z' },
    ]);
  });

  it('is handed over again when its words change, if it was new when it appeared', async () => {
    server.on(
      '/feed',
      document(jsonFeed([])),
      document(jsonFeed([undated('baru')])),
      document(jsonFeed([undated('baru', 'Lain')])),
    );
    const reader = feedReader(server);
    await reader.look();
    await reader.look();
    expect((await reader.look()).posts).toMatchObject([{ edited: true, parts: [{ text: 'Lain' }] }]);
  });

  it('may be old as long as the feed was not read to its end', async () => {
    server.on('/feed', document(jsonFeed(entries(2), '/feed?page=2')));
    server.on(
      '/feed?page=2',
      document(jsonFeed([undated('lama'), ...entries(1, '2026-11-22T04:00:00Z', 'older')])),
    );
    const reader = feedReader(server, '/feed', { limits: { pages: 1, posts: 200 } });
    await reader.look();
    const wider = feedReader(server, '/feed', { cursor: reader.cursor() ?? '' });
    expect(keys(await wider.look())).toEqual(['older-1']);
  });

  it('may be old when the look before it was turned away', async () => {
    server.on('/feed', status(429), document(jsonFeed([undated('lama')])));
    const reader = feedReader(server);
    await reader.look();
    expect(reader.cursor()).not.toBeNull();
    expect((await reader.look()).posts).toEqual([]);
  });

  it.each([
    ['after a pause', { epoch: 2 }, '2026-09-01'],
    ['in another contest', {}, '2026-11-01'],
  ])('may be from before the permit at the first look %s', async (_, account, from) => {
    server.on(
      '/feed',
      document(jsonFeed([])),
      document(jsonFeed([undated('jeda')])),
      document(jsonFeed([undated('baru'), undated('jeda')])),
    );
    const before = feedReader(server);
    await before.look();
    const [first, ...later] = aContest().stages.filter(({ from: starts }) => starts >= from);
    const after = feedReader(server, '/feed', {
      cursor: before.cursor() ?? '',
      account,
      contest: aContest({ stages: [first!, ...later] }),
    });
    expect((await after.look()).posts).toEqual([]);
    const reading = await after.look();
    expect(keys(reading)).toEqual(['baru']);
    expect(reading.posts[0]?.capturedAt).toBe(NOW);
  });
});

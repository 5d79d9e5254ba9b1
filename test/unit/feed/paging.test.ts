import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEntry, atom, entries, jsonFeed, rss } from '../../fixtures/feeds.js';
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

const paths = (): string[] => server.requests.map(({ path }) => path);

/** Twelve entries on pages of four, each page with a link to the next. */
const threePages = (count = 12): void => {
  const all = entries(count);
  const page = (index: number): string =>
    jsonFeed(all.slice(index * 4, index * 4 + 4), `/feed?page=${index + 2}`);
  server.on('/feed', document(page(0)));
  server.on('/feed?page=2', document(page(1)));
  server.on('/feed?page=3', document(jsonFeed(all.slice(8))));
};

describe('pages', () => {
  it('are read to the last one', async () => {
    threePages();
    const reading = await feedReader(server).look();
    expect(reading.reason).toBe('seen');
    expect(keys(reading)).toEqual(entries(12).map(({ id }) => id));
  });

  it('of Atom are linked by rel="next"', async () => {
    server.on('/feed', document(atom(entries(1), '<link rel="next" href="feed?page=2#top"/>')));
    server.on('/feed?page=2', document(atom(entries(1, '2026-11-22T04:00:00Z', 'older'))));
    expect(keys(await feedReader(server).look())).toEqual(['post-1', 'older-1']);
  });

  it('are left as soon as one ends with a known post', async () => {
    threePages();
    const reader = feedReader(server);
    await reader.look();
    await reader.look();
    expect(paths()).toEqual(['/feed', '/feed?page=2', '/feed?page=3', '/feed']);
  });

  it('are not left for a known post that is pinned to the top', async () => {
    const pinned = anEntry({ id: 'pinned', published: '2026-11-20T04:00:00Z' });
    server.on(
      '/feed',
      document(jsonFeed([pinned])),
      document(jsonFeed([pinned, ...entries(2)], '/feed?page=2')),
    );
    server.on('/feed?page=2', document(jsonFeed(entries(1, '2026-11-22T04:00:00Z', 'older'))));
    const reader = feedReader(server);
    await reader.look();
    expect(keys(await reader.look())).toEqual(['post-2', 'post-1', 'older-1']);
  });

  it('end where the permit begins', async () => {
    server.on('/feed', document(jsonFeed(entries(2, '2026-08-31T17:30:00Z'), '/feed?page=2')));
    expect(keys(await feedReader(server).look())).toEqual(['post-2']);
    expect(paths()).toEqual(['/feed']);
  });

  it('end with one that shows nothing new', async () => {
    server.on('/feed', document(jsonFeed(entries(2), '/feed?page=2')));
    server.on('/feed?page=2', document(jsonFeed(entries(2), '/feed?page=3')));
    expect((await feedReader(server).look()).reason).toBe('seen');
    expect(paths()).toEqual(['/feed', '/feed?page=2']);
  });

  it('end with one that links to itself', async () => {
    server.on('/feed', document(jsonFeed(entries(2), '/feed')));
    expect(await feedReader(server).look()).toMatchObject({ reason: 'seen' });
    expect(paths()).toEqual(['/feed']);
  });

  it('end where a server has no more of them', async () => {
    server.on('/feed', document(jsonFeed(entries(2), '/feed?page=2')));
    expect(await feedReader(server).look()).toMatchObject({ reason: 'seen' });
  });

  it('on another host are not asked for, and the ledger says that something was not read', async () => {
    const other = await startFeedServer();
    server.on('/feed', document(jsonFeed(entries(2), `${other.origin}/feed?page=2`)));
    const reading = await feedReader(server).look();
    const connections = other.connections();
    await other.close();
    expect(connections).toBe(0);
    expect(keys(reading)).toEqual(['post-2', 'post-1']);
    expect(reading.reason).toBe('page-cap');
  });
});

describe('a look that cannot read everything', () => {
  it('stops after so many pages and goes on from there the next time', async () => {
    threePages();
    const reader = feedReader(server, '/feed', { limits: { pages: 2, posts: 200 } });
    const first = await reader.look();
    expect([first.reason, keys(first).length]).toEqual(['page-cap', 8]);
    const second = await reader.look();
    expect([second.reason, keys(second)]).toEqual(['seen', ['post-4', 'post-3', 'post-2', 'post-1']]);
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
  });

  it('goes on from there although the first page did not change', async () => {
    server.on('/feed', document(jsonFeed(entries(2), '/feed?page=2'), { etag: '"1"' }));
    server.on('/feed?page=2', document(jsonFeed(entries(2, '2026-11-22T04:00:00Z', 'older'))));
    const reader = feedReader(server, '/feed', { limits: { pages: 1, posts: 200 } });
    expect(keys(await reader.look())).toEqual(['post-2', 'post-1']);
    const wider = feedReader(server, '/feed', { cursor: reader.cursor() ?? '' });
    expect(keys(await wider.look())).toEqual(['older-2', 'older-1']);
    expect(server.requests[1]?.headers['if-none-match']).toBe('"1"');
  });

  it('stops after so many posts and hands over the others the next times', async () => {
    server.on('/feed', document(rss(entries(7)), { etag: '"1"' }));
    const reader = feedReader(server, '/feed', { limits: { pages: 5, posts: 3 } });
    const readings = [await reader.look(), await reader.look(), await reader.look(), await reader.look()];
    expect(readings.map(keys)).toEqual([
      ['post-7', 'post-6', 'post-5'],
      ['post-4', 'post-3', 'post-2'],
      ['post-1'],
      [],
    ]);
    expect(readings.map(({ reason }) => reason)).toEqual(['page-cap', 'page-cap', 'seen', 'nothing-new']);
  });

  it('never ends a feed of endless pages, but loses nothing that it lists', async () => {
    for (let page = 1; page <= 30; page += 1)
      server.on(
        `/feed${page === 1 ? '' : `?page=${page}`}`,
        document(
          jsonFeed([anEntry({ id: `post-${page}`, html: `Nomor ${page}` })], `/feed?page=${page + 1}`),
        ),
      );
    const reader = feedReader(server, '/feed', { limits: { pages: 4, posts: 200 } });
    const readings = [await reader.look(), await reader.look(), await reader.look()];
    expect(readings.flatMap(keys)).toEqual(Array.from({ length: 10 }, (_, index) => `post-${index + 1}`));
    expect(readings.map(({ reason }) => reason)).toEqual(['page-cap', 'page-cap', 'page-cap']);
    expect(server.requests).toHaveLength(12);
  });

  it('hands over what it has when a later page slows it down, and goes on from there', async () => {
    threePages();
    server.on('/feed?page=2', status(429, { 'retry-after': '60' }), document(jsonFeed(entries(8).slice(4))));
    const reader = feedReader(server);
    const first = await reader.look();
    expect(first).toMatchObject({ reason: 'throttled', throttle: { retryAt: '2026-11-23T05:01:00.000Z' } });
    expect(keys(first)).toHaveLength(4);
    expect(keys(await reader.look())).toHaveLength(4);
  });

  it('says so, look after look, until a broken page is whole again', async () => {
    threePages();
    server.on(
      '/feed?page=2',
      document('<html>'),
      document('<html>'),
      document(jsonFeed(entries(8).slice(4))),
    );
    const reader = feedReader(server);
    const readings = [await reader.look(), await reader.look(), await reader.look()];
    expect(readings.map(({ reason }) => reason)).toEqual(['malformed', 'malformed', 'seen']);
    expect(readings.map(({ posts }) => posts.length)).toEqual([4, 0, 4]);
  });

  it('says that one page lists more than can be remembered', async () => {
    server.on('/feed', document(rss(entries(600))));
    const reader = feedReader(server, '/feed', { limits: { pages: 5, posts: 1000 } });
    const reading = await reader.look();
    expect([reading.posts.length, reading.reason]).toEqual([500, 'page-cap']);
    expect(reader.cursor()?.length).toBeLessThan(16_384);
    reader.wait({ days: 8 });
    expect((await reader.look()).posts).toEqual([]);
  });
});

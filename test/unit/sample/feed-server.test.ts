import { parseFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFeedServer } from '../../../local/sample/feed-server.js';
import type { LoopbackServer } from '../../../local/sample/loopback.js';
import { laterPosts, sampleWorld, type SampleFeed } from '../../../local/sample/world.js';
import { renderFeed } from '../../../local/sample/render-feed.js';
import { feedPost } from '../../../shared/networks/feed/feed-post.js';
import { parseFeed as readPage } from '../../../shared/networks/feed/parse-feed.js';
import { LocalDate, plus } from '../../../shared/domain/time.js';

const world = sampleWorld(LocalDate.parse('2026-11-23'));
const later = laterPosts(world, 20);
const feedWith = (fit: (feed: SampleFeed) => boolean): SampleFeed => world.feeds.find(fit)!;

const PLACE = 'https://blog.sukamaju.example/feed.xml';

let now = world.startsAt;
let server: LoopbackServer;
beforeAll(async () => {
  server = await startFeedServer({ accounts: world.feeds, later, now: () => now });
});
afterAll(() => server.close());

const get = (feed: SampleFeed, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.origin}${feed.path}`, { headers });

describe('startFeedServer', () => {
  it.each(['rss', 'atom', 'json'] as const)('serves every post of a feed as %s', async (format) => {
    const feed = feedWith((one) => one.format === format && one.behaviour === 'normal');
    const body = await (await get(feed)).text();
    const parsed = parseFeed(body);
    expect(parsed.format).toBe(format);
    for (const { guid } of feed.posts) expect(body).toContain(guid);
  });

  it('dresses texts so that the connector reads them as they were written', () => {
    const at = world.startsAt;
    for (const feed of world.feeds.filter(({ posts }) => posts.length > 0)) {
      const page = readPage(renderFeed(feed, feed.posts).body);
      const read = page?.entries.map((entry) => feedPost(entry, { feed: PLACE, page: PLACE, at }));
      const bodies = read?.map((post) => post?.parts.find(({ field }) => field === 'body')?.text.trim());
      expect(bodies).toEqual(feed.posts.map(({ text }) => text));
    }
  });

  it('says that nothing has changed to a reader who knows the tag or the date', async () => {
    const feed = feedWith(({ behaviour }) => behaviour === 'normal');
    const first = await get(feed);
    await first.text();
    const byTag = await get(feed, { 'if-none-match': first.headers.get('etag')! });
    const byDate = await get(feed, { 'if-modified-since': first.headers.get('last-modified')! });
    expect([byTag.status, byDate.status]).toEqual([304, 304]);
  });

  it('shows a post only once its time has come', async () => {
    const [next] = later;
    const feed = feedWith(({ path }) => path === next!.path);
    now = world.startsAt;
    const before = await (await get(feed)).text();
    now = next!.postedAt;
    const after = await (await get(feed)).text();
    expect(before).not.toContain(next!.guid);
    expect(after).toContain(next!.guid);
  });

  it.each([
    ['gone', 410],
    ['forbidden', 403],
    ['html', 200],
  ] as const)('plays a feed that is %s', async (behaviour, status) => {
    const response = await get(feedWith((feed) => feed.behaviour === behaviour));
    expect(response.status).toBe(status);
  });

  it('turns a reader of the busy feed away once, for as long as it says', async () => {
    const feed = feedWith(({ behaviour }) => behaviour === 'throttled');
    now = world.startsAt;
    const first = await get(feed);
    now = plus(now, { seconds: Number(first.headers.get('retry-after')) });
    const second = await get(feed);
    expect([first.status, second.status]).toEqual([429, 200]);
  });

  it('breaks the line of the unreachable feed and does not know any other path', async () => {
    await expect(get(feedWith(({ behaviour }) => behaviour === 'unreachable'))).rejects.toThrow();
    expect((await fetch(`${server.origin}/lain`)).status).toBe(404);
  });
});

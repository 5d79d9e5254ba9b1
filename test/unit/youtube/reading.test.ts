import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryQuotaStore } from '../../../shared/adapters/memory-quota-store.js';
import { plus } from '../../../shared/domain/time.js';
import type { QuotaStore } from '../../../shared/ports.js';
import { NOW } from '../../fixtures/registry.js';
import { status } from '../../servers-in-process/feed-server.js';
import { refusal, startYoutubeServer, type YoutubeServer } from '../../servers-in-process/youtube-server.js';
import { aChannel, aVideo, CHANNEL, youtubeReader } from './youtube-reader.js';

let server: YoutubeServer;
beforeEach(async () => {
  server = await startYoutubeServer();
  server.channel(aChannel);
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
  expect(server.requests.filter((request) => request.startsWith('search'))).toEqual([]);
});

const put = (count: number, from = 0): void => {
  for (let ordinal = from; ordinal < from + count; ordinal += 1) server.video(aVideo(ordinal));
};

it('a video is its title, its description and its tags, at the address where people see it', async () => {
  server.video(
    aVideo(7, {
      title: 'Upacara  bendera',
      description: 'Senin pagi\r\ndi halaman',
      tags: ['sekolah', 'senin'],
    }),
  );
  const { posts } = await youtubeReader(server).look();
  expect(posts).toMatchObject([
    {
      uri: 'https://www.youtube.com/watch?v=v0000000007',
      url: 'https://www.youtube.com/watch?v=v0000000007',
      kind: 'post',
      context: null,
      postedAt: aVideo(7).publishedAt,
      capturedAt: NOW,
      parts: [
        { field: 'title', text: 'Upacara bendera' },
        { field: 'body', text: 'Senin pagi\ndi halaman' },
        { field: 'body', text: 'sekolah\nsenin' },
      ],
    },
  ]);
});

it('a look costs one call; the first finds the list of uploads, and what is new is asked for by its ids at once', async () => {
  put(3);
  const reader = youtubeReader(server);
  await reader.look();
  await reader.look();
  expect(server.requests).toEqual([
    `channels?part=snippet,contentDetails&id=${CHANNEL}`,
    `playlistItems?part=snippet,contentDetails,status&playlistId=UU${CHANNEL.slice(2)}&maxResults=50`,
    'videos?part=snippet,status&id=v0000000002,v0000000001,v0000000000',
    `playlistItems?part=snippet,contentDetails,status&playlistId=UU${CHANNEL.slice(2)}&maxResults=50`,
  ]);
});

it('is answered with the agency’s key, and says what is wanting without one or with another', async () => {
  put(1);
  server.wantsKey('kunci-badan');
  const limits = { pages: 10, posts: 200 };
  expect((await youtubeReader(server, limits, 'kunci-badan').look()).reason).toBe('seen');
  expect((await youtubeReader(server, limits, null).look()).reason).toBe('needs-token');
  expect((await youtubeReader(server, limits, 'kunci-lama').look()).reason).toBe('needs-token');
  expect(server.requests.join()).not.toContain('kunci');
});

it('only what is public, and the channel’s own, is handed over', async () => {
  server.video(aVideo(1, { privacyStatus: 'unlisted' }));
  server.video(aVideo(2, { privacyStatus: 'private' }));
  server.video(aVideo(3));
  const look = await youtubeReader(server).look();
  expect(look.posts.map(({ uri }) => uri.slice(-1))).toEqual(['3']);
});

it('a video that was taken back between two calls is not handed over', async () => {
  put(2);
  server.on('videos', status(200, {}, JSON.stringify({ kind: 'youtube#videoListResponse' })));
  const reader = youtubeReader(server);
  expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
  server.on('videos', null);
  expect((await reader.look()).posts).toHaveLength(2);
});

it('a video that its holder made unlisted counts as deleted after two looks', async () => {
  put(2);
  const reader = youtubeReader(server);
  await reader.look();
  server.video(aVideo(1, { privacyStatus: 'unlisted' }));
  expect((await reader.look()).deleted).toEqual([]);
  expect((await reader.look()).deleted).toMatchObject([
    { uri: 'https://www.youtube.com/watch?v=v0000000001' },
  ]);
});

it('a video that only the list leaves out is not deleted, and is asked for once', async () => {
  put(2);
  const reader = youtubeReader(server);
  await reader.look();
  server.hide('v0000000001');
  for (let round = 0; round < 4; round += 1) expect((await reader.look()).deleted).toEqual([]);
  expect(server.requests.filter((request) => request.endsWith('id=v0000000001'))).toHaveLength(1);
});

it('the last video of a channel may be deleted: it then has no list, but is not gone', async () => {
  put(1);
  const reader = youtubeReader(server);
  await reader.look();
  server.removeVideo('v0000000000');
  expect(await reader.look()).toMatchObject({ deleted: [], reason: 'nothing-new' });
  expect((await reader.look()).deleted).toHaveLength(1);
});

it('old videos are not handed over again when the window has forgotten them', async () => {
  put(120);
  const reader = youtubeReader(server);
  expect((await reader.look()).posts).toHaveLength(120);
  reader.forget();
  put(1, 200);
  expect((await reader.look()).posts).toHaveLength(1);
});

it('nothing is skipped when videos are deleted while a walk is unfinished', async () => {
  put(200);
  const reader = youtubeReader(server, { pages: 3, posts: 200 });
  const read = new Set<string>();
  for (let round = 0; round < 10; round += 1) {
    for (const { uri } of (await reader.look()).posts) read.add(uri.slice(-3));
    server.removeVideo(`v${String(199 - round).padStart(10, '0')}`);
  }
  expect(read.size).toBe(200);
});

it('a walk begins again when the name of its page is no longer known', async () => {
  put(200);
  const reader = youtubeReader(server, { pages: 2, posts: 200 });
  const read = new Set<string>();
  const reasons: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const look = await reader.look();
    reasons.push(look.reason);
    for (const { uri } of look.posts) read.add(uri.slice(-3));
    if (round === 1) server.forgetPages();
  }
  expect(read.size).toBe(200);
  expect(reasons.slice(0, 3)).toEqual(['page-cap', 'page-cap', 'page-cap']);
  expect(reasons.at(-1)).toBe('nothing-new');
});

it.each([
  ['quotaExceeded', '2026-11-23T08:00:00.000Z'],
  ['dailyLimitExceeded', '2026-11-23T08:00:00.000Z'],
  ['rateLimitExceeded', plus(NOW, { minutes: 30 })],
  ['userRateLimitExceeded', plus(NOW, { minutes: 30 })],
])('after %s the key has its peace until %s', async (reason, retryAt) => {
  put(1);
  server.always(refusal(403, reason));
  expect(await youtubeReader(server).look()).toMatchObject({
    posts: [],
    reason: 'throttled',
    throttle: { retryAt, scope: 'credential' },
  });
});

it('each refusal for haste doubles the wait', async () => {
  server.always(refusal(403, 'rateLimitExceeded'));
  const reader = youtubeReader(server);
  await reader.look();
  expect((await reader.look()).throttle?.retryAt).toBe(plus(NOW, { minutes: 60 }));
});

it.each([
  [400, 'badRequest', 'API key not valid. Please pass a valid API key.', 'needs-token'],
  [400, 'keyInvalid', 'Bad Request', 'needs-token'],
  [403, 'keyInvalid', 'Bad key', 'needs-token'],
  [403, 'forbidden', 'The request is missing a valid API key.', 'needs-token'],
  [403, 'accessNotConfigured', 'The API has not been used in this project.', 'needs-token'],
  [403, 'playlistItemsNotAccessible', 'Not authorized.', 'private'],
  [403, 'channelSuspended', 'Suspended.', 'suspended'],
  [403, 'channelClosed', 'Closed.', 'gone'],
  [400, 'badRequest', 'Bad Request', 'malformed'],
])('%i %s “%s” is %s', async (code, reason, message, expected) => {
  server.always(refusal(code, reason, message));
  expect(await youtubeReader(server).look()).toMatchObject({
    posts: [],
    reason: expected,
    throttle: null,
    stop: false,
  });
});

it('a cursor stays within the 16 KB that are kept of it, and has no words', async () => {
  put(60);
  const reader = youtubeReader(server);
  await reader.look();
  expect(reader.cursor()!.length).toBeLessThan(16_384);
  expect(reader.cursor()).not.toContain('keterangan');
});

it('shares the day of its key with every other function: used up, nobody is asked until midnight there', async () => {
  const used = memoryQuotaStore();
  // A first look takes three calls: the channel, its list, a video.
  const quotas: QuotaStore = { take: (quota, units) => used.take(quota, units, 4) };
  const withQuota = () => youtubeReader(server, { pages: 10, posts: 200 }, null, quotas);
  const [collector, identifier] = [withQuota(), withQuota()];
  put(1);
  expect((await collector.look()).reason).toBe('seen');
  expect(await identifier.identify()).toMatchObject({ kind: 'found' });
  const asked = server.requests.length;
  expect(asked).toBe(4);
  const retryAt = '2026-11-23T08:00:00.000Z';
  expect(await collector.look()).toMatchObject({
    posts: [],
    reason: 'throttled',
    throttle: { retryAt, scope: 'credential' },
  });
  expect(await identifier.identify()).toEqual({ kind: 'throttled', retryAt });
  expect(server.requests).toHaveLength(asked);
  collector.wait({ hours: 4 });
  expect((await collector.look()).reason).toBe('nothing-new');
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aStatus, statuses } from '../../fixtures/mastodon.js';
import { reply, startMastodonServer, type MastodonServer } from '../../servers-in-process/mastodon-server.js';
import { ids, mastodonReader } from './mastodon-reader.js';

let server: MastodonServer;
beforeEach(async () => {
  server = await startMastodonServer();
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const LIST = '/api/v1/accounts/109/statuses?limit=40';

test.each([
  ['with links', {}],
  ['without links', { link: false }],
  [
    'that give the status along below which they are asked',
    { honours: { limit: true, maxId: 'inclusive' as const } },
  ],
  ['that ignore the limit', { honours: { limit: false, maxId: 'exclusive' as const } }],
])('servers %s are read to where the permit begins, each status once', async (_, quirks) => {
  const all = statuses(130);
  server.quirks(quirks);
  server.lists('109', [...all, aStatus('100', 'Dari masa lain', { ago: { days: 300 } })]);
  const reading = await mastodonReader(server).look();
  expect(ids(reading)).toEqual(all.map(({ id }) => id));
  expect(reading.reason).toBe('seen');
});

test('a server that gives the same page for every max_id is read once, and what is behind it stays said to be unread', async () => {
  server.quirks({ honours: { limit: false, maxId: 'ignored' } });
  server.lists('109', statuses(90));
  const reader = mastodonReader(server);
  const first = await reader.look();
  expect(first.posts).toHaveLength(48);
  expect(first.reason).toBe('page-cap');
  const second = await reader.look();
  expect(second).toMatchObject({ posts: [], reason: 'page-cap' });
  expect(server.requests).toHaveLength(4);
});

test('an endless list ends at the cap on pages, and the next look goes on there', async () => {
  server.lists('109', statuses(400));
  const reader = mastodonReader(server, { limits: { pages: 3, posts: 500 } });
  const first = await reader.look();
  expect(first).toMatchObject({ reason: 'page-cap' });
  expect(first.posts).toHaveLength(120);
  const second = await reader.look();
  expect(ids(second)[0]).toBe('999879');
  expect(second.posts).toHaveLength(80);
  let seen = 200;
  for (let looks = 0; looks < 4; looks += 1) seen += (await reader.look()).posts.length;
  expect(seen).toBe(400);
  expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
});

test('a look that has no room for more posts goes on with the next status, not the next page', async () => {
  const all = statuses(100);
  server.lists('109', all);
  const reader = mastodonReader(server, { limits: { pages: 10, posts: 30 } });
  const seen: string[] = [];
  for (let looks = 0; looks < 4; looks += 1) seen.push(...ids(await reader.look()));
  expect(seen).toEqual(all.map(({ id }) => id));
  expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
});

test('what is posted while an old walk is unfinished is read, and the old is not forgotten', async () => {
  const all = statuses(300);
  server.lists('109', all.slice(100));
  const reader = mastodonReader(server, { limits: { pages: 2, posts: 60 } });
  const seen = new Set<string>(ids(await reader.look()));
  server.lists('109', all);
  for (let looks = 0; looks < 12; looks += 1) for (const id of ids(await reader.look())) seen.add(id);
  expect([...seen].sort().reverse()).toEqual(all.map(({ id }) => id));
  expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
});

test('forty unlisted statuses on top do not make each look a long one', async () => {
  const unlisted = statuses(40, { visibility: 'unlisted' });
  server.lists('109', [...unlisted, ...statuses(80).slice(40)]);
  const reader = mastodonReader(server);
  expect((await reader.look()).posts).toHaveLength(40);
  const calls = server.requests.length;
  expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
  expect(server.requests.slice(calls)).toEqual([LIST]);
});

test('of a link to the next page only the id is taken', async () => {
  const all = statuses(2);
  server.lists('109', all);
  const [first] = all;
  server.on(
    '/api/v1/accounts/109/statuses',
    reply(200, JSON.stringify([first]), {
      link: `<https://elsewhere.example/api/v1/accounts/777/statuses?max_id=999999&since_id=5>; rel="next"`,
    }),
  );
  expect((await mastodonReader(server).look()).posts).toHaveLength(2);
  expect(server.requests).toContain(`${LIST}&max_id=999999`);
  expect(server.requests.every((path) => path.startsWith('/api/v1/accounts/109/'))).toBe(true);
});

test('a host that asks for peace in the middle of a walk gets it; the walk goes on later', async () => {
  const all = statuses(100);
  server.lists('109', all);
  const reader = mastodonReader(server);
  const page = (from: number) => reply(200, JSON.stringify(all.slice(from, from + 40)));
  server.on(
    '/api/v1/accounts/109/statuses',
    page(0),
    reply(429, '{}', { 'x-ratelimit-reset': '2026-11-23T05:05:00Z' }),
  );
  const first = await reader.look();
  expect(first).toMatchObject({
    reason: 'throttled',
    throttle: { retryAt: '2026-11-23T05:05:00.000Z', scope: 'host' },
  });
  expect(first.posts).toHaveLength(40);
  expect(ids(await reader.look())).toEqual(all.slice(40).map(({ id }) => id));
});

describe('parents', () => {
  test('are asked for forty times in a look; the other replies wait for the next', async () => {
    const replies = statuses(60).map((status, index) => ({
      ...status,
      in_reply_to_id: String(500_000 + index),
    }));
    server.lists('109', replies);
    const reader = mastodonReader(server);
    const seen = ids(await reader.look());
    expect(seen).toHaveLength(40);
    seen.push(...ids(await reader.look()));
    expect(seen).toEqual(replies.map(({ id }) => id));
  });

  test('put off by the host put off the reply too', async () => {
    server.lists('109', [aStatus('900', 'Baik', { in_reply_to_id: '700' })]);
    server.has(aStatus('700', 'Hadir?'));
    server.on('/api/v1/statuses/700', reply(429, '', { 'retry-after': '60' }));
    const reader = mastodonReader(server);
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'throttled' });
    expect((await reader.look()).posts).toMatchObject([{ context: { text: 'Hadir?' } }]);
  });
});

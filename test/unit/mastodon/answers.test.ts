import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anActor, aStatus, statuses } from '../../fixtures/mastodon.js';
import { reply, startMastodonServer, type MastodonServer } from '../../servers-in-process/mastodon-server.js';
import { mastodonReader } from './mastodon-reader.js';

let server: MastodonServer;
beforeEach(async () => {
  server = await startMastodonServer();
  server.lists('109', statuses(3));
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const STATUSES = '/api/v1/accounts/109/statuses';

test.each([
  ['no such account, in JSON', reply(404, '{"error":"Record not found"}'), 'gone'],
  [
    'no such account, in HTML',
    reply(404, '<!doctype html><title>404</title>', { 'content-type': 'text/html' }),
    'gone',
  ],
  ['no such account, without a word', reply(404), 'gone'],
  ['a suspended account', reply(410, '{"error":"Gone"}'), 'suspended'],
  [
    'a server that wants a token',
    reply(401, '{"error":"This API requires an authenticated user"}'),
    'needs-token',
  ],
  [
    'a method that wants a user',
    reply(422, '{"error":"This method requires an authenticated user"}'),
    'needs-token',
  ],
  ['a refusal', reply(403, '{"error":"This action is not allowed"}'), 'private'],
  ['HTML where JSON should be', reply(200, '<!doctype html>'), 'malformed'],
  ['an object where a list should be', reply(200, '{"error":"?"}'), 'malformed'],
  ['nothing at all', reply(200), 'malformed'],
  ['a broken server', reply(500, 'oops'), 'unreachable'],
  ['a server behind another that is down', reply(502), 'unreachable'],
] as const)('%s', async (_, play, reason) => {
  const reader = mastodonReader(server);
  await reader.look();
  const cursor = reader.cursor();
  server.on(STATUSES, play);
  expect(await reader.look()).toEqual({
    posts: [],
    deleted: [],
    cursor,
    reason,
    throttle: null,
    notBefore: null,
    stop: false,
  });
  expect(await reader.look()).toMatchObject({ reason: 'nothing-new' });
});

describe('a host that asks for peace gets it', () => {
  test.each([
    [
      'by the moment of its limit’s reset',
      reply(429, '{}', { 'x-ratelimit-reset': '2026-11-23T05:04:00.000Z' }),
      '2026-11-23T05:04:00.000Z',
    ],
    [
      'by the seconds of its limit’s reset',
      reply(429, '{}', { 'x-ratelimit-reset': '1795410060' }),
      '2026-11-23T05:01:00.000Z',
    ],
    ['by Retry-After', reply(503, '', { 'retry-after': '120' }), '2026-11-23T05:02:00.000Z'],
    ['for ten minutes when it does not say how long', reply(429), '2026-11-23T05:10:00.000Z'],
    ['for a day at most', reply(429, '', { 'retry-after': '99999999' }), '2026-11-24T05:00:00.000Z'],
  ] as const)('%s', async (_, play, retryAt) => {
    server.on(STATUSES, play);
    expect(await mastodonReader(server).look()).toMatchObject({
      reason: 'throttled',
      throttle: { retryAt, scope: 'host' },
    });
  });

  test('twice as long each time it does not say how long', async () => {
    server.on(STATUSES, reply(429), reply(429), reply(429));
    const reader = mastodonReader(server);
    const times: (string | undefined)[] = [];
    for (let looks = 0; looks < 3; looks += 1)
      times.push((await reader.look()).throttle?.retryAt.slice(11, 16));
    expect(times).toEqual(['05:10', '05:20', '05:40']);
  });
});

describe('an account', () => {
  test('with an empty list is asked for, since some servers answer so for one that is suspended', async () => {
    server.lists('109', []);
    server.account(anActor({ suspended: true }));
    expect(await mastodonReader(server).look()).toMatchObject({ reason: 'suspended' });
    server.account(anActor());
    expect(await mastodonReader(server).look()).toMatchObject({ reason: 'nothing-new' });
  });

  test('that is gone though its list is empty', async () => {
    server.lists('109', []);
    expect(await mastodonReader(server).look()).toMatchObject({ reason: 'gone' });
  });

  test('that moved is said to live elsewhere; what it still posts is read', async () => {
    server.lists('109', [
      aStatus('900', 'Saya pindah', { account: anActor({ moved: anActor({ id: '5' }) }) }),
    ]);
    const { posts, reason } = await mastodonReader(server).look();
    expect(posts).toHaveLength(1);
    expect(reason).toBe('renamed');
  });

  test.each([{ noindex: true }, { discoverable: false }])(
    'whose profile says %j is read, unless the agency’s policy respects it',
    async (flag) => {
      server.lists('109', [aStatus('900', 'Halo', { account: anActor(flag) })]);
      expect((await mastodonReader(server).look()).posts).toHaveLength(1);
      expect(await mastodonReader(server, { respectOptOuts: true }).look()).toMatchObject({
        posts: [],
        reason: 'private',
      });
    },
  );
});

test.each([['not JSON'], ['{}'], [JSON.stringify({ watched: [['../x', '', '1', '1', 0]] })]])(
  'a cursor that is none starts anew: %s',
  async (cursor) => {
    expect((await mastodonReader(server, { cursor }).look()).posts).toHaveLength(3);
  },
);

test('the longest cursor is shorter than what is kept of it', async () => {
  const long = 'x'.repeat(2000);
  server.lists(
    '109',
    statuses(60).map((status) => ({ ...status, uri: `https://${long}.example/${status.id}` })),
  );
  const reader = mastodonReader(server);
  await reader.look();
  expect(reader.cursor()?.length).toBeLessThan(16_384);
  reader.forget();
  expect((await reader.look()).posts).toEqual([]);
});

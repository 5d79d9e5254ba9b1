import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { IdentityLookup } from '../../../shared/domain/registry/permit.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import type { IdentityAnswer } from '../../../shared/networks/connector.js';
import { mastodonConnector } from '../../../shared/networks/mastodon/mastodon-connector.js';
import { anActor, anotherStatus, aStatus } from '../../fixtures/mastodon.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';
import { reply, startMastodonServer, type MastodonServer } from '../../servers-in-process/mastodon-server.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

let server: MastodonServer;
beforeEach(async () => {
  server = await startMastodonServer();
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const request = (overrides: Partial<Account> = {}, hosts = [server.host]) =>
  IdentityLookup.request({
    agency: anAgency({ networks: { mastodonHosts: hosts, respectOptOuts: false } }),
    contests: [aContest()],
    account: anAccount({
      network: 'mastodon',
      handle: `sari@${server.host}`,
      identity: null,
      ...overrides,
    }),
    handleHost: server.host,
    at: NOW,
  });

const identify = (overrides: Partial<Account> = {}): Promise<IdentityAnswer> => {
  const permission = request(overrides);
  if (permission.kind !== 'granted') throw new Error(`No leave: ${permission.kind}`);
  const fetch = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => NOW,
    guard: 'loopback',
    reach: () => mastodonConnector.reach,
    userAgent: 'Netral/0.1 (+https://sukamaju.example/netral)',
  });
  return mastodonConnector.identify(permission.lookup, { fetch, now: () => NOW });
};

test('a handle is the id that its host gives it, with what the profile says and links to', async () => {
  server.account(
    anActor({
      acct: 'Sari',
      note: '<p>Guru. Kode: netral-7f3a <a href="https://sekolah.example">sekolah</a></p>',
      fields: [
        { name: 'Situs', value: '<a href="https://netral.example/me/x" rel="me nofollow">netral</a>' },
      ],
    }),
  );
  expect(await identify()).toEqual({
    kind: 'found',
    identity: { id: '109', host: server.host },
    handle: `sari@${server.host}`,
    declares: [
      { where: 'profile', text: 'Guru. Kode: netral-7f3a sekolah' },
      { where: 'profile', text: 'Situs' },
      { where: 'profile', text: 'netral' },
    ],
    links: [
      { href: 'https://sekolah.example', isMe: false },
      { href: 'https://netral.example/me/x', isMe: true },
    ],
  });
  expect(server.requests).toEqual(['/api/v1/accounts/lookup?acct=sari']);
});

test('an account that is known is asked for by its id, and its new name is told', async () => {
  server.account(anActor({ acct: 'sari_baru' }));
  expect(await identify({ identity: { id: '109', host: server.host } })).toMatchObject({
    kind: 'found',
    handle: `sari_baru@${server.host}`,
  });
  expect(server.requests).toEqual(['/api/v1/accounts/109']);
});

test('posts are read only when a proof is sought, and then only public ones of its own', async () => {
  server.account(anActor());
  server.lists('109', [
    aStatus('903', 'Kode netral-7f3a'),
    aStatus('902', 'Untuk pengikut', { visibility: 'private' }),
    aStatus('901', '', { reblog: anotherStatus('800', 'Kata orang lain') }),
    anotherStatus('900', 'Ditulis orang lain'),
  ]);
  const answer = await identify({
    proof: { kind: 'asked', at: NOW, until: NOW, epoch: 1, missedAt: null },
  });
  expect(answer.kind === 'found' && answer.declares.filter(({ where }) => where === 'post')).toEqual([
    { where: 'post', text: 'Kode netral-7f3a' },
  ]);
});

describe('an account that is not to be found is said to be', () => {
  test.each([
    ['unknown', reply(404, '{"error":"Record not found"}'), 'not-found'],
    ['suspended', reply(200, JSON.stringify(anActor({ suspended: true }))), 'not-found'],
    [
      'a guest from elsewhere',
      reply(200, JSON.stringify(anActor({ acct: 'sari@lain.example' }))),
      'not-found',
    ],
    ['elsewhere now', reply(200, JSON.stringify(anActor({ moved: anActor({ id: '5' }) }))), 'moved'],
    ['shown to nobody without a token', reply(401, '{}'), 'needs-token'],
    ['of another shape', reply(200, '[]'), 'malformed'],
    ['behind a broken server', reply(502), 'unreachable'],
  ] as const)('%s', async (_, answer, kind) => {
    server.on('/api/v1/accounts/lookup', answer);
    expect(await identify()).toEqual({ kind });
  });

  test('put off', async () => {
    server.on('/api/v1/accounts/lookup', reply(429, '', { 'retry-after': '60' }));
    expect(await identify()).toEqual({ kind: 'throttled', retryAt: '2026-11-23T05:01:00.000Z' });
  });
});

test('a host that no administrator approved is not asked', () => {
  expect(request({}, [])).toEqual({ kind: 'refused', reason: 'host-not-approved' });
  expect(server.requests).toEqual([]);
});

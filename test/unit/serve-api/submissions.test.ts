import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newFinding } from '../../../shared/domain/review/new-finding.js';
import { PostBundle } from '../../../shared/domain/scanning/messages.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import { anIndication } from '../../fixtures/finding.js';
import { anAccount, anAgency, NOW } from '../../fixtures/registry.js';
import { aWorld, somebody } from './world.js';

const sari = somebody('person');
const ana = somebody('ana', { roles: ['analyst'] });
const budi = somebody('budi', { roles: ['administrator'] });
const POST = {
  network: 'feed',
  author: anAccount().handle,
  url: 'https://blog.sukamaju.example/tulisan-9',
  text: 'Ayo coblos nomor 2!',
  postedAt: '2026-11-23T10:00:00+07:00',
};

const world = async (account: Partial<Account> = {}) => {
  const made = await aWorld();
  await made.onRecord(sari, ana, budi);
  const registered = anAccount(account);
  await made.accounts.claimPlace(placeId(registered), { account: registered.id, claimedAt: NOW }, null);
  await made.accounts.save(registered);
  const submit = async (as: typeof sari, body: object = {}) => {
    const answer = await made.call('POST /submissions', { as, body: { ...POST, ...body } });
    return { status: answer.status, text: await answer.text() };
  };
  return { ...made, submit };
};

describe('a post that is given in', () => {
  it.each([ana, sari])('goes the way of every post, with who gave it in and no fetch', async (person) => {
    const { submit, posts } = await world();
    expect(await submit(person)).toEqual({ status: 202, text: '{"received":true}' });
    expect(posts.messages).toEqual([
      PostBundle.parse({
        kind: 'posts',
        version: 1,
        network: 'feed',
        account: anAccount().id,
        epoch: 1,
        contests: ['pilbup-sukamaju'],
        posts: [
          {
            uri: `${POST.author}#${POST.url}`,
            url: POST.url,
            version: posts.messages[0]?.posts[0]?.version,
            edited: false,
            kind: 'post',
            postedAt: '2026-11-23T03:00:00.000Z',
            capturedAt: NOW,
            parts: [{ field: 'body', text: POST.text }],
            context: null,
          },
        ],
        submittedBy: person.id,
      }),
    ]);
  });

  it('is there for other analysts, who read that it was given in, and not for who gave it in', async () => {
    const { submit, posts, findings, call, onRecord } = await world();
    const other = somebody('lain', { roles: ['analyst'] });
    await onRecord(other);
    await submit(ana);
    const [bundle] = posts.messages;
    const finding = newFinding(bundle!, bundle!.posts[0]!, anIndication(), NOW);
    await findings.create(finding);
    const seen = await call(`GET /findings/${finding.id}`, { as: other });
    expect(await seen.json()).toMatchObject({ view: 'blind', submitted: true });
    expect((await call(`GET /findings/${finding.id}`, { as: ana })).status).toBe(404);
    expect(await (await call('GET /findings', { as: ana })).json()).toMatchObject({ items: [] });
  });

  it.each([
    { author: 'sari' },
    { url: 'https://127.0.0.1/' },
    { postedAt: '2026-11-23T13:00:00+07:00' },
    { text: '' },
    { text: undefined },
    { parts: [{ field: 'body', text: 'Ayo!' }] },
    { text: undefined, parts: [] },
    { url: null },
    { network: 'x', author: '@sari', url: 'https://blog.sukamaju.example/tulisan-9' },
    { network: 'elsewhere' },
    { holder: 'sari' },
  ])('does not hold with %o', async (body) => {
    const { submit, posts } = await world();
    expect((await submit(ana, body)).status).toBe(400);
    expect(posts.messages).toEqual([]);
  });

  it('is not taken from anybody but analysts and the holder', async () => {
    const { submit, posts } = await world();
    expect((await submit(budi)).status).toBe(403);
    expect((await submit(budi, { author: 'https://lain.example/' })).status).toBe(403);
    expect(posts.messages).toEqual([]);
  });

  it('is refused to its holder in words while the account may not be looked at', async () => {
    const { submit, posts } = await world({ state: 'paused', epoch: 2, lapses: [{ from: NOW, to: null }] });
    const { status, text } = await submit(sari);
    expect(status).toBe(409);
    expect(text).toContain('is paused');
    expect(posts.messages).toEqual([]);
  });

  it('tells an analyst nothing of who is registered, and leads no post past the gate', async () => {
    const accounts = fc.record({
      state: fc.constantFrom('invited' as const, 'active' as const, 'paused' as const, 'withdrawn' as const),
      identity: fc.constantFrom(null, anAccount().identity),
      proof: fc.constantFrom(null, { kind: 'proved' as const, at: NOW, how: 'profile' as const }),
    });
    const author = fc.constantFrom(POST.author, 'https://lain.example/feed');
    const agencies = fc.record({
      ownershipProof: fc.constantFrom('required' as const, 'optional' as const),
      gates: fc.constantFrom(anAgency().gates, { ...anAgency().gates, notice: null }),
    });
    const { submit, posts, accounts: registry, agency: settings } = await world();
    const { confirmation } = anAccount();
    let revision = 0;
    await fc.assert(
      fc.asyncProperty(accounts, author, agencies, async (account, named, agency) => {
        revision += 1;
        await settings.save(anAgency({ ...agency, revision }));
        const { state } = account;
        await registry.save(
          anAccount({ ...account, confirmation: state === 'invited' ? null : confirmation, revision }),
        );
        const before = posts.messages.length;
        expect(await submit(ana, { author: named })).toEqual({ status: 202, text: '{"received":true}' });
        const allowed =
          named === POST.author &&
          state === 'active' &&
          account.identity !== null &&
          agency.gates.notice !== null &&
          (agency.ownershipProof === 'optional' || account.proof !== null);
        expect(posts.messages.length - before).toBe(allowed ? 1 : 0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a post of a network that is not read', () => {
  const FACEBOOK = { network: 'facebook', handle: 'saridewi', identity: null } as const;
  const body = { network: 'facebook', author: 'Sari.Dewi', url: null };
  const parts = [
    { field: 'body', text: 'Ayo coblos nomor 2!' },
    { field: 'link-card', text: 'Candra–Dewi' },
  ];

  it('comes from its holder without an address, and is the same post whenever it is given in', async () => {
    const { submit, posts } = await world(FACEBOOK);
    const archived = {
      ...body,
      text: undefined,
      parts,
      kind: 'share',
      context: { relation: 'share', text: 'Pilih' },
    };
    for (const more of [{}, {}, { postedAt: '2026-11-23T10:00:01+07:00' }])
      expect((await submit(sari, { ...archived, ...more })).status).toBe(202);
    const given = posts.messages.map((message) => message.posts[0]!);
    expect(given[0]).toMatchObject({ url: null, kind: 'share', parts, context: archived.context });
    expect(given[0]!.uri).toMatch(/^given:[0-9a-f]{64}$/);
    expect(given[1]).toEqual(given[0]);
    expect(given[2]!.uri).not.toBe(given[0]!.uri);
    expect(posts.messages[0]).toMatchObject({ network: 'facebook', submittedBy: sari.id });
  });

  it('comes from an analyst with its address, in any of its forms one name', async () => {
    const { submit, posts } = await world({ ...FACEBOOK, network: 'x' });
    const x = { network: 'x', author: '@SariDewi' };
    for (const url of ['https://x.com/saridewi/status/17', 'https://mobile.twitter.com/i/web/status/17?s=20'])
      expect((await submit(ana, { ...x, url })).status).toBe(202);
    expect(posts.messages.map(({ posts: [post] }) => post!.uri)).toEqual(['x:17', 'x:17']);
  });

  it('is not taken for an account that is not registered, and nobody but its holder is told', async () => {
    const { submit, posts } = await world({ ...FACEBOOK, state: 'paused', epoch: 2, lapses: [] });
    const url = 'https://www.facebook.com/saridewi/posts/17';
    expect(await submit(ana, { ...body, url })).toEqual({ status: 202, text: '{"received":true}' });
    expect(await submit(ana, { ...body, url, author: 'orang.lain' })).toMatchObject({ status: 202 });
    expect(await submit(sari, body)).toMatchObject({ status: 409 });
    expect(posts.messages).toEqual([]);
  });
});

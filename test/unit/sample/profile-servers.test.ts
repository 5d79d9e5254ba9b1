import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startAtprotoServer } from '../../../local/sample/atproto-server.js';
import type { LoopbackServer } from '../../../local/sample/loopback.js';
import { startMastodonServer } from '../../../local/sample/mastodon-server.js';
import { wordsOf } from '../../../local/sample/posts.js';
import { truthOf } from '../../../local/sample/truth.js';
import { sampleWorld, type SampleProfile } from '../../../local/sample/world.js';
import { LocalDate, plus } from '../../../shared/domain/time.js';
import { timeOf } from '../../../shared/networks/bluesky/at-uri.js';
import { htmlText } from '../../../shared/networks/html-text.js';

const world = sampleWorld(LocalDate.parse('2026-11-23'));
const on = (network: SampleProfile['network']) =>
  world.profiles.filter((profile) => profile.network === network);
const truth = truthOf(world.profiles.flatMap(({ posts }) => posts));

let now = world.startsAt;
let atproto: LoopbackServer;
let mastodon: LoopbackServer;
beforeAll(async () => {
  const common = { now: () => now };
  const [account] = on('bluesky');
  const later = [
    { ...account!.posts[0]!, path: account!.path, postedAt: plus(world.startsAt, { hours: 1 }) },
  ];
  atproto = await startAtprotoServer({ ...common, accounts: on('bluesky'), later });
  mastodon = await startMastodonServer({ ...common, accounts: on('mastodon'), later: [] });
});
afterAll(() => Promise.all([atproto.close(), mastodon.close()]));

const ask = async <Answer>(url: string, schema: z.ZodType<Answer>): Promise<Answer> =>
  schema.parse(await (await fetch(url)).json());
const call = <Answer>(method: string, parameters: Record<string, string>, schema: z.ZodType<Answer>) =>
  ask(`${atproto.origin}/xrpc/${method}?${new URLSearchParams(parameters).toString()}`, schema);

const Records = z.object({
  records: z.array(
    z.object({ uri: z.string(), value: z.object({ text: z.string(), createdAt: z.string() }) }),
  ),
  cursor: z.string().optional(),
});

describe('startAtprotoServer', () => {
  const [account] = on('bluesky');
  const { id: did, name, posts } = account!;

  it('leads from the handle to the identity, and from there to itself', async () => {
    expect(
      await call('com.atproto.identity.resolveHandle', { handle: name }, z.object({ did: z.string() })),
    ).toEqual({ did });
    const document = await ask(`${atproto.origin}/${did}`, z.looseObject({ id: z.string() }));
    expect(document).toMatchObject({
      id: did,
      alsoKnownAs: [`at://${name}`],
      service: [{ serviceEndpoint: atproto.origin }],
    });
  });

  it('lists every post page by page, under keys that say when it was made and lead to its label', async () => {
    const collection = 'app.bsky.feed.post';
    const read: z.infer<typeof Records>['records'] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const below: Record<string, string> = cursor === '' ? {} : { cursor };
      const page: z.infer<typeof Records> = await call(
        'com.atproto.repo.listRecords',
        { repo: did, collection, limit: '7', ...below },
        Records,
      );
      read.push(...page.records);
      ({ cursor } = page);
    }
    expect(read.map(({ value }) => value.text)).toEqual(posts.map(wordsOf));
    expect(read.map(({ uri }) => timeOf(uri.split('/').at(-1)!))).toEqual(
      posts.map(({ postedAt }) => postedAt),
    );
    expect(read.map(({ uri }) => truth(uri))).toEqual(posts.map((post) => post.truth));
  });

  it('has a new revision once something was posted', async () => {
    const Commit = z.object({ rev: z.string() });
    const before = await call('com.atproto.sync.getLatestCommit', { did }, Commit);
    now = plus(world.startsAt, { hours: 2 });
    const after = await call('com.atproto.sync.getLatestCommit', { did }, Commit);
    now = world.startsAt;
    expect(after.rev > before.rev).toBe(true);
  });

  it('takes an account down when it is first read', async () => {
    const { id } = on('bluesky').find(({ behaviour }) => behaviour === 'suspended')!;
    const status = () =>
      call('com.atproto.sync.getRepoStatus', { did: id }, z.looseObject({ active: z.boolean() }));
    expect(await status()).toEqual({ did: id, active: true });
    await call('com.atproto.sync.getLatestCommit', { did: id }, z.object({ error: z.string() }));
    expect(await status()).toEqual({ did: id, active: false, status: 'takendown' });
  });
});

const Statuses = z.array(
  z.object({ id: z.string(), uri: z.string(), content: z.string(), created_at: z.string() }),
);

describe('startMastodonServer', () => {
  const [account] = on('mastodon');
  const { id, name, posts } = account!;

  it('lists every status page by page, under addresses that lead to its label', async () => {
    const { id: found } = await ask(
      `${mastodon.origin}/api/v1/accounts/lookup?acct=${name}`,
      z.object({ id: z.string() }),
    );
    expect(found).toBe(id);
    const read: z.infer<typeof Statuses> = [];
    for (
      let url: string | undefined = `${mastodon.origin}/api/v1/accounts/${id}/statuses?limit=10`;
      url !== undefined;
    ) {
      const response: Response = await fetch(url);
      read.push(...Statuses.parse(await response.json()));
      url = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(read.map(({ content }) => htmlText(content).text)).toEqual(posts.map(wordsOf));
    expect(read.map(({ created_at }) => created_at)).toEqual(posts.map(({ postedAt }) => postedAt));
    expect(read.map(({ uri }) => truth(uri))).toEqual(posts.map((post) => post.truth));
  });

  it('turns a reader of the busy account away until the moment that it names', async () => {
    const busy = on('mastodon').find(({ behaviour }) => behaviour === 'throttled')!;
    const url = `${mastodon.origin}/api/v1/accounts/${busy.id}/statuses`;
    const first = await fetch(url);
    expect([first.status, first.headers.get('x-ratelimit-reset')]).toEqual([429, plus(now, { minutes: 15 })]);
    now = plus(now, { minutes: 15 });
    const second = await fetch(url);
    now = world.startsAt;
    expect(second.status).toBe(200);
    expect(Statuses.parse(await second.json())).toHaveLength(Math.min(20, busy.posts.length));
  });

  it('knows nobody else', async () => {
    expect((await fetch(`${mastodon.origin}/api/v1/accounts/lookup?acct=orang-lain`)).status).toBe(404);
    expect((await fetch(`${mastodon.origin}/api/v1/accounts/1/statuses`)).status).toBe(404);
  });
});

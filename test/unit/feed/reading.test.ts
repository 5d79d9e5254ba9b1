import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Post } from '../../../shared/domain/scanning/post.js';
import { anEntry, atom, entries, jsonFeed, rdf, rss } from '../../fixtures/feeds.js';
import { NOW } from '../../fixtures/registry.js';
import { document, startFeedServer, type FeedServer } from '../../servers-in-process/feed-server.js';
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

describe('the first look', () => {
  it.each([
    ['RSS 2.0', rss],
    ['RSS 1.0', rdf],
    ['Atom', atom],
    ['JSON Feed', jsonFeed],
  ])('reads %s', async (_, format) => {
    server.on('/feed', document(format([anEntry({ title: 'Kabar kantor' })])));
    const { posts, reason } = await feedReader(server).look();
    expect(reason).toBe('seen');
    expect(posts.map((post) => Post.parse(post))).toEqual(posts);
    expect(posts).toMatchObject([
      {
        uri: `${server.origin}/feed#post-1`,
        kind: 'post',
        edited: false,
        postedAt: '2026-11-23T04:00:00.000Z',
        capturedAt: NOW,
        context: null,
        parts: [
          { field: 'title', text: 'Kabar kantor' },
          { field: 'body', text: 'Rapat koordinasi berjalan lancar.' },
        ],
      },
    ]);
  });

  it('hands over the newest first, whatever order the feed has', async () => {
    server.on('/feed', document(rss(entries(3).toReversed())));
    expect(keys(await feedReader(server).look())).toEqual(['post-3', 'post-2', 'post-1']);
  });

  it('says of an empty feed that there is nothing new', async () => {
    server.on('/feed', document(rss([])));
    expect(await feedReader(server).look()).toMatchObject({ posts: [], reason: 'nothing-new', stop: false });
  });

  it('drops what was posted before the permit begins', async () => {
    const old = anEntry({ id: 'old', published: '2026-08-31T16:59:59Z' });
    const first = anEntry({ id: 'first', published: '2026-08-31T17:00:00Z' });
    server.on('/feed', document(atom([first, old])));
    expect(keys(await feedReader(server).look())).toEqual(['first']);
  });

  it('dates a post from the future to the moment of capture', async () => {
    server.on('/feed', document(jsonFeed([anEntry({ published: '2027-01-01T00:00:00Z' })])));
    const { posts } = await feedReader(server).look();
    expect(posts.map(({ postedAt }) => postedAt)).toEqual([NOW]);
  });

  it("reads a channel of YouTube with its videos' descriptions", async () => {
    server.on(
      '/feed',
      document(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Kanal</title><entry>' +
          '<id>yt:video:abc</id><title>Senam pagi</title><link rel="alternate" href="https://www.youtube.com/watch?v=abc"/>' +
          '<published>2026-11-20T01:00:00+00:00</published><media:group><media:title>Senam pagi</media:title>' +
          '<media:description>Bersama warga &amp; pegawai\nSampai jumpa</media:description></media:group></entry></feed>',
      ),
    );
    const { posts } = await feedReader(server).look();
    expect(posts).toMatchObject([
      {
        url: 'https://www.youtube.com/watch?v=abc',
        parts: [
          { field: 'title', text: 'Senam pagi' },
          { field: 'body', text: 'Bersama warga & pegawai\nSampai jumpa' },
        ],
      },
    ]);
  });

  it('knows an entry without an id by its link, and one without both by its text', async () => {
    server.on(
      '/feed',
      document(
        '<rss version="2.0"><channel><title>x</title>' +
          '<item><link>https://blog.sukamaju.example/a</link><title>Satu</title><pubDate>23 Nov 2026 04:00 GMT</pubDate></item>' +
          '<item><title>Dua</title><pubDate>23 Nov 2026 03:00 GMT</pubDate></item></channel></rss>',
      ),
    );
    const [link, text] = keys(await feedReader(server).look());
    expect(link).toBe('https://blog.sukamaju.example/a');
    expect(text).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives an entry with a very long id a short name of its own', async () => {
    server.on('/feed', document(rss([anEntry({ id: 'a'.repeat(3000) }), anEntry({ id: 'b'.repeat(3000) })])));
    const { posts } = await feedReader(server).look();
    expect(new Set(posts.map(({ uri }) => uri)).size).toBe(2);
    for (const { uri } of posts) expect(uri).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('leaves out a title that only repeats how the text begins', async () => {
    server.on('/feed', document(rss([anEntry({ title: 'Rapat koordinasi…' })])));
    const { posts } = await feedReader(server).look();
    expect(posts.flatMap(({ parts }) => parts.map(({ field }) => field))).toEqual(['body']);
  });

  it('bounds a text of enormous length', async () => {
    server.on('/feed', document(rss([anEntry({ html: 'é '.repeat(200_000) })])));
    const { posts } = await feedReader(server).look();
    expect(Buffer.byteLength(posts[0]?.parts[0]?.text ?? '')).toBeLessThanOrEqual(100_000);
  });

  it('does not expand entities that a document declares', async () => {
    const declarations = Array.from(
      { length: 12 },
      (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
    ).join('');
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">${declarations}]>`;
    server.on(
      '/feed',
      document(
        bomb +
          rss([anEntry({ html: 'ENTITY' })])
            .replace(/^<\?xml.*?\?>/, '')
            .replace('ENTITY', '&l12;'),
      ),
    );
    const { posts } = await feedReader(server).look();
    expect(posts.flatMap(({ parts }) => parts.map(({ text }) => text))).toEqual(['&l12;']);
  });
});

describe('later looks', () => {
  it('ask for nothing but what changed', async () => {
    server.on(
      '/feed',
      document(rss([anEntry()]), { etag: '"1"', 'last-modified': 'Mon, 23 Nov 2026 04:00:00 GMT' }),
    );
    const reader = feedReader(server);
    await reader.look();
    const kept = reader.cursor();
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new', cursor: kept });
    expect(server.requests[1]?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Mon, 23 Nov 2026 04:00:00 GMT',
    });
  });

  it('hand over only what is new since the mark', async () => {
    server.on('/feed', document(rss(entries(2))), document(rss(entries(5))));
    const reader = feedReader(server);
    await reader.look();
    expect(keys(await reader.look())).toEqual(['post-5', 'post-4', 'post-3']);
  });

  it('hand over an edit whether or not the feed says that it is one', async () => {
    const before = [anEntry({ id: 'a', html: 'Satu' }), anEntry({ id: 'b', html: 'Dua' })];
    const after = [anEntry({ id: 'a', html: 'Tiga' }), anEntry({ id: 'b', html: 'Dua' })];
    server.on('/feed', document(jsonFeed(before)), document(jsonFeed(after)));
    const reader = feedReader(server);
    await reader.look();
    expect((await reader.look()).posts).toMatchObject([{ edited: true, parts: [{ text: 'Tiga' }] }]);
  });

  it('see no edit where only the date of change moved', async () => {
    const touched = anEntry({ updated: '2026-11-23T04:30:00Z' });
    server.on('/feed', document(atom([anEntry()])), document(atom([touched])));
    const reader = feedReader(server);
    await reader.look();
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
  });

  it('do not hand over again what the feed still lists after the window forgot it', async () => {
    server.on('/feed', document(rss([anEntry()])));
    const reader = feedReader(server);
    await reader.look();
    reader.wait({ days: 8 });
    await reader.look();
    expect(await reader.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
  });

  it('keep no text, only names and digests', async () => {
    server.on('/feed', document(rss([anEntry({ id: 'kunci' })])));
    const reader = feedReader(server);
    await reader.look();
    expect(reader.cursor()).not.toMatch(/koordinasi|kunci/);
  });

  it.each(['', 'null', '{}', '{"etag":1}', '[', '"x"'])(
    'begin anew with the cursor %j, which is not theirs',
    async (cursor) => {
      server.on('/feed', document(rss([anEntry()])));
      const reader = feedReader(server, '/feed', { cursor });
      expect(keys(await reader.look())).toEqual(['post-1']);
    },
  );
});

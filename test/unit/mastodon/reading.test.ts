import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anActor, anotherStatus, aStatus, statuses } from '../../fixtures/mastodon.js';
import { reply, startMastodonServer, type MastodonServer } from '../../servers-in-process/mastodon-server.js';
import { aContest } from '../../fixtures/registry.js';
import { ids, mastodonReader } from './mastodon-reader.js';

let server: MastodonServer;
beforeEach(async () => {
  server = await startMastodonServer();
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const lookAt = async (...listed: Parameters<MastodonServer['lists']>[1]) => {
  server.account(anActor());
  server.lists('109', listed);
  return mastodonReader(server).look();
};

const lookUps = (): string[] => server.requests.filter((path) => path.startsWith('/api/v1/statuses/'));

describe('what of a status is read', () => {
  test('its words, with lines and link text, without the parts of links that are hidden', async () => {
    const { posts } = await lookAt(
      aStatus(
        '900',
        'Rapat pagi<br />di balai</p><p>Baca <a href="https://kabar.example/berita/panjang"><span class="invisible">https://</span><span class="ellipsis">kabar.example/berita</span><span class="invisible">/panjang</span></a> <a href="#" class="mention hashtag">#<span>Sukamaju</span></a> :bunga:',
      ),
    );
    expect(posts).toMatchObject([
      {
        uri: 'https://sosial.sukamaju.example/users/sari/statuses/900',
        url: 'https://sosial.sukamaju.example/@sari/900',
        kind: 'post',
        edited: false,
        parts: [
          {
            field: 'body',
            text: 'Rapat pagi\ndi balai\n\nBaca #Sukamaju :bunga:',
          },
        ],
        context: null,
      },
    ]);
  });

  test('its warning, choices of its poll, descriptions of its pictures and its link card', async () => {
    const { posts } = await lookAt(
      aStatus('900', 'Pilih menu', {
        spoiler_text: 'Soal makan siang',
        poll: { id: '5', options: [{ title: 'Soto' }, { title: 'Pecel' }] },
        media_attachments: [
          { id: '1', type: 'image', description: 'Semangkuk soto' },
          { id: '2', description: null },
        ],
        card: { title: 'Warung Bu Tini', description: 'Buka tiap hari' },
      }),
    );
    expect(posts[0]?.parts).toEqual([
      { field: 'content-warning', text: 'Soal makan siang' },
      { field: 'body', text: 'Pilih menu' },
      { field: 'body', text: 'Soto\nPecel' },
      { field: 'alt-text', text: 'Semangkuk soto' },
      { field: 'link-card', text: 'Warung Bu Tini\nBuka tiap hari' },
    ]);
  });

  test('a boost has no words of its own; what it shows is its context, without who wrote it', async () => {
    const { posts } = await lookAt(
      aStatus('900', '', {
        content: '',
        reblog: anotherStatus('800', 'Ayo ke pasar', { spoiler_text: 'Ajakan' }),
      }),
    );
    expect(posts).toMatchObject([
      { kind: 'share', parts: [], context: { relation: 'share', text: 'Ajakan\nAyo ke pasar' } },
    ]);
    expect(JSON.stringify(posts)).not.toMatch(/budi/i);
  });

  test.each([
    ['Mastodon', { quote: { state: 'accepted', quoted_status: anotherStatus('800', 'Kutipan') } }],
    ['Akkoma', { quote: anotherStatus('800', 'Kutipan') }],
    ['Pleroma', { pleroma: { quote: anotherStatus('800', 'Kutipan'), local: true } }],
  ])('what it quotes, as %s says it', async (_, quoting) => {
    const { posts } = await lookAt(aStatus('900', 'Setuju', quoting));
    expect(posts).toMatchObject([{ kind: 'quote', context: { relation: 'quote', text: 'Kutipan' } }]);
    expect(lookUps()).toEqual([]);
  });

  test('what it quotes by its id is asked for, once', async () => {
    server.has(anotherStatus('800', 'Kutipan'));
    const { posts } = await lookAt(
      aStatus('900', 'Setuju', { quote: { state: 'accepted', quoted_status_id: '800' } }),
    );
    expect(posts).toMatchObject([{ kind: 'quote', context: { relation: 'quote', text: 'Kutipan' } }]);
    expect(lookUps()).toEqual(['/api/v1/statuses/800']);
  });

  test('a quote that its author has not allowed is a post without context', async () => {
    const { posts } = await lookAt(
      aStatus('900', 'Setuju', { quote: { state: 'pending', quoted_status: null } }),
    );
    expect(posts).toMatchObject([{ kind: 'post', context: null }]);
  });

  test('the parent of a reply is asked for; a parent in the same list is at hand', async () => {
    server.has(anotherStatus('700', 'Siapa hadir?'));
    const { posts } = await lookAt(
      aStatus('900', 'Sampai besok', { in_reply_to_id: '899' }),
      aStatus('899', 'Saya', { in_reply_to_id: '700' }),
    );
    expect(posts).toMatchObject([
      { kind: 'reply', context: { relation: 'reply-to', text: 'Saya' } },
      { kind: 'reply', context: { relation: 'reply-to', text: 'Siapa hadir?' } },
    ]);
    expect(lookUps()).toEqual(['/api/v1/statuses/700']);
    expect(JSON.stringify(posts)).not.toMatch(/budi/i);
  });

  test('a parent that is gone or not open to everybody leaves the reply without context', async () => {
    server.has(anotherStatus('700', 'Rahasia', { visibility: 'private' }));
    const { posts, reason } = await lookAt(
      aStatus('900', 'Baik', { in_reply_to_id: '700' }),
      aStatus('899', 'Siap', { in_reply_to_id: '701' }),
    );
    expect(posts.map(({ context }) => context)).toEqual([null, null]);
    expect(reason).toBe('seen');
  });

  test('only what is public, the account’s own and of the permit’s time', async () => {
    const { posts } = await lookAt(
      aStatus('906', 'Umum'),
      aStatus('905', 'Tidak didaftar', { visibility: 'unlisted' }),
      aStatus('904', 'Pengikut', { visibility: 'private' }),
      aStatus('903', 'Pribadi', { visibility: 'direct' }),
      aStatus('902', 'Lokal', { visibility: 'local' }),
      anotherStatus('901', 'Ditulis orang lain di dindingnya'),
      aStatus('900', 'Sebelum masa pemilihan', { ago: { days: 200 } }),
    );
    expect(ids({ posts })).toEqual(['906']);
  });

  test('ids that are numbers, moments with microseconds, and no more than a server has to send', async () => {
    const { posts } = await lookAt({
      id: '900',
      uri: 'https://foto.example/p/sari/900',
      url: null,
      created_at: '2026-11-23T04:00:00.000000Z',
      visibility: 'public',
      content: 'Pagi di sawah',
      account: { id: 109 },
    });
    expect(posts).toMatchObject([
      {
        uri: 'https://foto.example/p/sari/900',
        url: null,
        postedAt: '2026-11-23T04:00:00.000Z',
        kind: 'post',
      },
    ]);
  });

  test('details of a shape that nobody knows are left out, and the rest is read', async () => {
    const { posts, reason } = await lookAt(
      aStatus('900', 'Tetap terbaca', {
        poll: 'tidak ada',
        card: [],
        quote: { state: 3 },
        media_attachments: { a: 1 },
        url: 'javascript:alert(1)',
      }),
    );
    expect(posts).toMatchObject([{ url: null, parts: [{ field: 'body', text: 'Tetap terbaca' }] }]);
    expect(reason).toBe('seen');
  });

  test('a status that cannot be read hides no other, and the coverage says so', async () => {
    const { posts, reason } = await lookAt(aStatus('901', 'Satu', { visibility: 7 }), aStatus('900', 'Dua'));
    expect(ids({ posts })).toEqual(['900']);
    expect(reason).toBe('malformed');
  });

  test('a boost of something unreadable never counts as words of the account', async () => {
    const { posts, reason } = await lookAt(aStatus('900', 'Kata orang lain', { reblog: { id: null } }));
    expect(posts).toEqual([]);
    expect(reason).toBe('malformed');
  });

  test('a moment in the future counts as now', async () => {
    const { posts } = await lookAt(aStatus('900', 'Besok', { created_at: '2027-01-01T00:00:00.000Z' }));
    expect(posts).toMatchObject([{ postedAt: '2026-11-23T05:00:00.000Z' }]);
  });
});

describe('looking again', () => {
  test('costs one call and changes nothing when there is nothing new', async () => {
    server.lists('109', statuses(60));
    const reader = mastodonReader(server);
    await reader.look();
    const cursor = reader.cursor();
    const calls = server.requests.length;
    reader.wait({ days: 30 });
    reader.forget();
    const reading = await reader.look();
    expect(reading).toMatchObject({ posts: [], deleted: [], reason: 'nothing-new', cursor });
    expect(server.requests.slice(calls)).toEqual(['/api/v1/accounts/109/statuses?limit=40']);
  });

  test('brings what is new, newest first', async () => {
    const [first, second, ...rest] = statuses(50);
    server.lists('109', rest);
    const reader = mastodonReader(server);
    expect((await reader.look()).posts).toHaveLength(48);
    server.lists('109', [...[first, second].filter((status) => status !== undefined), ...rest]);
    expect(ids(await reader.look())).toEqual(['999999', '999998']);
  });

  test('brings an edit as another version of the same post', async () => {
    const before = aStatus('900', 'Rapat jam 9');
    server.lists('109', [before]);
    const reader = mastodonReader(server);
    const [old] = (await reader.look()).posts;
    reader.forget();
    server.lists('109', [
      { ...before, content: '<p>Rapat jam 10</p>', edited_at: '2026-11-23T04:59:00.000Z' },
    ]);
    const reading = await reader.look();
    expect(reading.posts).toMatchObject([
      { uri: old?.uri, edited: true, version: '2026-11-23T04:59:00.000Z' },
    ]);
    expect((await reader.look()).posts).toEqual([]);
  });

  test('a link card that the server adds later is no edit', async () => {
    const before = aStatus('900', 'Baca ini');
    server.lists('109', [before]);
    const reader = mastodonReader(server);
    await reader.look();
    server.lists('109', [{ ...before, card: { title: 'Kabar', description: '' } }]);
    expect((await reader.look()).posts).toEqual([]);
  });

  test('a post that comes into sight again when newer ones are deleted is not new', async () => {
    const all = statuses(60);
    server.lists('109', all);
    const reader = mastodonReader(server);
    await reader.look();
    reader.forget();
    server.lists('109', all.slice(30));
    expect((await reader.look()).posts).toEqual([]);
  });

  test('reads what an earlier contest had not asked for', async () => {
    server.lists('109', [aStatus('901', 'Baru'), aStatus('900', 'Lama', { ago: { days: 40 } })]);
    const late = { ...aContest(), stages: aContest().stages.filter(({ stage }) => stage === 'campaign') };
    const first = mastodonReader(server, { contest: late });
    expect(ids(await first.look())).toEqual(['901']);
    const reader = mastodonReader(server, { cursor: first.cursor() ?? '' });
    expect(ids(await reader.look())).toEqual(['900']);
  });
});

describe('a deleted post', () => {
  const all = statuses(3);

  test('is told after two looks that miss it and a look-up that does not find it', async () => {
    server.lists('109', all);
    const reader = mastodonReader(server);
    const { posts } = await reader.look();
    server.lists(
      '109',
      all.filter(({ id }) => id !== '999998'),
    );
    expect(await reader.look()).toMatchObject({ posts: [], deleted: [] });
    const { deleted } = await reader.look();
    expect(deleted).toEqual(posts.slice(1, 2).map(({ uri, version }) => ({ uri, version })));
    expect(server.requests.at(-1)).toBe('/api/v1/statuses/999998');
    expect(await reader.look()).toMatchObject({ deleted: [], reason: 'nothing-new' });
  });

  test('is not told while the server, asked for it, has it; then it is not asked for again', async () => {
    server.lists('109', all);
    const reader = mastodonReader(server);
    await reader.look();
    server.lists('109', all.slice(1));
    server.has(aStatus('999999', 'Kabar 999999'));
    for (let looks = 0; looks < 4; looks += 1) expect((await reader.look()).deleted).toEqual([]);
    expect(server.requests.filter((path) => path === '/api/v1/statuses/999999')).toHaveLength(1);
    server.lists('109', all);
    expect(await reader.look()).toMatchObject({ posts: [], deleted: [] });
  });

  test('is not told while the look-up does not work', async () => {
    server.lists('109', all);
    const reader = mastodonReader(server);
    await reader.look();
    server.lists('109', all.slice(1));
    await reader.look();
    server.on('/api/v1/statuses/999999', reply(500));
    expect((await reader.look()).deleted).toEqual([]);
    expect((await reader.look()).deleted).toHaveLength(1);
  });

  test('that is missed once and then listed was never gone', async () => {
    server.lists('109', all);
    const reader = mastodonReader(server);
    await reader.look();
    for (const listed of [all.slice(1), all, all.slice(1), all]) {
      server.lists('109', listed);
      expect(await reader.look()).toMatchObject({ posts: [], deleted: [] });
    }
    expect(lookUps()).toEqual([]);
  });
});

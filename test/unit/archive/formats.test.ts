import { afterAll, describe, expect, it } from 'vitest';
import { readArchive } from '../../../cli/archive/read-archive.js';
import { anXAccount, archiveFolder, assigned, aTweet, IN_CONTEST, spoilt } from '../../fixtures/archives.js';

const archives = archiveFolder();
afterAll(archives.remove);

const OCTOBER = Date.parse('2029-10-11T03:30:00.000Z') / 1000;
const YEARS_AGO = Date.parse('2025-10-11T03:30:00.000Z') / 1000;

type Network = Parameters<typeof readArchive>[1]['network'];
const read = async (files: Parameters<typeof archives.zip>[0], network: Network = null) =>
  readArchive(await archives.zip(files), { network, period: IN_CONTEST });

/** A file that is never opened: its bytes would not unpack. */
const unread = (name: string) => [name, { content: '{"never": "read', stored: true }] as const;

describe('an archive of X', () => {
  it('gives posts, replies and shares with their addresses, and words as they were written', async () => {
    const { network, owner, posts, left } = await read([
      ['data/account.js', anXAccount],
      [
        'data/tweets.js',
        assigned('tweets', [
          aTweet(),
          aTweet({
            id_str: '2',
            created_at: 'Fri Oct 12 03:30:00 +0000 2029',
            full_text: '@tetangga siap, lihat https://t.co/abc',
            in_reply_to_status_id_str: '1',
            entities: { urls: [{ url: 'https://t.co/abc', expanded_url: 'https://warta.example/a' }] },
          }),
          aTweet({
            id_str: '3',
            created_at: 'Wed Oct 10 03:30:00 +0000 2029',
            full_text: 'RT @desa: Kerja bakti besok',
          }),
          aTweet({ id_str: '4', created_at: 'Sat Oct 12 03:30:00 +0000 2024' }),
        ]),
      ],
      ['data/tweets-part1.js', assigned('tweets', [{ tweet: { id_str: 'x' } }])],
      unread('data/deleted-tweets.js'),
      unread('data/direct-messages.js'),
      unread('data/like.js'),
      unread('data/twitter-circle-tweet.js'),
    ]);
    expect({ network, owner, left }).toEqual({
      network: 'x',
      owner: { handle: 'raniwidya', isPrivate: null },
      left: { 'not-public': 0, outside: 1, 'no-words': 0, unreadable: 1 },
    });
    expect(posts.map(({ id, kind, url, parts, context }) => ({ id, kind, url, parts, context }))).toEqual([
      {
        id: '2',
        kind: 'reply',
        url: 'https://x.com/raniwidya/status/2',
        parts: [{ field: 'body', text: '@tetangga siap, lihat https://warta.example/a' }],
        context: null,
      },
      {
        id: '1984000000000000001',
        kind: 'post',
        url: 'https://x.com/raniwidya/status/1984000000000000001',
        parts: [{ field: 'body', text: 'Panen raya di Desa Mekarwangi & sekitarnya' }],
        context: null,
      },
      {
        id: '3',
        kind: 'share',
        url: 'https://x.com/raniwidya/status/3',
        parts: [],
        context: { relation: 'share', text: 'Kerja bakti besok' },
      },
    ]);
  });

  it('takes the words of a long post from where they stand whole', async () => {
    const long = `Catatan rapat desa. ${'Jalan diperbaiki. '.repeat(30)}`.trim();
    const { posts } = await read([
      ['twitter-2029/data/account.js', anXAccount],
      ['twitter-2029/data/tweets.js', assigned('tweets', [aTweet({ full_text: `${long.slice(0, 270)}…` })])],
      [
        'twitter-2029/data/note-tweet.js',
        assigned('note_tweet', [
          { noteTweet: { noteTweetId: '9', createdAt: '2029-10-11T03:30:00.000Z', core: { text: long } } },
        ]),
      ],
    ]);
    expect(posts[0]?.parts).toEqual([{ field: 'body', text: long }]);
  });

  it('knows that an account was opened again', async () => {
    const { posts } = await read([
      ['data/account.js', anXAccount],
      ['data/tweets.js', assigned('tweets', [aTweet()])],
      [
        'data/protected-history.js',
        assigned('protected_history', [
          { protectedHistory: { protectedAt: '2029-09-01T00:00:00.000Z', action: 'Unprotect' } },
        ]),
      ],
    ]);
    expect(posts.map((post) => post.public)).toEqual(['archive']);
  });
});

describe('an archive of Facebook', () => {
  it('puts spoilt letters right, and asks the holder what is public', async () => {
    const { network, owner, posts, left } = await read([
      [
        'facebook-rani/your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json',
        JSON.stringify([
          {
            timestamp: OCTOBER,
            data: [{ post: spoilt('Ngopi di café – pagi ☕') }],
            title: 'Rani updated her status.',
          },
          {
            timestamp: OCTOBER + 1,
            data: [{ update_timestamp: OCTOBER }, { post: 'Warta desa' }],
            attachments: [
              { data: [{ external_context: { name: 'Panen raya', url: 'https://warta.example' } }] },
            ],
          },
          { timestamp: OCTOBER + 2, attachments: [{ data: [{ media: { uri: 'a.jpg' } }] }], data: [] },
          { timestamp: YEARS_AGO, data: [{ post: 'lama' }] },
          { data: [{ post: 'kapan' }] },
        ]),
      ],
      [
        'facebook-rani/personal_information/profile_information/profile_information.json',
        JSON.stringify({ profile_v2: { name: { full_name: spoilt('Rani Widyastuti') } } }),
      ],
      unread('facebook-rani/messages/inbox/a/message_1.json'),
      unread('facebook-rani/your_facebook_activity/posts/archive.json'),
    ]);
    expect({ network, owner, left }).toEqual({
      network: 'facebook',
      owner: { handle: 'Rani Widyastuti', isPrivate: null },
      left: { 'not-public': 0, outside: 1, 'no-words': 1, unreadable: 1 },
    });
    expect(posts.map((post) => [post.public, post.url, post.parts])).toEqual([
      [
        'holder',
        null,
        [
          { field: 'body', text: 'Warta desa' },
          { field: 'link-card', text: 'Panen raya' },
        ],
      ],
      ['holder', null, [{ field: 'body', text: 'Ngopi di café – pagi ☕' }]],
    ]);
  });

  it('leaves letters that are right as they are', async () => {
    const { posts } = await read([
      [
        'posts/your_posts_1.json',
        JSON.stringify([{ timestamp: OCTOBER, data: [{ post: 'déjà – Ã©tude ☕' }] }]),
      ],
    ]);
    expect(posts[0]?.parts[0]?.text).toBe('déjà – Ã©tude ☕');
  });
});

describe('an archive of Instagram', () => {
  const personal = (isPrivate: string) =>
    [
      'personal_information/personal_information/personal_information.json',
      JSON.stringify({
        profile_user: [
          { string_map_data: { Username: { value: 'rani.w' }, 'Private Account': { value: isPrivate } } },
        ],
      }),
    ] as const;
  const files = [
    [
      'your_instagram_activity/media/posts_1.json',
      JSON.stringify([
        { media: [{ uri: 'a.jpg', creation_timestamp: OCTOBER, title: spoilt('Pagi di sawah 🌾') }] },
        {
          title: 'Tiga foto',
          creation_timestamp: OCTOBER + 1,
          media: [
            { creation_timestamp: OCTOBER, title: '' },
            { creation_timestamp: OCTOBER, title: '' },
          ],
        },
      ]),
    ],
    [
      'your_instagram_activity/media/reels.json',
      JSON.stringify({ ig_reels_media: [{ media: [{ creation_timestamp: OCTOBER + 2, title: 'Reel' }] }] }),
    ],
    unread('your_instagram_activity/media/stories.json'),
    unread('your_instagram_activity/likes/liked_posts.json'),
  ] as const;

  it('gives posts of one and several pictures and reels, public where it says so', async () => {
    const { owner, posts } = await read([...files, personal('False')]);
    expect(owner).toEqual({ handle: 'rani.w', isPrivate: false });
    expect(posts.map((post) => [post.parts[0]?.text, post.public])).toEqual([
      ['Reel', 'archive'],
      ['Tiga foto', 'archive'],
      ['Pagi di sawah 🌾', 'archive'],
    ]);
  });

  it('has the threads of the same account beside it', async () => {
    const threads = [
      'your_instagram_activity/threads/threads_and_replies.json',
      JSON.stringify({
        text_post_app_text_posts: [
          { media: [{ creation_timestamp: OCTOBER, title: 'Utas', text_app_post: { is_reply: true } }] },
        ],
      }),
    ] as const;
    const { network, posts } = await read([...files, threads, personal('False')], 'threads');
    expect(network).toBe('threads');
    expect(posts.map(({ kind, parts }) => [kind, parts])).toEqual([
      ['reply', [{ field: 'body', text: 'Utas' }]],
    ]);
  });
});

describe('an archive of TikTok', () => {
  const tiktok = (settings: Record<string, string>, list = 'Post', inner = 'Posts') =>
    [
      [
        'user_data_tiktok.json',
        JSON.stringify({
          'Your Activity': { 'Watch History': { VideoList: [{ Date: '2029-10-11 03:30:00', Link: 'x' }] } },
          'Direct Message': { ChatHistory: { 'Chat with Budi': [{ Content: 'rahasia' }] } },
          Profile: { 'Profile Info': { ProfileMap: { userName: 'rani.w' } } },
          [list]: {
            [inner]: {
              VideoList: [
                {
                  Date: '2029-10-11 03:30:00',
                  Link: 'https://www.tiktokv.com/share/video/7300000000000000001/',
                  Title: 'Panen',
                  WhoCanView: 'Everyone',
                },
                {
                  Date: '2029-10-11 03:31:00',
                  Link: 'https://v16.tiktokcdn.example/x',
                  Title: 'Hanya saya',
                  WhoCanView: 'Only you',
                },
                { Date: '2029-10-11 03:32:00', Title: 'Tidak disebut' },
                { Date: 'kemarin', Title: 'x' },
              ],
            },
            'Recently Deleted Posts': { PostList: [{ Date: '2029-10-11 03:30:00', Title: 'dihapus' }] },
          },
          'App Settings': { Settings: { SettingsMap: settings } },
        }),
      ],
    ] as const;

  it('gives the own videos that it says are public, and asks of those that it says nothing of', async () => {
    const { owner, posts, left } = await read(tiktok({ 'Private Account': 'Disabled' }));
    expect(owner).toEqual({ handle: 'rani.w', isPrivate: false });
    expect(posts.map((post) => [post.parts[0]?.text, post.public, post.url])).toEqual([
      ['Tidak disebut', 'holder', null],
      ['Panen', 'archive', 'https://www.tiktokv.com/share/video/7300000000000000001/'],
    ]);
    expect(left).toEqual({ 'not-public': 1, outside: 0, 'no-words': 0, unreadable: 1 });
  });

  it('reads the names of earlier years', async () => {
    const { posts } = await read(tiktok({}, 'Video', 'Videos'));
    expect(posts).toHaveLength(2);
  });

  it('is refused of a private account', async () => {
    await expect(read(tiktok({ 'Private Account': 'Enabled' }))).rejects.toMatchObject({
      kind: 'private-account',
      about: 'rani.w',
    });
  });
});

describe('an archive of YouTube', () => {
  const folder = 'Takeout/YouTube and YouTube Music';
  const csv = (...lines: string[]): string => lines.join('\r\n');

  it('gives public videos, comments and community posts', async () => {
    const { owner, posts, left } = await read([
      [
        `${folder}/channels/channel.csv`,
        csv('Channel ID,Channel Title (Original),Channel Visibility', 'UCrani,Rani,Public'),
      ],
      [
        `${folder}/video metadata/videos.csv`,
        csv(
          'Video ID,Approx Duration (ms),Video Description (Original),Video Title (Original),Privacy,Video Create Timestamp,Video Publish Timestamp',
          'abcdefghij1,1000,"Di desa,\nbersama ibu",Panen raya,Public,2029-10-10T00:00:00+00:00,2029-10-11T03:30:00+00:00',
          'abcdefghij2,1000,,Tak terdaftar,Unlisted,2029-10-11T03:30:00+00:00,',
        ),
      ],
      [
        `${folder}/comments/comments.csv`,
        csv(
          'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID',
          'Ugxcomment1,UCrani,2029-10-12T03:30:00.123456+00:00,0,,,abcdefghij9,"{""text"":""Bagus ""},{""text"":""sekali""}",',
          'Ugxcomment2,UCrani,2029-10-13T03:30:00Z,0,,,abcdefghij9,"{""takeoutSegments"":[{""text"":""Mantap""}]}",',
        ),
      ],
      [
        `${folder}/posts/posts.csv`,
        csv('Post ID,Post Create Timestamp,Post Text', 'Ugkxpostpost1,2029-10-14T03:30:00Z,Salam'),
      ],
      unread(`${folder}/history/watch-history.json`),
      unread(`${folder}/playlists/Liked videos.csv`),
    ]);
    expect(owner).toEqual({ handle: 'UCrani', isPrivate: false });
    expect(left['not-public']).toBe(1);
    expect(
      posts.map((post) => [post.kind, post.public, post.url, post.parts.map(({ text }) => text)]),
    ).toEqual([
      ['post', 'holder', 'https://www.youtube.com/post/Ugkxpostpost1', ['Salam']],
      ['reply', 'holder', 'https://www.youtube.com/watch?v=abcdefghij9&lc=Ugxcomment2', ['Mantap']],
      ['reply', 'holder', 'https://www.youtube.com/watch?v=abcdefghij9&lc=Ugxcomment1', ['Bagus sekali']],
      [
        'post',
        'archive',
        'https://www.youtube.com/watch?v=abcdefghij1',
        ['Panen raya', 'Di desa,\nbersama ibu'],
      ],
    ]);
  });

  it('refuses columns of another language', async () => {
    await expect(
      read([[`${folder}/comments/comments.csv`, csv('ID Komentar,Teks Komentar', 'a,b')]]),
    ).rejects.toMatchObject({ kind: 'other-language' });
  });
});

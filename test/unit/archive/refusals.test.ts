import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readArchive } from '../../../cli/archive/read-archive.js';
import { REFUSALS, ArchiveRefusal } from '../../../cli/archive/refusal.js';
import { LANGUAGES, refusalWords } from '../../../cli/archive/words.js';
import { anXAccount, archiveFolder, assigned, aTweet, IN_CONTEST, renamed } from '../../fixtures/archives.js';

const archives = archiveFolder();
afterAll(archives.remove);

const refusalOf = async (
  file: string,
  network: Parameters<typeof readArchive>[1]['network'] = null,
): Promise<string> => {
  try {
    await readArchive(file, { network, period: IN_CONTEST });
    return 'read';
  } catch (error) {
    if (error instanceof ArchiveRefusal) return error.kind;
    throw error;
  }
};

const tweets = assigned('tweets', [aTweet()]);
const good = [
  ['data/account.js', anXAccount],
  ['data/tweets.js', tweets],
] as const;

describe('what is no archive', () => {
  it.each([
    ['a photo', Buffer.from('ffd8ffe000104a46494600010101', 'hex'), 'picture'],
    ['a screenshot', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'picture'],
    ['a phone’s photo', Buffer.from('0000001c6674797068656963', 'hex'), 'picture'],
    ['a .tgz', Buffer.from('1f8b0800000000000003', 'hex'), 'other-packing'],
    ['a .rar', Buffer.from('526172211a0701003392b5e5', 'hex'), 'other-packing'],
    ['a file out of an archive', '{"Post": {}}', 'bare-data'],
    ['a script out of an archive', 'window.YTD.tweets.part0 = []', 'bare-data'],
    ['a page out of an archive', '<!doctype html>', 'bare-data'],
    ['a PDF', '%PDF-1.7', 'not-an-archive'],
    ['nothing', '', 'empty'],
    ['the beginning of an archive alone', Buffer.from('504b0304', 'hex'), 'damaged'],
  ])('refuses %s', async (_, bytes, kind) => {
    expect(await refusalOf(archives.write(bytes))).toBe(kind);
  });

  it('refuses a folder, and what is not there', async () => {
    expect(await refusalOf(archives.folder)).toBe('folder');
    expect(await refusalOf(`${archives.folder}/nowhere.zip`)).toBe('missing');
  });
});

describe('what was tampered with', () => {
  it.each([
    ['climbs out of its folder', '../tweets.js'],
    ['starts at the root', '/ata/tweets.js'.slice(0, 12)],
    ['names a drive', 'C:/ta/twt.js'],
    ['hides a separator', 'da\\ta\\twe.js'],
  ])('refuses a name that %s', async (_, name) => {
    const file = await archives.zip([...good, ['xx/tweets.js', 'x']]);
    expect(await refusalOf(archives.changed(file, renamed('xx/tweets.js', name)))).toBe('path-trick');
  });

  it('refuses a link', async () => {
    const file = await archives.zip([...good, ['data/link.js', { content: '/etc/passwd', mode: 0o120777 }]]);
    expect(await refusalOf(file)).toBe('path-trick');
  });

  it('refuses one name twice', async () => {
    const file = await archives.zip([...good, ['data/tweetz.js', tweets]]);
    expect(await refusalOf(archives.changed(file, renamed('data/tweetz.js', 'data/tweets.js')))).toBe(
      'path-trick',
    );
  });

  it('refuses a locked file', async () => {
    const file = await archives.zip(good);
    const locked = archives.changed(file, (bytes) => {
      const at = bytes.indexOf(Buffer.from('504b0102', 'hex'));
      bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
      return bytes;
    });
    expect(await refusalOf(locked)).toBe('encrypted');
  });

  it('refuses files that share their bytes', async () => {
    const file = await archives.zip([...good, ['data/more.js', tweets]]);
    const overlapping = archives.changed(file, (bytes) => {
      const signature = Buffer.from('504b0102', 'hex');
      const first = bytes.indexOf(signature);
      const second = bytes.indexOf(signature, first + 4);
      const third = bytes.indexOf(signature, second + 4);
      bytes.writeUInt32LE(bytes.readUInt32LE(second + 42), third + 42);
      return bytes;
    });
    expect(await refusalOf(overlapping)).toBe('bomb');
  });

  it('refuses a bomb long before it has gone off', async () => {
    const zeroes = `window.YTD.tweets.part0 = [${' '.repeat(6_000_000)}]`;
    expect(await refusalOf(await archives.zip([good[0], ['data/tweets.js', zeroes]]))).toBe('bomb');
  });

  it('refuses an archive that is cut off anywhere', async () => {
    const file = await archives.zip(good);
    for (const part of [0.2, 0.5, 0.9, 0.99])
      expect(
        await refusalOf(
          archives.changed(file, (bytes) => bytes.subarray(0, Math.floor(bytes.length * part))),
        ),
      ).toBe('damaged');
  });

  it('refuses bytes that have changed on their way', async () => {
    const file = await archives.zip([good[0], ['data/tweets.js', { content: tweets, stored: true }]]);
    expect(await refusalOf(archives.changed(file, renamed('Panen', 'panen')))).toBe('damaged');
  });
});

describe('what is another archive', () => {
  it.each([
    ['within another', [['twitter-2029.zip', 'PK']], 'nested'],
    ['of nothing known', [['result.json', '{}']], 'unknown-network'],
    ['of pages of Facebook', [['your_facebook_activity/posts/your_posts_1.html', '<html>']], 'other-format'],
    ['of pages of Instagram', [['your_instagram_activity/media/posts_1.html', '<html>']], 'other-format'],
    ['of text of TikTok', [['Post/Posts.txt', 'Date: …']], 'other-format'],
    [
      'of a Takeout in another language',
      [['Takeout/YouTube dan YouTube Music/komentar/komentar.csv', 'x']],
      'other-language',
    ],
    ['without posts', [['data/account.js', anXAccount]], 'without-posts'],
    [
      'of two accounts',
      [
        ['a/data/tweets.js', tweets],
        ['b/data/tweets.js', tweets],
      ],
      'several-archives',
    ],
    [
      'of two networks',
      [
        ['your_instagram_activity/media/posts_1.json', '[]'],
        ['your_instagram_activity/threads/threads_and_replies.json', '{}'],
      ],
      'several-networks',
    ],
    ['whose list is no list', [['data/tweets.js', 'window.YTD.tweets.part0 = [oops]']], 'unreadable'],
  ] as const)('refuses one %s', async (_, files, kind) => {
    expect(await refusalOf(await archives.zip(files))).toBe(kind);
  });

  it('refuses one of another network than was said', async () => {
    expect(await refusalOf(await archives.zip(good), 'instagram')).toBe('other-network');
  });

  it('refuses one of a private account', async () => {
    const history = assigned('protected_history', [
      { protectedHistory: { protectedAt: '2029-09-01T00:00:00.000Z', action: 'Unprotect' } },
      { protectedHistory: { protectedAt: '2029-10-01T00:00:00.000Z', action: 'Protect' } },
    ]);
    const file = await archives.zip([...good, ['data/protected-history.js', history]]);
    expect(await refusalOf(file)).toBe('private-account');
  });
});

describe('every refusal', () => {
  it('has words in both languages that say what to do, and leaves nothing on disk', () => {
    for (const language of LANGUAGES)
      for (const kind of REFUSALS) {
        const words = refusalWords(kind, 'instagram', language);
        expect(words).toMatch(/^\S.{30,}\.$/);
        expect(words).not.toContain('{');
      }
    expect(readdirSync(archives.folder).filter((name) => !name.endsWith('.zip'))).toEqual([]);
  });
});

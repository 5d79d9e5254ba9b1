import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { chosen } from '../../../cli/archive/choice.js';
import { main } from '../../../cli/main.js';
import { anXAccount, archiveFolder, assigned, aTweet } from '../../fixtures/archives.js';

const archives = archiveFolder();
afterAll(archives.remove);

const DAYS = ['--from', '2029-10-01', '--to', '2029-10-31'];

const anArchive = (...tweets: readonly ReturnType<typeof aTweet>[]) =>
  archives.zip([
    ['data/account.js', anXAccount],
    ['data/tweets.js', assigned('tweets', tweets)],
  ]);

const twoPosts = () =>
  anArchive(
    aTweet({ id_str: '1', full_text: 'Kerja bakti besok' }),
    aTweet({ id_str: '2', full_text: 'Panen\u001b[31m raya', created_at: 'Fri Oct 12 03:30:00 +0000 2029' }),
  );

/** The command as somebody at a terminal runs it, with what they answer when asked. */
const run = async (line: readonly string[], answer?: string) => {
  let [out, err] = ['', ''];
  const asked: string[] = [];
  const code = await main(['archive', 'read', ...line], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    folder: archives.folder,
    fetch: () => {
      throw new Error('Nothing may leave the machine');
    },
    ...(answer === undefined
      ? {}
      : {
          ask: (question: string) => {
            asked.push(`${out}${question}`);
            return Promise.resolve(answer);
          },
        }),
    colours: false,
  });
  return { code, out, err, asked };
};

const Chosen = z.looseObject({ posts: z.array(z.looseObject({ id: z.string() })) });
const idsIn = (name: string): string[] =>
  Chosen.parse(JSON.parse(readFileSync(join(archives.folder, name), 'utf8'))).posts.map(({ id }) => id);

describe('netral archive read', () => {
  it('shows the list, asks, and puts aside what was chosen alone', async () => {
    const { code, out, asked } = await run([await twoPosts(), ...DAYS, '--out', 'one.json'], '2');
    expect(code).toBe(0);
    expect(asked[0]).toContain('X, akun raniwidya');
    expect(asked[0]).toContain('2   2029-10-11 03:30  kiriman  Anda?           Kerja bakti besok');
    expect(asked[0]).not.toContain('\u001b');
    expect(asked[0]).toContain('Pilih hanya yang Anda bagikan kepada publik.');
    expect(out).toContain('1 kiriman ditulis ke one.json');
    expect(idsIn('one.json')).toEqual(['1']);
    expect(statSync(join(archives.folder, 'one.json')).mode & 0o077).toBe(0);
  });

  it('writes nothing when nothing is chosen', async () => {
    const { code, out } = await run([await twoPosts(), ...DAYS, '--out', 'none.json'], '');
    expect(code).toBe(0);
    expect(out).toContain('Tidak ada yang dipilih. Tidak ada yang keluar.');
    expect(existsSync(join(archives.folder, 'none.json'))).toBe(false);
  });

  it('says so when there is nothing to choose from', async () => {
    const old = await anArchive(aTweet({ created_at: 'Sat Oct 12 03:30:00 +0000 2024' }));
    const { code, out } = await run([
      old,
      ...DAYS,
      '--out',
      'none.json',
      '--language',
      'en',
      '--choose',
      'all',
    ]);
    expect(code).toBe(0);
    expect(out).toContain('There is no public post between these dates.');
    expect(out).toContain('Not listed: 1 outside of the dates.');
    expect(existsSync(join(archives.folder, 'none.json'))).toBe(false);
  });

  it('takes the choice as an option, in a script', async () => {
    const { code, out } = await run([await twoPosts(), ...DAYS, '--choose', '1-2', '--out', 'both.json']);
    expect({ code, ids: idsIn('both.json') }).toEqual({ code: 0, ids: ['2', '1'] });
    expect(out).toContain('2 kiriman ditulis ke both.json');
  });

  it('counts a day of the contest from its midnight there to the next', async () => {
    const edges = await anArchive(
      aTweet({ id_str: '1', created_at: 'Sun Sep 30 17:00:00 +0000 2029' }),
      aTweet({ id_str: '2', created_at: 'Sun Sep 30 16:59:59 +0000 2029' }),
      aTweet({ id_str: '3', created_at: 'Wed Oct 31 16:59:59 +0000 2029' }),
      aTweet({ id_str: '4', created_at: 'Wed Oct 31 17:00:00 +0000 2029' }),
    );
    await run([edges, ...DAYS, '--choose', 'semua', '--out', 'edges.json']);
    expect(idsIn('edges.json')).toEqual(['3', '1']);
  });

  it.each([
    [['--choose', '3'], 'Pilihan itu tidak dimengerti'],
    [[], 'Pilih dengan --choose'],
    [['--from', 'kemarin', '--choose', 'all'], '--from dan --to harus tanggal'],
    [['--from', '2029-11-01', '--choose', 'all'], '--from dan --to harus tanggal'],
  ])('with %s says what is wrong, and writes nothing', async (more, words) => {
    const { code, err } = await run([await twoPosts(), ...DAYS, ...more, '--out', 'bad.json']);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(existsSync(join(archives.folder, 'bad.json'))).toBe(false);
  });

  it('sends nothing while nobody has chosen, also without --out', async () => {
    const { code, out, asked } = await run([await twoPosts(), ...DAYS], '');
    expect(code).toBe(0);
    expect(asked[0]).toContain('Pilih yang dikirim ke instansi Anda');
    expect(out).toContain('Tidak ada yang dipilih. Tidak ada yang keluar.');
  });

  it('replaces no file', async () => {
    writeFileSync(join(archives.folder, 'mine.json'), 'mine');
    const { code, err } = await run([await twoPosts(), ...DAYS, '--choose', 'all', '--out', 'mine.json']);
    expect(code).toBe(1);
    expect(err).toContain('berkas itu sudah ada dan tidak diganti');
    expect(readFileSync(join(archives.folder, 'mine.json'), 'utf8')).toBe('mine');
  });

  it('refuses what is no archive with a word in the language that was asked for', async () => {
    const photo = archives.write(Buffer.from('ffd8ffe000104a46494600010101', 'hex'));
    const indonesian = await run([photo, ...DAYS, '--out', 'x.json']);
    expect(indonesian).toMatchObject({ code: 1, out: '' });
    expect(indonesian.err).toContain('Ini foto atau video, bukan arsip.');
    const english = await run([photo, ...DAYS, '--out', 'x.json', '--language', 'en']);
    expect(english.err).toContain('This is a picture or a video, not an archive.');
  });

  it('does not understand a network that it does not read', async () => {
    const { code, err } = await run([await twoPosts(), '--network', 'friendster', '--out', 'x.json']);
    expect(code).toBe(2);
    expect(err).toContain('Allowed choices are facebook, instagram');
  });
});

describe('chosen', () => {
  const items = ['a', 'b', 'c', 'd', 'e'];

  it.each([
    ['1,3-5', ['a', 'c', 'd', 'e']],
    [' 5 , 1 ', ['a', 'e']],
    ['2-2', ['b']],
    ['all', items],
    ['Semua', items],
    ['', []],
    ['  ', []],
  ])('%s is %s', (written, choice) => {
    expect(chosen(items, written)).toEqual(choice);
  });

  it.each(['0', '6', '3-1', '1-6', '1,,2', 'x', '-1', '1.5', '1e3', '99999999'])(
    '%s is no choice',
    (written) => {
      expect(chosen(items, written)).toBeNull();
    },
  );
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { main } from '../../../cli/main.js';

const PROJECT = join(import.meta.dirname, '../../..');

const run = async (...line: string[]) => {
  let out = '';
  let err = '';
  const code = await main(line, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    folder: PROJECT,
    fetch: () => Promise.reject(new TypeError('no network here')),
    colours: false,
  });
  return { code, out, err };
};
const written = (name: string, content: string | Buffer): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'netral-')), name);
  writeFileSync(file, content);
  return file;
};
const ROWS = [
  { id: 'a', text: 'Ayo coblos nomor 2', label: 'call', polarity: 'pro', election: 'pilbup-sukamaju' },
  { id: 'b', text: 'Selamat pagi Sukamaju', label: 'none', election: 'pilbup-sukamaju' },
]
  .map((row) => `${JSON.stringify(row)}\n`)
  .join('');

describe('netral pack check', () => {
  it('finds nothing to mend in the packs of the project', async () => {
    expect(await run('pack', 'check')).toEqual({ code: 0, out: '0 faults, 0 warnings\n', err: '' });
  });

  it('fails when a look-alike is indicated', async () => {
    const file = written('texts.jsonl', ROWS);
    const { code, out } = await run('pack', 'check', '--look-alikes', file, '--json');
    expect(code).toBe(1);
    expect(out).toContain('a look-alike is indicated: \\"Ayo coblos nomor 2\\"');
  });

  it('says which folder is missing', async () => {
    const { code, err } = await run('pack', 'check', 'nowhere');
    expect(code).toBe(1);
    expect(err).toContain('There is no folder');
  });
});

describe('netral pack explain', () => {
  it('underlines what was found and says why', async () => {
    const { code, out } = await run('pack', 'explain', 'Ayo coblos nomor 2');
    expect(code).toBe(0);
    expect(out).toContain('Ayo coblos nomor 2\n~~~ ~~~~~~       ~\n');
    expect(out).toContain('verdict     DIS-2, stage campaign\nDiindikasikan karena');
  });

  it('does not let a text command the terminal', async () => {
    const { out } = await run('pack', 'explain', 'coblos \u001b[2J 02');
    expect(out).not.toContain('\u001b');
  });

  it('refuses a moment that is none', async () => {
    expect(await run('pack', 'explain', 'Halo', '--at', 'kemarin')).toMatchObject({ code: 1 });
  });
});

describe('netral pack evaluate', () => {
  it.each([
    ['as it is', written('rows.jsonl', ROWS)],
    ['zipped', written('rows.jsonl.gz', gzipSync(ROWS))],
  ])('reads a file %s', async (_, file) => {
    const { code, out } = await run('pack', 'evaluate', file, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      precision: { value: 1, n: 1 },
      recall: { call: { value: 1, n: 1 }, support: { value: null, n: 0 } },
      falseAlarmRate: { value: 0, n: 1 },
    });
  });

  it('prints the figures for a reader', async () => {
    const { out } = await run('pack', 'evaluate', written('rows.jsonl', ROWS));
    expect(out).toContain('precision           1.000  (0.21–1.00, n 1)');
  });

  it('names the line that it cannot use', async () => {
    const { code, err } = await run('pack', 'evaluate', written('rows.jsonl', `${ROWS}{"id":"c"}\n`));
    expect(code).toBe(1);
    expect(err).toContain('line 3: this row cannot be used.');
  });
});

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CliError } from '../../../cli/cli-error.js';
import { packCompile } from '../../../cli/pack-compile.js';
import { decompile } from '../../../shared/domain/screening/compiled-file.js';
import { screenerOf } from '../../../shared/domain/screening/screen.js';
import { anInput } from '../screening/sample-packs.js';

const run = (...line: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'netral-'));
  cpSync(join(import.meta.dirname, '../../../packs'), join(folder, 'packs'), { recursive: true });
  let out = '';
  const pack = new Command('pack').option('--json').exitOverride();
  packCompile(pack, {
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    env: {},
    folder,
    fetch,
    colours: false,
  });
  const parse = async () => pack.parseAsync(['compile', ...line], { from: 'user' });
  return { folder, parse, out: () => out };
};

describe('netral pack compile', () => {
  it('writes a file that the screening starts from', async () => {
    const { folder, parse, out } = run('--out', 'compiled.bin');
    await parse();
    const ready = decompile(readFileSync(join(folder, 'compiled.bin')));
    expect(
      ready.kind === 'compiled' && screenerOf(ready.compiled)(anInput('Ayo coblos nomor 2')),
    ).toMatchObject({
      kind: 'indicated',
      provisions: ['DIS-2'],
    });
    expect(out()).toMatch(/^skb-2-2022 \d+\.\d+\.\d+ [0-9a-f]{12}\n[^]*compiled\.bin: \d+ bytes\n$/);
  });

  it('names with --json every pack that went in', async () => {
    const { parse, out } = run('--json');
    await parse();
    const answer = z.object({ packs: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(out()));
    expect(answer.packs.map(({ id }) => id)).toContain('pilbup-sukamaju');
  });

  it('says what must be mended', async () => {
    const { folder, parse } = run();
    writeFileSync(join(folder, 'packs/contests/broken.yaml'), 'id: broken\n');
    const refusal: unknown = await parse().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CliError);
    expect(refusal instanceof CliError && refusal.details.join()).toContain('broken.yaml');
  });

  it('says that a folder holds no packs', async () => {
    const { parse } = run('elsewhere');
    await expect(parse()).rejects.toThrow('elsewhere is not a folder of packs.');
  });
});

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../cli/main.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netral-packs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const publish = async () => {
  const said: string[] = [];
  const code = await main(['pack', 'publish', folder, '--bucket', 'packs'], {
    out: (text) => said.push(text),
    err: (text) => said.push(text),
    env: {},
    folder,
    fetch: () => Promise.reject(new Error('not called')),
    colours: false,
  });
  return { code, said: said.join('') };
};

describe('netral pack publish', () => {
  it('refuses packs that do not hold before it speaks to anybody, and names the file and the place', async () => {
    cpSync(join(import.meta.dirname, '../../../packs'), folder, { recursive: true });
    writeFileSync(join(folder, 'contests/pilbup-sukamaju.yaml'), 'id: pilbup-sukamaju\nnonsense: true\n');
    const { code, said } = await publish();
    expect(code).toBe(1);
    expect(said).toContain('nothing was published');
    expect(said).toContain('contests/pilbup-sukamaju.yaml');
    expect(said).toContain('nonsense');
  });

  it('says what a folder of packs is when it is given something else', async () => {
    const { code, said } = await publish();
    expect(code).toBe(1);
    expect(said).toBe(
      `${folder} is not a folder of packs.\nIt holds the folders codes, language and contests.\n`,
    );
  });
});

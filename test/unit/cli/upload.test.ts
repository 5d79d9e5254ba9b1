import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CliError } from '../../../cli/cli-error.js';
import { saveHandout } from '../../../cli/download.js';
import { uploadFile } from '../../../cli/upload.js';

const folder = mkdtempSync(join(tmpdir(), 'netral-upload-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const PNG = Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1');
const sha256 = createHash('sha256').update(PNG).digest('hex');
writeFileSync(join(folder, 'foto.PNG'), PNG);
writeFileSync(join(folder, 'halaman.png'), '<html>');
writeFileSync(join(folder, 'kosong.txt'), '');
writeFileSync(join(folder, 'besar.txt'), 'a');
truncateSync(join(folder, 'besar.txt'), 1024 * 1024 + 1);
writeFileSync(join(folder, 'halaman.html'), '<html>');

const LINK = 'https://files.example/uploads/x';

const scene = (status = 200) => {
  const asked: unknown[] = [];
  const puts: { readonly url: string; readonly init: RequestInit | undefined }[] = [];
  const upload = uploadFile(
    {
      post: (path, body) => {
        asked.push([path, body]);
        return Promise.resolve({
          upload: `${sha256}.png`,
          link: LINK,
          headers: { 'content-type': 'image/png' },
        });
      },
    },
    {
      folder,
      fetch: (url, init) => {
        puts.push({ url: url instanceof Request ? url.url : String(url), init });
        return Promise.resolve(new Response(null, { status }));
      },
    },
  );
  return { upload, asked, puts };
};

describe('a file of this machine', () => {
  it('is announced by its kind, size and hash, and sent to the link with its headers', async () => {
    const { upload, asked, puts } = scene();
    expect(await upload('foto.PNG')).toEqual({ upload: `${sha256}.png`, name: 'foto.PNG' });
    expect(asked).toEqual([['/uploads', { kind: 'png', bytes: PNG.length, sha256 }]]);
    expect(puts).toMatchObject([
      { url: LINK, init: { method: 'PUT', headers: { 'content-type': 'image/png' }, body: PNG } },
    ]);
  });

  it.each([
    ['halaman.png', 'not what its name says'],
    ['kosong.txt', 'is empty'],
    ['besar.txt', 'too large: 1048577 bytes'],
    ['halaman.html', 'not of a kind'],
    ['tanpa-akhiran', 'not of a kind'],
    ['tiada.png', 'cannot be read'],
  ])('that cannot be taken is not announced: %s %s', async (path, why) => {
    const { upload, asked } = scene();
    await expect(upload(path)).rejects.toThrow(why);
    await expect(upload(path)).rejects.toBeInstanceOf(CliError);
    expect(asked).toEqual([]);
  });

  it('that the link refuses is told so', async () => {
    await expect(scene(403).upload('foto.PNG')).rejects.toThrow('was not taken: 403');
  });
});

describe('a file that is handed out', () => {
  const handout = { bytes: PNG.length, sha256, link: LINK };
  const giving = (bytes: Uint8Array<ArrayBuffer>, status = 200) => ({
    folder,
    fetch: () => Promise.resolve(new Response(bytes, { status })),
  });

  it('is saved for oneself alone', async () => {
    expect(await saveHandout(handout, 'saved.png', giving(PNG))).toContain(sha256);
    expect(readFileSync(join(folder, 'saved.png')).equals(PNG)).toBe(true);
    expect(statSync(join(folder, 'saved.png')).mode & 0o777).toBe(0o600);
  });

  it('is not saved where other bytes come, or none', async () => {
    await expect(saveHandout(handout, 'other.png', giving(Buffer.from('other')))).rejects.toThrow(
      'nothing was saved',
    );
    await expect(saveHandout(handout, 'other.png', giving(PNG, 403))).rejects.toThrow('answered 403');
    expect(() => statSync(join(folder, 'other.png'))).toThrow('ENOENT');
  });
});

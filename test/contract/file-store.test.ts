import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { installSampleClock } from '../../local/sample-clock.js';
import { FILES_BUCKET, startObjects } from '../../local/services.js';
import { lazyS3Files } from '../../shared/adapters/lazy-s3-files.js';
import { memoryFileStore } from '../../shared/adapters/memory-file-store.js';
import { exportFolder, fileIn, filesOf, uploadsOf } from '../../shared/domain/files.js';
import { FindingId, PersonId } from '../../shared/domain/ids.js';
import { instant, minus, plus } from '../../shared/domain/time.js';
import type { FileStore } from '../../shared/ports.js';
import { opaqueId } from '../fixtures/registry.js';

const bytes = Uint8Array.from([0, 255, 10, 13, 128]);
const ofFinding = (name: string) => filesOf({ finding: FindingId.parse(opaqueId(name)) });

const fileStoreContract = (open: () => FileStore): void => {
  it('gives back the very bytes, and nothing for a key that holds none', async () => {
    const store = open();
    const key = fileIn(ofFinding('bytes'), 'capture.png');
    expect(await store.read(key)).toBeNull();
    await store.put(key, { bytes, type: 'image/png' });
    expect([...((await store.read(key)) ?? [])]).toEqual([...bytes]);
  });

  it('says where its links lead', async () => {
    const store = open();
    const key = fileIn(ofFinding('origin'), 'capture.png');
    const file = { bytes: bytes.length, sha256: '0'.repeat(64), type: 'image/png', seconds: 60 };
    const links = [
      await store.link(key, { seconds: 60, name: 'a.png' }),
      (await store.uploadLink(key, file)).link,
    ];
    expect(links.map((link) => new URL(link).origin)).toEqual([await store.origin(), await store.origin()]);
  });

  it('lists and erases one folder whole, and leaves its neighbours', async () => {
    const store = open();
    const folder = ofFinding('erased');
    const neighbour = fileIn(ofFinding('neighbour'), 'capture.png');
    const keys = ['b.txt', 'a.txt'].map((name) => fileIn(folder, name));
    for (const key of [...keys, neighbour]) await store.put(key, { bytes, type: 'text/plain' });
    expect(await store.list(folder)).toEqual(keys.toSorted().map((key) => ({ key, bytes: bytes.length })));
    expect(await store.erase(folder)).toBe(2);
    expect(await store.list(folder)).toEqual([]);
    expect(await store.erase(folder)).toBe(0);
    expect(await store.read(neighbour)).not.toBeNull();
  });

  it('keeps the same bytes under another key, and deletes one file alone', async () => {
    const store = open();
    const [from, to] = ['from.png', 'to.png'].map((name) => fileIn(ofFinding('copied'), name));
    await store.put(from!, { bytes, type: 'image/png' });
    await store.copy(from!, to!);
    await store.remove(from!);
    await store.remove(from!);
    expect(await store.read(from!)).toBeNull();
    expect([...((await store.read(to!)) ?? [])]).toEqual([...bytes]);
    await expect(store.copy(from!, to!)).rejects.toThrow();
  });

  it('deletes what has lain in a folder for long, whoever it is of, and nothing newer or elsewhere', async () => {
    const store = open();
    const uploads = ['old-1', 'old-2'].map((name) =>
      fileIn(uploadsOf(PersonId.parse(opaqueId(name))), 'capture.png'),
    );
    const elsewhere = fileIn(ofFinding('old'), 'capture.png');
    for (const key of [...uploads, elsewhere]) await store.put(key, { bytes, type: 'image/png' });
    const present = instant(new Date());
    expect(await store.eraseOld('uploads', minus(present, { minutes: 1 }))).toBe(0);
    expect(await store.eraseOld('uploads', plus(present, { minutes: 1 }))).toBe(2);
    expect(await store.read(elsewhere)).not.toBeNull();
  });

  it('keeps more files of one owner than one page of a listing holds', async () => {
    const store = open();
    const folder = filesOf({ person: PersonId.parse(opaqueId('many')) });
    const names = Array.from({ length: 30 }, (_, index) => `file-${String(index).padStart(2, '0')}.json`);
    for (const name of names) await store.put(fileIn(folder, name), { bytes, type: 'application/json' });
    expect(await store.list(folder)).toHaveLength(30);
    expect(await store.erase(folder)).toBe(30);
  });
};

describe('files in memory', () => {
  fileStoreContract(() => memoryFileStore(() => instant(new Date())));
});

describe('files in a bucket', () => {
  let server: Server;
  let origin = '';
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netral-files-'));
    server = await startObjects(directory);
    const { port } = z.object({ port: z.int() }).parse(server.address());
    origin = `http://127.0.0.1:${port}`;
    vi.stubEnv('AWS_ENDPOINT_URL_S3', origin);
    vi.stubEnv('AWS_REGION', 'ap-southeast-3');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
    // What fails once shows.
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  });

  const inBucket = () => lazyS3Files(FILES_BUCKET, process.env);
  fileStoreContract(inBucket);

  it('live at the time of the sample, also where the bucket fails', async () => {
    const clock = installSampleClock();
    clock.set(plus(instant(new Date()), { days: 400 }));
    try {
      for (const path of [`/${FILES_BUCKET}`, '/nowhere/nothing']) {
        const { headers } = await fetch(`${origin}${path}`);
        const apart = Date.now() - Date.parse(headers.get('date') ?? '');
        expect(Math.abs(apart), path).toBeLessThan(60_000);
      }
    } finally {
      clock.release();
    }
  });

  it('are handed out by a link, under the name that people see', async () => {
    const store = inBucket();
    const key = fileIn(exportFolder(opaqueId('export')), 'record.json');
    await store.put(key, { bytes: Buffer.from('{"isi":1}'), type: 'application/json' });
    const answer = await fetch(await store.link(key, { seconds: 60, name: 'catatan "Ñ".json' }));
    expect(await answer.text()).toBe('{"isi":1}');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="catatan____.json"; filename*=UTF-8''catatan%20%22%C3%91%22.json`,
    );
  });

  it('take the announced bytes by a link that holds for them alone, and are saved but never shown', async () => {
    const store = inBucket();
    const key = fileIn(uploadsOf(PersonId.parse(opaqueId('uploader'))), 'page.txt');
    const page = Buffer.from('<script>alert(1)</script>');
    const sha256 = createHash('sha256').update(page).digest('hex');
    const { link, headers } = await store.uploadLink(key, {
      bytes: page.length,
      sha256,
      type: 'text/plain',
      seconds: 60,
    });
    // What the signature covers is compared by the bucket; the embedded one compares nothing.
    expect(new URL(link).searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;x-amz-checksum-sha256',
    );
    expect(headers).toEqual({
      'content-type': 'text/plain',
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
    });
    const put = await fetch(link, { method: 'PUT', headers, body: page });
    expect(put.status).toBe(200);
    const saved = await fetch(await store.link(key, { seconds: 60, name: 'page.txt' }));
    expect(saved.headers.get('content-type')).toBe('application/octet-stream');
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(await saved.text()).toBe('<script>alert(1)</script>');
  });
});

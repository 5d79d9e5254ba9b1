import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryFileStore } from '../../shared/adapters/memory-file-store.js';
import { s3FileStore } from '../../shared/adapters/s3-file-store.js';
import { exportFolder, fileIn, filesOf } from '../../shared/domain/files.js';
import { FindingId, PersonId } from '../../shared/domain/ids.js';
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

  it('lists and erases one folder whole, and leaves its neighbours', async () => {
    const store = open();
    const folder = ofFinding('erased');
    const neighbour = fileIn(ofFinding('neighbour'), 'capture.png');
    const keys = ['b.txt', 'a.txt'].map((name) => fileIn(folder, name));
    for (const key of [...keys, neighbour]) await store.put(key, { bytes, type: 'text/plain' });
    expect(await store.list(folder)).toEqual(keys.toSorted());
    expect(await store.erase(folder)).toBe(2);
    expect(await store.list(folder)).toEqual([]);
    expect(await store.erase(folder)).toBe(0);
    expect(await store.read(neighbour)).not.toBeNull();
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
  fileStoreContract(memoryFileStore);
});

describe('files in a bucket', () => {
  let server: S3rver;
  let client: S3Client;
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netral-files-'));
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory,
      configureBuckets: [{ name: 'files', configs: [] }],
    });
    const { port } = await server.run();
    client = new S3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    });
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
    await rm(directory, { recursive: true });
  });

  fileStoreContract(() => s3FileStore(client, 'files'));

  it('are handed out by a link, under the name that people see', async () => {
    const store = s3FileStore(client, 'files');
    const key = fileIn(exportFolder(opaqueId('export')), 'record.json');
    await store.put(key, { bytes: Buffer.from('{"isi":1}'), type: 'application/json' });
    const answer = await fetch(await store.link(key, { seconds: 60, name: 'catatan "Ñ".json' }));
    expect(await answer.text()).toBe('{"isi":1}');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="catatan____.json"; filename*=UTF-8''catatan%20%22%C3%91%22.json`,
    );
  });
});

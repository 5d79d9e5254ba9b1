import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memorySealStore } from '../../shared/adapters/memory-seal-store.js';
import { s3SealStore } from '../../shared/adapters/s3-seal-store.js';
import { sealDay, type Seal } from '../../shared/domain/record/seal.js';
import { LocalDate } from '../../shared/domain/time.js';
import type { SealStore } from '../../shared/ports.js';

const sealOf = (day: string, previous: Seal | null = null): Seal =>
  sealDay({ day: LocalDate.parse(day), zone: 'Asia/Jakarta', lines: [], heads: [], previous });

const first = sealOf('2026-11-22');
const second = sealOf('2026-11-23', first);

const sealStoreContract = (open: () => SealStore): void => {
  it('keeps seals by their day, first day first, and nothing for a day without one', async () => {
    const store = open();
    expect(await store.days()).toEqual([]);
    expect(await store.byDay(first.day)).toBeNull();
    expect(await store.put(second)).toBe('sealed');
    expect(await store.put(first)).toBe('sealed');
    expect(await store.days()).toEqual(['2026-11-22', '2026-11-23']);
    expect(await store.byDay(second.day)).toEqual(second);
  });
};

describe('seals in memory', () => {
  sealStoreContract(memorySealStore);

  it('keeps the first of two seals of one day', async () => {
    const store = memorySealStore();
    await store.put(second);
    expect(await store.put(sealOf('2026-11-23'))).toBe('there');
    expect(await store.byDay(second.day)).toEqual(second);
  });
});

describe('seals in a bucket', () => {
  let server: S3rver;
  let client: S3Client;
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netral-seals-'));
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory,
      configureBuckets: [{ name: 'seals', configs: [] }],
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

  sealStoreContract(() => s3SealStore(client, 'seals'));

  // The stand-in does not know `If-None-Match`; S3 answers so where the object is there.
  it.each([409, 412])('takes %i for a seal that is there, and nothing else', async (status) => {
    const refusing = (code: number): S3Client => {
      const other = new S3Client({
        endpoint: 'http://127.0.0.1:1',
        region: 'ap-southeast-3',
        credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
        maxAttempts: 1,
        requestHandler: {
          handle: () =>
            Promise.resolve({
              response: { statusCode: code, headers: {}, body: new Uint8Array() },
            }),
        },
      });
      return other;
    };
    expect(await s3SealStore(refusing(status), 'seals').put(second)).toBe('there');
    await expect(s3SealStore(refusing(403), 'seals').put(second)).rejects.toThrow();
  });
});

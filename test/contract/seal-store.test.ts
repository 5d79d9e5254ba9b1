import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memorySealStore } from '../../shared/adapters/memory-seal-store.js';
import { s3SealStore } from '../../shared/adapters/s3-seal-store.js';
import { canonicalJson } from '../../shared/domain/record/canonical.js';
import { sealDay, type Seal } from '../../shared/domain/record/seal.js';
import { LocalDate } from '../../shared/domain/time.js';
import type { SealStore } from '../../shared/ports.js';
import { portOf } from './databases.js';

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

const environmentOf = (port: number) => ({
  AWS_REGION: 'ap-southeast-3',
  AWS_ACCESS_KEY_ID: 'S3RVER',
  AWS_SECRET_ACCESS_KEY: 'S3RVER',
  AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
});

describe('seals in a bucket', () => {
  let server: S3rver;
  let directory = '';
  let environment = {};

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
    environment = environmentOf(port);
  });
  afterAll(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });

  sealStoreContract(() => s3SealStore('seals', environment));

  // The stand-in does not know `If-None-Match`; S3 answers so where the object is there.
  it.each([409, 412])('takes %i for a seal that is there, and nothing else', async (status) => {
    const asked: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    let answer = status;
    const refusing = createServer((request, response) => {
      void text(request).then((body) => {
        asked.push({ headers: request.headers, body });
        response.writeHead(answer).end();
      });
    }).listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const store = s3SealStore('seals', environmentOf(portOf(refusing.address())));
    expect(await store.put(second)).toBe('there');
    answer = 403;
    await expect(store.put(second)).rejects.toThrow('S3 answered 403');
    refusing.closeAllConnections();
    refusing.close();
    expect(asked).toHaveLength(2);
    for (const { headers, body } of asked) {
      expect(body).toBe(`${canonicalJson(second)}\n`);
      expect(headers).toMatchObject({
        'if-none-match': '*',
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        // A bucket that locks what it takes wants it.
        'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
      });
    }
  });
});

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { main } from '../../cli/main.js';
import { parsePackFiles, readPackFolder, type PackText } from '../../shared/adapters/pack-files.js';
import { publishPacks, removeCandidate } from '../../shared/adapters/s3-pack-publisher.js';
import { s3PackStore } from '../../shared/adapters/s3-pack-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { compilePacks } from '../../shared/domain/screening/compiled-file.js';
import { plus } from '../../shared/domain/time.js';
import { BadPackError } from '../../shared/errors.js';
import { NOW } from '../fixtures/registry.js';

const CODE = 'codes/skb-2-2022.yaml';
const PACKS = join(import.meta.dirname, '../../packs');
const files = await readPackFolder(PACKS);
const withFile = (name: string, change: (text: string) => string): PackText[] =>
  files.map((file) => (file.name === name ? { name, text: change(file.text) } : file));
const newer = withFile(CODE, (text) => text.replace(/^version: .*$/m, 'version: 9.9.9'));

describe('the packs in a bucket', () => {
  let server: S3rver;
  let client: S3Client;
  let directory = '';
  let endpoint = '';
  const buckets = [
    'empty',
    'published',
    'changing',
    'altered',
    'broken',
    'trial',
    'torn',
    'late',
    'command',
    'earlier',
  ];

  const aClient = () =>
    new S3Client({
      endpoint,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    });

  const readerOf = (bucket: string) =>
    s3Reader(bucket, {
      AWS_REGION: 'ap-southeast-3',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_ENDPOINT_URL_S3: endpoint,
    });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'netral-packs-'));
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory,
      configureBuckets: buckets.map((name) => ({ name, configs: [] })),
    });
    const { port } = await server.run();
    endpoint = `http://127.0.0.1:${port}`;
    client = aClient();
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
    await rm(directory, { recursive: true });
  });

  it('are those that were published', async () => {
    await publishPacks(client, 'published', files);
    const packs = await s3PackStore(readerOf('published'), () => NOW).whole();
    expect(packs).toEqual(parsePackFiles(files));
  });

  it('lie there compiled, and neither form is read before it is asked for', async () => {
    await publishPacks(client, 'published', files);
    const asked: string[] = [];
    const read = readerOf('published');
    const noting = (key: string) => {
      asked.push(key.replace(/^[0-9a-f]{64}/, '…'));
      return read(key);
    };
    const set = await s3PackStore(noting, () => NOW).published('active');
    expect(asked).toEqual(['active.json']);
    const compiled = await set?.compiled();
    expect(Buffer.compare(compiled ?? new Uint8Array(), compilePacks(parsePackFiles(files)))).toBe(0);
    expect(await set?.compiled()).toBe(compiled);
    expect(asked).toEqual(['active.json', '…/packs.bin']);
    expect(await set?.packs()).toEqual(parsePackFiles(files));
  });

  it('are read in two requests by those who need no words', async () => {
    await publishPacks(client, 'published', files);
    const asked: string[] = [];
    const read = readerOf('published');
    const noting = (key: string) => {
      asked.push(key.replace(/^[0-9a-f]{64}/, '…'));
      return read(key);
    };
    const { code, contests } = parsePackFiles(files);
    expect(await s3PackStore(noting, () => NOW).active()).toEqual({ code, contests });
    expect(asked).toEqual(['active.json', '…/rules.json']);
  });

  it('are no packs where the bucket is another or may not be read', async () => {
    await expect(readerOf('nowhere')('active.json')).rejects.toThrow('S3 answered 404 NoSuchBucket');
    const stranger = s3Reader('published', {
      AWS_REGION: 'ap-southeast-3',
      AWS_ACCESS_KEY_ID: 'OTHER',
      AWS_SECRET_ACCESS_KEY: 'other',
      AWS_ENDPOINT_URL_S3: endpoint,
    });
    await expect(stranger('active.json')).rejects.toThrow('S3 answered 403');
  });

  it('are asked for again when S3 is busy or breaks off, three times at most', async () => {
    let asked = 0;
    let answer: (response: ServerResponse) => void = (response) => response.writeHead(503).end();
    const busy = createServer((_, response) => {
      asked += 1;
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = z.object({ port: z.number() }).parse(busy.address());
    const read = s3Reader('published', {
      AWS_REGION: 'ap-southeast-3',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    });
    await expect(read('active.json')).rejects.toThrow('S3 answered 503');
    expect(asked).toBe(4);
    answer = (response) => {
      if (asked < 7) response.destroy();
      else response.end('{}');
    };
    expect(Buffer.from((await read('active.json')) ?? '').toString()).toBe('{}');
    expect(asked).toBe(7);
    const refuse = (status: number, code: string) => (response: ServerResponse) =>
      response
        .writeHead(status, { 'x-amz-request-id': '79104EXAMPLEB723' })
        .end(`<Error><Code>${code}</Code></Error>`);
    answer = refuse(400, 'RequestTimeout');
    await expect(read('active.json')).rejects.toThrow(
      'S3 answered 400 RequestTimeout for published/active.json (request 79104EXAMPLEB723)',
    );
    expect(asked).toBe(11);
    // What is no matter of time is said at once.
    answer = refuse(400, 'ExpiredToken');
    await expect(read('active.json')).rejects.toThrow('ExpiredToken');
    expect(asked).toBe(12);
    busy.closeAllConnections();
    busy.close();
  });

  it('may have been published without the compiled form, as by earlier versions', async () => {
    await publishPacks(client, 'earlier', files);
    const published = await client.send(new GetObjectCommand({ Bucket: 'earlier', Key: 'active.json' }));
    const { files: listed } = z
      .object({ files: z.array(z.unknown()) })
      .parse(JSON.parse((await published.Body?.transformToString()) ?? ''));
    await client.send(
      new PutObjectCommand({
        Bucket: 'earlier',
        Key: 'active.json',
        Body: JSON.stringify({ files: listed }),
      }),
    );
    const set = await s3PackStore(readerOf('earlier'), () => NOW).published('active');
    expect(await set?.compiled()).toBeNull();
    expect(await set?.packs()).toEqual(parsePackFiles(files));
    const { contests } = parsePackFiles(files);
    expect(await s3PackStore(readerOf('earlier'), () => NOW).active()).toMatchObject({ contests });
  });

  it('are refused when somebody altered the compiled form', async () => {
    await publishPacks(client, 'altered', files);
    const sha256 = createHash('sha256')
      .update(compilePacks(parsePackFiles(files)))
      .digest('hex');
    await client.send(new PutObjectCommand({ Bucket: 'altered', Key: `${sha256}/packs.bin`, Body: 'other' }));
    const set = await s3PackStore(readerOf('altered'), () => NOW).published('active');
    await expect(set?.compiled()).rejects.toThrow('packs.bin: not the content that was published');
  });

  it('are read again after a minute, and are the same value until others are published', async () => {
    let now = NOW;
    const store = s3PackStore(readerOf('changing'), () => now);
    await publishPacks(client, 'changing', files);
    const first = await store.whole();
    now = plus(NOW, { minutes: 1 });
    expect(await store.whole()).toBe(first);
    await publishPacks(client, 'changing', newer);
    now = plus(NOW, { minutes: 1, seconds: 59 });
    expect(await store.whole()).toBe(first);
    now = plus(NOW, { minutes: 2 });
    expect((await store.whole()).code.version).toBe('9.9.9');
  });

  it('are read once by all who ask for them at the same time', async () => {
    await publishPacks(client, 'published', files);
    const store = s3PackStore(readerOf('published'), () => NOW);
    const [first, ...others] = await Promise.all(Array.from({ length: 10 }, () => store.whole()));
    for (const other of others) expect(other).toBe(first);
  });

  it('are asked for again after a reading that failed', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'late', Key: 'active.json', Body: '{' }));
    const store = s3PackStore(readerOf('late'), () => NOW);
    await expect(store.whole()).rejects.toThrow(BadPackError);
    await publishPacks(client, 'late', files);
    expect(await store.whole()).toEqual(parsePackFiles(files));
  });

  it('are refused when none were published', async () => {
    const reading = s3PackStore(readerOf('empty'), () => NOW).whole();
    await expect(reading).rejects.toThrow(BadPackError);
    await expect(reading).rejects.toThrow('active.json: not in the bucket of packs');
  });

  it('are refused when somebody altered a file', async () => {
    await publishPacks(client, 'altered', files);
    const active = await client.send(new GetObjectCommand({ Bucket: 'altered', Key: 'active.json' }));
    const listed = z
      .object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) })
      .parse(JSON.parse((await active.Body?.transformToString()) ?? ''));
    const sha256 = listed.files.find(({ name }) => name === CODE)?.sha256 ?? '';
    await client.send(
      new PutObjectCommand({ Bucket: 'altered', Key: `${sha256}/${CODE}`, Body: 'id: other' }),
    );
    const reading = s3PackStore(readerOf('altered'), () => NOW).whole();
    await expect(reading).rejects.toThrow(`${CODE}: not the content that was published`);
  });

  it.each(['packs', '{', '{"files":[{"name":"x"}]}'])('are refused when their list is "%s"', async (body) => {
    await client.send(new PutObjectCommand({ Bucket: 'broken', Key: 'active.json', Body: body }));
    await expect(s3PackStore(readerOf('broken'), () => NOW).whole()).rejects.toThrow(BadPackError);
  });

  it('stay as they are when broken ones are published', async () => {
    await publishPacks(client, 'published', files);
    await expect(
      publishPacks(
        client,
        'published',
        withFile(CODE, () => 'id: other'),
      ),
    ).rejects.toThrow(BadPackError);
    const packs = await s3PackStore(readerOf('published'), () => NOW).whole();
    expect(packs).toEqual(parsePackFiles(files));
  });

  it('may be tried as a candidate beside those in use until the trial is ended', async () => {
    let now = NOW;
    const store = s3PackStore(readerOf('trial'), () => now);
    await publishPacks(client, 'trial', files);
    expect(await store.candidate()).toBeNull();
    await publishPacks(client, 'trial', newer, 'candidate');
    now = plus(NOW, { minutes: 1 });
    const tried = await store.candidate();
    expect(tried).toEqual(parsePackFiles(newer));
    expect((await store.whole()).code.version).not.toBe('9.9.9');
    now = plus(NOW, { minutes: 2 });
    expect(await store.candidate()).toBe(tried);
    await removeCandidate(client, 'trial');
    await removeCandidate(client, 'trial');
    now = plus(NOW, { minutes: 3 });
    expect(await store.candidate()).toBeNull();
    expect(await store.whole()).toEqual(parsePackFiles(files));
  });

  it('stay whole when the publishing of others breaks off at any step', async () => {
    // Every file of these is a step; a few are as good as all.
    const isOfThem = ({ name }: PackText): boolean => !/^language\/(?!jv)/.test(name);
    const [few, others] = [files.filter(isOfThem), newer.filter(isOfThem)];
    await publishPacks(client, 'torn', few);
    await publishPacks(client, 'torn', few, 'candidate');
    for (const as of ['active', 'candidate'] as const)
      for (let step = 1; step <= others.length + 2; step += 1) {
        const torn = aClient();
        let puts = 0;
        torn.middlewareStack.add(
          (next, { commandName }) =>
            (request) => {
              if (commandName === 'PutObjectCommand') puts += 1;
              return puts === step ? Promise.reject(new Error('The line broke')) : next(request);
            },
          { step: 'initialize' },
        );
        await expect(publishPacks(torn, 'torn', others, as)).rejects.toThrow('The line broke');
        torn.destroy();
      }
    const store = s3PackStore(readerOf('torn'), () => NOW);
    expect(await store.whole()).toEqual(parsePackFiles(few));
    expect(await store.candidate()).toEqual(parsePackFiles(few));
  });

  it('are published, tried and no longer tried from the command line', async () => {
    for (const [name, value] of [
      ['AWS_ENDPOINT_URL_S3', endpoint],
      ['AWS_ACCESS_KEY_ID', 'S3RVER'],
      ['AWS_SECRET_ACCESS_KEY', 'S3RVER'],
    ] as const)
      vi.stubEnv(name, value);
    const netral = async (...line: readonly string[]): Promise<string> => {
      const said: string[] = [];
      const code = await main([...line, '--bucket', 'command'], {
        out: (text) => said.push(text),
        err: (text) => said.push(text),
        env: {},
        folder: directory,
        fetch: () => Promise.reject(new Error('not called')),
        colours: false,
      });
      return `${code} ${said.join('')}`;
    };
    const sets = async () => {
      const store = s3PackStore(readerOf('command'), () => NOW);
      return { active: await store.whole(), candidate: await store.candidate() };
    };
    const held = parsePackFiles(files);
    expect(await netral('pack', 'publish', PACKS)).toBe(`0 ${files.length} packs are in use.\n`);
    expect(await sets()).toEqual({ active: held, candidate: null });
    expect(await netral('pack', 'publish', PACKS, '--candidate')).toContain('are tried beside those in use');
    expect(await sets()).toEqual({ active: held, candidate: held });
    expect(await netral('--json', 'pack', 'shadow', 'stop')).toBe('0 {\n  "candidate": null\n}\n');
    expect(await sets()).toEqual({ active: held, candidate: null });
    vi.unstubAllEnvs();
  });
});

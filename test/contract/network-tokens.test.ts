import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { networkTokens } from '../../shared/adapters/network-tokens.js';
import { secretReader, type ReadSecret } from '../../shared/adapters/secret-reader.js';
import { plus, type Instant } from '../../shared/domain/time.js';
import { NOW } from '../fixtures/registry.js';
import { listen } from '../servers-in-process/listen.js';

const SECRET = 'arn:aws:secretsmanager:ap-southeast-3:123456789012:secret:mastodon-AbCdEf';
const TOKEN = 'rahasia-9f31';
const Asked = z.object({ SecretId: z.literal(SECRET) });

describe('tokens of networks', () => {
  let server: Server;
  let readSecret: ReadSecret;
  /** What the secret holds; `null`: it has no value yet. */
  let text: string | null = null;
  let asked = 0;
  let now: Instant = NOW;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        asked += 1;
        Asked.parse(JSON.parse(Buffer.concat(body).toString()));
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.statusCode = text === null ? 400 : 200;
        response.end(
          JSON.stringify(text === null ? { __type: 'ResourceNotFoundException' } : { SecretString: text }),
        );
      });
    });
    readSecret = secretReader({
      endpoint: `http://127.0.0.1:${await listen(server)}`,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  });
  beforeEach(() => {
    asked = 0;
    now = NOW;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const open = () => networkTokens(readSecret, { mastodon: SECRET }, () => now);

  it('are sent to the host that they are for, and to no other', async () => {
    text = JSON.stringify({ 'warga.example': TOKEN });
    const credential = open();
    expect(await credential('mastodon', 'warga.example')).toEqual({ authorization: `Bearer ${TOKEN}` });
    expect(await credential('mastodon', 'lain.example')).toEqual({});
    expect(await credential('feed', 'warga.example')).toEqual({});
  });

  it('go in the header that the network reads', async () => {
    text = JSON.stringify({ 'www.googleapis.com': TOKEN });
    const credential = networkTokens(readSecret, { youtube: SECRET }, () => now);
    expect(await credential('youtube', 'www.googleapis.com')).toEqual({ 'x-goog-api-key': TOKEN });
  });

  it('are read once in five minutes, and a new one is known after that', async () => {
    text = JSON.stringify({ 'warga.example': 'lama' });
    const credential = open();
    await Promise.all([credential('mastodon', 'warga.example'), credential('mastodon', 'lain.example')]);
    text = JSON.stringify({ 'warga.example': TOKEN });
    now = plus(NOW, { minutes: 4 });
    expect(await credential('mastodon', 'warga.example')).toEqual({ authorization: 'Bearer lama' });
    expect(asked).toBe(1);
    now = plus(NOW, { minutes: 5 });
    expect(await credential('mastodon', 'warga.example')).toEqual({ authorization: `Bearer ${TOKEN}` });
  });

  it('are none while the secret has no value', async () => {
    text = null;
    expect(await open()('mastodon', 'warga.example')).toEqual({});
  });

  it.each([
    `{"warga.example": "${TOKEN}`,
    `["${TOKEN}"]`,
    `{"warga.example": {"token": "${TOKEN}"}}`,
    `{"a": "${TOKEN}\\n"}`,
  ])('say nothing of a secret that cannot be read', async (written) => {
    text = written;
    const reading = open()('mastodon', 'warga.example');
    await expect(reading).rejects.toThrow(/is not a JSON object of host and token$/);
    const error = await reading.catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(TOKEN);
  });
});

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { ClientRequest, createServer, type Server, type ServerResponse } from 'node:http';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { s3Requests } from '../../shared/adapters/s3-requests.js';

const REGION = 'ap-southeast-3';
const NAME = 'S3RVER';

const Asked = z.object({ request: z.instanceof(ClientRequest) });

/** The request whose answer's head comes next. */
const nextAnswered = (): Promise<ClientRequest> =>
  new Promise((resolve) => {
    const channel = 'http.client.response.finish';
    const tell = (message: unknown): void => {
      unsubscribe(channel, tell);
      resolve(Asked.parse(message).request);
    };
    subscribe(channel, tell);
  });

describe('a request to S3', () => {
  let server: Server;
  let endpoint = '';
  let answer: (response: ServerResponse) => void;
  const asked: (string | undefined)[] = [];

  beforeEach(async () => {
    asked.length = 0;
    answer = (response) => response.end('whole');
    server = createServer(({ url }, response) => {
      asked.push(url);
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
  });
  afterEach(() => {
    vi.useRealTimers();
    server.closeAllConnections();
    server.close();
  });

  const requests = () =>
    s3Requests('netral-files', {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: NAME,
      AWS_SECRET_ACCESS_KEY: NAME,
      AWS_ENDPOINT_URL_S3: endpoint,
    });

  it('names a key as S3’s own client does', async () => {
    const client = new S3Client({
      endpoint,
      forcePathStyle: true,
      region: REGION,
      credentials: { accessKeyId: NAME, secretAccessKey: NAME },
    });
    const keys = ["calon (1)!/it's*.txt", 'a b+c&d=e~f/ñ/日本?#%41'];
    for (const key of keys) {
      await requests()({ method: 'GET', key });
      await client.send(new GetObjectCommand({ Bucket: 'netral-files', Key: key }));
    }
    client.destroy();
    const [own, clients] = [0, 1].map((at) =>
      asked.filter((_, index) => index % 2 === at).map((url) => url?.replace(/\?.*$/, '')),
    );
    expect(own).toEqual(clients);
    expect(own?.[0]).toBe('/netral-files/calon%20%281%29%21/it%27s%2A.txt');
  });

  it('ends with ten seconds in which nothing of a body comes, and is made again', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': 5 });
      response.write('who');
    };
    // A socket's own time is Node's, which is told here that it is over.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answered = nextAnswered();
    const ends = requests()({ method: 'GET', key: 'a' });
    const { socket } = await answered;
    vi.advanceTimersByTime(9_999);
    expect(socket?.timeout).toBe(10_000);
    vi.useRealTimers();
    answer = (response) => response.end('whole');
    socket?.emit('timeout');
    expect(Buffer.from(await ends).toString()).toBe('whole');
    expect(asked).toHaveLength(2);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { plus } from '../../../shared/domain/time.js';
import type { FetchOutcome, TakeIn } from '../../../shared/networks/connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';
import {
  document,
  drip,
  endlessBody,
  gzipBomb,
  hangUp,
  redirect,
  silence,
  startFeedServer,
  status,
  type FeedServer,
  type Play,
} from '../../servers-in-process/feed-server.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

const USER_AGENT = 'Netral/0.1 (+https://sukamaju.example/netral)';

let server: FeedServer;
let other: FeedServer;
beforeEach(async () => {
  server = await startFeedServer(['authorization', 'cookie', 'x-own']);
  other = await startFeedServer();
});
afterEach(async () => {
  const faults = [...server.faults, ...other.faults];
  await Promise.all([server.close(), other.close()]);
  expect(faults).toEqual([]);
});

interface Asked {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly now?: typeof NOW;
  readonly deadline?: () => AbortSignal;
  readonly takeIn?: TakeIn;
}

const ask = ({
  path = '/feed',
  headers = {},
  now = NOW,
  deadline,
  takeIn,
}: Asked = {}): Promise<FetchOutcome> =>
  guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => now,
    guard: 'loopback',
    reach: () => feedConnector.reach,
    userAgent: USER_AGENT,
    ...(deadline === undefined ? {} : { deadline }),
  })(
    aPermit({ account: anAccount({ identity: { id: server.origin, host: server.host } }) }),
    {
      url: path.startsWith('http') ? path : `${server.origin}${path}`,
      headers: { Accept: 'application/atom+xml', ...headers },
    },
    takeIn,
  );

describe('a fetch', () => {
  it('answers with status, headers and text', async () => {
    server.on('/feed', document('isi', { 'x-reply': 'ya' }));
    const outcome = await ask();
    expect(outcome).toMatchObject({
      kind: 'answered',
      status: 200,
      body: 'isi',
      url: `${server.origin}/feed`,
      movedTo: null,
    });
    expect(outcome.kind === 'answered' && outcome.headers.get('x-reply')).toBe('ya');
  });

  it('needs a permit that is fresh', async () => {
    const stale = { kind: 'forbidden', reason: 'stale-permit' };
    expect(await ask({ now: plus(NOW, { seconds: 61 }) })).toEqual(stale);
    expect(await ask({ now: plus(NOW, { seconds: -1 }) })).toEqual(stale);
    expect(server.connections()).toBe(0);
  });

  it("begins on the permit's host and nowhere else", async () => {
    expect(await ask({ path: `${other.origin}/feed` })).toEqual({ kind: 'forbidden', reason: 'reach' });
    expect(other.connections()).toBe(0);
  });

  it.each<[string, Play, string]>([
    ['a bomb', gzipBomb, 'too-large'],
    ['a body that never ends', endlessBody, 'too-large'],
    ['a body of 5 MB and a byte', document('x'.repeat(5 * 1024 * 1024 + 1)), 'too-large'],
    ['a broken connection', hangUp, 'connection'],
    [
      'a body that is not what it says',
      status(200, { 'content-encoding': 'gzip' }, 'not gzip'),
      'connection',
    ],
  ])('gives up on %s', async (_, play, reason) => {
    server.on('/feed', play);
    expect(await ask()).toEqual({ kind: 'unreachable', reason });
  });

  it.each([
    ['never comes', silence],
    ['drips', drip],
  ])('gives up in time on an answer that %s', async (_, play) => {
    const deadline = new AbortController();
    server.on(
      '/feed',
      play(() => {
        deadline.abort();
      }),
    );
    expect(await ask({ deadline: () => deadline.signal })).toEqual({
      kind: 'unreachable',
      reason: 'timeout',
    });
  });

  it('takes a body of 5 MB', async () => {
    server.on('/feed', document('x'.repeat(5 * 1024 * 1024)));
    expect(await ask()).toMatchObject({ kind: 'answered', status: 200 });
  });

  /** A body of which the first pieces come, and the rest when it is told to end in one way or another. */
  const halting = () => {
    const end = Promise.withResolvers<'whole' | 'closed'>();
    const closed = Promise.withResolvers<null>();
    server.on('/feed', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '20' });
      response.write('x'.repeat(10));
      response.on('close', () => {
        closed.resolve(null);
      });
      void end.promise.then((how) =>
        how === 'whole' ? response.end('x'.repeat(10)) : response.socket?.destroy(),
      );
    });
    return { end: end.resolve, closed: closed.promise };
  };

  it('tells of each piece of a body, and takes the next when it may', async () => {
    const { end } = halting();
    const [waits, room] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
    const told: number[] = [];
    const answer = ask({
      takeIn: (bytes) => {
        told.push(bytes);
        if (told.length > 1) return null;
        waits.resolve(null);
        return room.promise.then(() => undefined);
      },
    });
    await waits.promise;
    end('whole');
    room.resolve(null);
    expect(await answer).toMatchObject({ kind: 'answered', body: 'x'.repeat(20) });
    expect(told).toEqual([10, 10]);
  });

  it('lets the connection go when no more is taken in, and leaves it to whoever said so', async () => {
    const { closed } = halting();
    const enough = new Error('enough');
    const takeIn = () => {
      throw enough;
    };
    await expect(ask({ takeIn })).rejects.toBe(enough);
    await closed;
  });

  it('holds nothing against a host that ended a connection which waited here', async () => {
    const { end, closed } = halting();
    const takeIn = async (): Promise<void> => {
      end('closed');
      await closed;
    };
    expect(await ask({ takeIn })).toEqual({ kind: 'put-off' });
  });

  it('says of a host that ended a connection which nobody held up', async () => {
    const { end } = halting();
    const takeIn = () => {
      end('closed');
      return null;
    };
    expect(await ask({ takeIn })).toEqual({ kind: 'unreachable', reason: 'connection' });
  });

  it('holds nothing against a host for what it waited here', async () => {
    const deadlines: AbortController[] = [];
    const deadline = () => {
      const controller = new AbortController();
      deadlines.push(controller);
      return controller.signal;
    };
    server.on('/feed', document('isi'));
    const takeIn = async (): Promise<void> => {
      await Promise.resolve();
      deadlines[0]?.abort();
    };
    expect(await ask({ deadline, takeIn })).toMatchObject({ kind: 'answered', body: 'isi' });
    expect(deadlines).toHaveLength(2);
  });

  it('gives up in time on what comes after a wait, too', async () => {
    const deadlines: AbortController[] = [];
    const deadline = () => {
      const controller = new AbortController();
      deadlines.push(controller);
      if (deadlines.length === 2) controller.abort();
      return controller.signal;
    };
    server.on('/feed', document('x'.repeat(4_000_000)));
    expect(await ask({ deadline, takeIn: () => Promise.resolve() })).toEqual({ kind: 'put-off' });
  });

  it('says that nobody listens', async () => {
    await server.close();
    expect(await ask()).toEqual({ kind: 'unreachable', reason: 'connection' });
  });

  it('says that a name does not exist', async () => {
    const fetch = guardedFetch({
      credential: noCredential,
      meter: unmetered,
      now: () => NOW,
      guard: 'public',
      reach: () => feedConnector.reach,
      userAgent: USER_AGENT,
      resolve: (_, __, done) => {
        done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
      },
    });
    const permit = aPermit();
    expect(await fetch(permit, { url: 'https://blog.sukamaju.example/feed' })).toEqual({
      kind: 'unreachable',
      reason: 'name',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('unpacks %s', async (encoding, pack) => {
    server.on('/feed', document(pack('isi'), { 'content-encoding': encoding }));
    expect(await ask()).toMatchObject({ body: 'isi' });
  });

  it('takes an empty answer that claims to be packed', async () => {
    server.on('/feed', status(304, { 'content-encoding': 'gzip' }));
    expect(await ask()).toMatchObject({ status: 304, body: '' });
  });

  it('survives a header that no browser would take', async () => {
    server.on('/feed', status(200, { 'x-odd': 'caf\u00e9 \u0080', etag: '"1"' }, 'isi'));
    expect(await ask()).toMatchObject({ kind: 'answered', body: 'isi' });
  });
});

describe('a connection that was kept', () => {
  it('is made anew when the host has ended it meanwhile', async () => {
    let connections = 0;
    const host = createServer((request, response) => {
      if (request.socket.bytesWritten > 0) request.socket.resetAndDestroy();
      else response.end('isi');
    })
      .on('connection', () => (connections += 1))
      .listen(0, '127.0.0.1');
    await once(host, 'listening');
    const { port } = z.object({ port: z.number() }).parse(host.address());
    const origin = `http://127.0.0.1:${port}`;
    const fetch = guardedFetch({
      credential: noCredential,
      meter: unmetered,
      now: () => NOW,
      guard: 'loopback',
      reach: () => feedConnector.reach,
      userAgent: USER_AGENT,
    });
    const permit = aPermit({
      account: anAccount({ identity: { id: origin, host: new URL(origin).host } }),
    });
    const request = { url: `${origin}/feed`, headers: { accept: 'application/atom+xml' } };
    expect(await fetch(permit, request)).toMatchObject({ kind: 'answered', body: 'isi' });
    expect(await fetch(permit, request)).toMatchObject({ kind: 'answered', body: 'isi' });
    expect(connections).toBe(2);
    host.closeAllConnections();
    host.close();
  });
});

describe('redirects', () => {
  it('are followed three times, and name the address of a permanent chain', async () => {
    server.on('/feed', redirect(301, '/b'));
    server.on('/b', redirect(308, '/c'));
    server.on('/c', redirect(301, `${other.origin}/d`));
    other.on('/d', document('isi'));
    const url = `${other.origin}/d`;
    expect(await ask()).toMatchObject({ kind: 'answered', body: 'isi', url, movedTo: url });
  });

  it('count as permanent up to the first that is not', async () => {
    server.on('/feed', redirect(301, '/b'));
    server.on('/b', redirect(302, '/c'));
    server.on('/c', redirect(301, '/d'));
    server.on('/d', document('isi'));
    expect(await ask()).toMatchObject({ url: `${server.origin}/d`, movedTo: `${server.origin}/b` });
  });

  it('end after the third', async () => {
    for (const [from, to] of ['ab', 'bc', 'cd', 'de'])
      server.on(`/${from ?? ''}`, redirect(302, `/${to ?? ''}`));
    expect(await ask({ path: '/a' })).toEqual({ kind: 'forbidden', reason: 'redirects' });
    expect(server.requests).toHaveLength(4);
  });

  it('without a place to go are answers', async () => {
    server.on('/feed', status(302));
    expect(await ask()).toMatchObject({ kind: 'answered', status: 302 });
  });

  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'https://blog.sukamaju.example/',
    'file:///etc/passwd',
    'http://user:secret@127.0.0.1/',
    'http://0x7f.0.0.2/',
    'http://[::ffff:10.0.0.1]/',
    'http://',
  ])('to %s are refused', async (location) => {
    server.on('/feed', redirect(301, location));
    expect(await ask()).toEqual({ kind: 'forbidden', reason: 'address' });
  });

  it('to another origin carry nothing by which the first one knows us', async () => {
    const headers = { Authorization: 'Bearer rahasia', Cookie: 'a=b', 'X-Own': '1', 'If-None-Match': '"1"' };
    server.on('/given', document('', { etag: '"1"' }));
    await ask({ path: '/given' });
    server.on('/feed', redirect(302, `${other.origin}/away`));
    other.on('/away', redirect(302, `${server.origin}/back`));
    server.on('/back', document('isi'));
    expect(await ask({ headers })).toMatchObject({ body: 'isi' });
    const sent = [...server.requests, ...other.requests].map(
      ({ path, headers: { authorization, cookie, ...rest } }) => [
        path,
        authorization ?? cookie ?? rest['x-own'] ?? rest['if-none-match'],
      ],
    );
    expect(Object.fromEntries(sent)).toEqual({
      '/given': undefined,
      '/feed': 'Bearer rahasia',
      '/away': undefined,
      '/back': undefined,
    });
  });

  it('within an origin carry everything', async () => {
    server.on('/feed', redirect(302, '/b'));
    server.on('/b', document('isi'));
    await ask({ headers: { Authorization: 'Bearer rahasia' } });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer rahasia',
      'Bearer rahasia',
    ]);
  });
});

describe('the text of a body', () => {
  const latin = Buffer.from('caf\u00e9', 'latin1');
  it.each<[string, Buffer, string | undefined, string]>([
    ['its header', latin, 'text/xml; charset=iso-8859-1', 'café'],
    ['its header in quotes', latin, 'text/xml; charset="ISO-8859-1"; x=y', 'café'],
    [
      'its declaration',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>'), latin]),
      'text/xml',
      '<?xml version="1.0" encoding="iso-8859-1"?>café',
    ],
    [
      'its byte order mark, whatever the header says',
      Buffer.from('\ufeffcafé'),
      'text/xml; charset=iso-8859-1',
      'café',
    ],
    ['a mark of UTF-16', Buffer.from('\ufeffcafé', 'utf16le'), 'text/xml', 'café'],
    ['UTF-8 where nothing is said', Buffer.from('café'), undefined, 'café'],
    ['UTF-8 where nonsense is said', Buffer.from('café'), 'text/xml; charset=nonsense', 'café'],
    ['UTF-8 with marks for what is none', latin, 'text/xml', 'caf\ufffd'],
  ])('is read by %s', async (_, body, type, text) => {
    server.on('/feed', document(body, type === undefined ? {} : { 'content-type': type }));
    expect(await ask()).toMatchObject({ body: text });
  });
});

describe('a credential', () => {
  const TOKEN = 'rahasia-9f31';
  const asking = (to: string | null) => {
    if (to !== null) server.on('/feed', status(302, { location: to }));
    return guardedFetch({
      credential: (network, host) =>
        Promise.resolve(
          network === 'feed' && host === server.host ? { authorization: `Bearer ${TOKEN}` } : {},
        ),
      meter: unmetered,
      now: () => NOW,
      guard: 'loopback',
      reach: () => feedConnector.reach,
      userAgent: USER_AGENT,
    })(aPermit({ account: anAccount({ identity: { id: server.origin, host: server.host } }) }), {
      url: `${server.origin}/feed`,
      headers: { accept: 'application/atom+xml' },
    });
  };

  it('goes to the host that it is for', async () => {
    server.on('/feed', document('isi'));
    await asking(null);
    expect(server.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${TOKEN}`);
  });

  it('goes nowhere else when that host redirects', async () => {
    other.on('/feed', document('isi'));
    await asking(`${other.origin}/feed`);
    expect(other.requests).toHaveLength(1);
    expect(JSON.stringify(other.requests)).not.toContain(TOKEN);
  });
});

describe('leave to read what a post points to', () => {
  it('opens its one address, once', async () => {
    server.on('/feed', document('isi'));
    const fetch = guardedFetch({
      credential: noCredential,
      meter: unmetered,
      now: () => NOW,
      guard: 'loopback',
      reach: () => [{ with: 'context', host: 'of-permit', path: '/**' }],
      userAgent: USER_AGENT,
    });
    const permit = aPermit({ account: anAccount({ identity: { id: server.origin, host: server.host } }) });
    const context = permit.pointsTo(`${server.origin}/feed`);
    const ask = async (path: string) =>
      (await fetch(context, { url: `${server.origin}${path}`, headers: { accept: 'application/atom+xml' } }))
        .kind;
    expect([await ask('/other'), await ask('/feed'), await ask('/feed')]).toEqual([
      'forbidden',
      'answered',
      'forbidden',
    ]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a quota of the day', () => {
  it('is taken from before each call; when it is used up, nobody is asked', async () => {
    let left = 1;
    const until = plus(NOW, { hours: 3 });
    const ask = guardedFetch({
      credential: noCredential,
      meter: () => Promise.resolve((left -= 1) < 0 ? until : null),
      now: () => NOW,
      guard: 'loopback',
      reach: () => feedConnector.reach,
      userAgent: USER_AGENT,
    });
    server.on('/feed', document(Buffer.from('x')));
    const permit = aPermit({ account: anAccount({ identity: { id: server.origin, host: server.host } }) });
    const request = { url: `${server.origin}/feed`, headers: { accept: 'application/atom+xml' } };
    expect(await ask(permit, request)).toMatchObject({ kind: 'answered' });
    const asked = server.requests.length;
    expect(await ask(permit, request)).toEqual({ kind: 'spent', until });
    expect(server.requests).toHaveLength(asked);
  });
});

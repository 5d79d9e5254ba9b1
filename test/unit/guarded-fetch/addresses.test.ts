import { connect, type LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import {
  ForbiddenAddressError,
  guardedLookup,
  isPublicAddress,
  type Resolve,
} from '../../../shared/adapters/public-address.js';
import type { HostGuard } from '../../../shared/domain/registry/host-grammar.js';
import type { FetchOutcome } from '../../../shared/networks/connector.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';
import { document, startFeedServer, type FeedServer } from '../../servers-in-process/feed-server.js';
import { HOSTILE_ADDRESSES, hostilePayloads } from './payloads.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
  server.on('/', document('<rss/>'));
});
afterEach(() => server.close());

const FORBIDDEN = { kind: 'forbidden', reason: 'address' };

/** Asks for an address under a permit for its very host, so that nothing but the guard is in the way. */
const ask = async (url: string, guard: HostGuard, resolve: Resolve): Promise<FetchOutcome> => {
  const host = URL.parse(url)?.host ?? '';
  const permit = aPermit({
    account: anAccount({ identity: { id: 'feed', host: host === '' ? 'none' : host.slice(0, 253) } }),
  });
  const fetch = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => NOW,
    guard,
    reach: () => feedConnector.reach,
    userAgent: 'Netral/0.1',
    resolve,
  });
  return fetch(permit, { url });
};

const answering =
  (...answers: readonly string[]): Resolve =>
  (_, __, done) => {
    done(
      null,
      answers.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

describe('the public guard', () => {
  it('opens no connection and resolves no name for an address outside the grammar', async () => {
    const payloads = hostilePayloads(Number(new URL(server.origin).port));
    const resolved: string[] = [];
    const resolve: Resolve = (host, options, done) => {
      resolved.push(host);
      answering('127.0.0.1')(host, options, done);
    };
    const outcomes = await Promise.all(payloads.map((payload) => ask(payload, 'public', resolve)));
    expect(payloads.filter((_, index) => outcomes[index]?.kind !== 'forbidden')).toEqual([]);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([JSON.stringify(FORBIDDEN)]),
    );
    expect(payloads.length).toBeGreaterThanOrEqual(90);
    expect(resolved).toEqual([]);
    expect(server.connections()).toBe(0);
  });

  it.each(HOSTILE_ADDRESSES)('refuses a name that leads to %s', async (address) => {
    expect(await ask('https://blog.sukamaju.example/', 'public', answering(address))).toEqual(FORBIDDEN);
  });

  it('refuses a name of which only one address is on the inside', async () => {
    const resolve = answering('93.184.215.14', '127.0.0.1');
    expect(await ask('https://blog.sukamaju.example/', 'public', resolve)).toEqual(FORBIDDEN);
  });

  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07::1', '2404:6800:4003::1'])(
    'takes %s for public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('a name server that changes its answer', () => {
  const rebinding = (): Resolve => {
    let calls = 0;
    return (host, options, done) => {
      calls += 1;
      answering(calls === 1 ? '93.184.215.14' : '127.0.0.1')(host, options, done);
    };
  };
  const connectWith = (lookup: LookupFunction): Promise<Error | 'connected'> =>
    new Promise((resolve) => {
      const socket = connect({
        host: 'blog.sukamaju.example',
        port: Number(new URL(server.origin).port),
        lookup,
      });
      socket.on('error', resolve);
      socket.on('connect', () => {
        socket.destroy();
        resolve('connected');
      });
    });
  const check = (lookup: LookupFunction): Promise<unknown> =>
    new Promise((resolve) => {
      lookup('blog.sukamaju.example', { all: true }, (error, addresses) => {
        resolve(error ?? addresses);
      });
    });

  it('is refused at the moment of connecting', async () => {
    const lookup = guardedLookup('public', rebinding());
    expect(await check(lookup)).toEqual([{ address: '93.184.215.14', family: 4 }]);
    expect(await connectWith(lookup)).toBeInstanceOf(ForbiddenAddressError);
    expect(server.connections()).toBe(0);
  });

  it('would have reached the inside without the guard', async () => {
    const resolve = rebinding();
    const lookup: LookupFunction = (host, _, done) => {
      resolve(host, { all: true, family: 0 }, (error, addresses) => {
        done(error, [...addresses]);
      });
    };
    await check(lookup);
    expect(await connectWith(lookup)).toBe('connected');
  });
});

describe('the loopback guard', () => {
  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'https://blog.sukamaju.example/',
    'http://127.0.0.1.sukamaju.example/',
    'http://127.0.0.2/',
    'http://user@127.0.0.1/',
    'ftp://127.0.0.1/',
  ])('refuses %s', async (url) => {
    expect(await ask(url, 'loopback', answering('127.0.0.1'))).toEqual(FORBIDDEN);
  });

  it('refuses a localhost that leads elsewhere', async () => {
    expect(await ask('http://localhost/', 'loopback', answering('93.184.215.14'))).toEqual(FORBIDDEN);
  });

  it('reaches localhost on any port', async () => {
    const url = server.origin.replace('127.0.0.1', 'localhost');
    expect(await ask(url, 'loopback', answering('127.0.0.1'))).toMatchObject({
      kind: 'answered',
      status: 200,
    });
  });
});

import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip } from 'node:zlib';
import { allowedUrl } from '../domain/registry/host-grammar.js';
import type { FetchOutcome, GuardedFetch, TakeIn } from '../networks/connector.js';
import { decodeBody } from './charset.js';
import type { Credential } from './network-tokens.js';
import { permittedFetch, type Wall } from './permitted-fetch.js';
import type { Meter } from './quota-meter.js';
import { ForbiddenAddressError, guardedLookup, type Resolve } from './public-address.js';

const MAX_BYTES = 5 * 1024 * 1024;
const MAX_MILLISECONDS = 10_000;
const MAX_REDIRECTS = 3;

/** What may follow a redirect to another origin: nothing by which the first one knows us. */
const HARMLESS = new Set(['accept']);

interface GuardedFetchDeps extends Wall {
  /** Says who reads and how to reach them. */
  readonly userAgent: string;
  /** By what a host knows us, where it asks for that. Connectors never hold it, and no other origin gets it. */
  readonly credential: Credential;
  readonly meter: Meter;
  /** How names are resolved; the system's way by default. */
  readonly resolve?: Resolve;
  /** Aborts when a whole fetch, redirects included, has taken too long, or what of it comes after a wait for room. */
  readonly deadline?: () => AbortSignal;
}

/** The one module that uses the network for connectors; see `GuardedFetch`. Failures of the network are values. */
export const guardedFetch = ({
  now,
  guard,
  reach,
  userAgent,
  credential,
  meter,
  resolve,
  deadline = () => AbortSignal.timeout(MAX_MILLISECONDS),
}: GuardedFetchDeps): GuardedFetch => {
  const get = getter(guardedLookup(guard, resolve));

  const follow = async (
    first: URL,
    wanted: Record<string, string>,
    { signal, apart }: Time,
    takeIn: TakeIn,
  ): Promise<FetchOutcome> => {
    let url = first;
    let headers = wanted;
    let permanent = true;
    let movedTo: string | null = null;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const answer = await get(url, {
        signal,
        headers: { ...headers, 'user-agent': userAgent, 'accept-encoding': 'gzip, br' },
      });
      const { statusCode: status = 0 } = answer;
      const received = toHeaders(answer.headers);
      const location = isRedirect(status) ? received.get('location') : null;
      if (location === null) {
        const body = await readBody(answer, received.get('content-encoding'), (bytes) => {
          const wait = takeIn(bytes);
          return wait === null ? null : apart(wait);
        });
        if (body === 'too-large') return { kind: 'unreachable', reason: 'too-large' };
        const text = decodeBody(body, received.get('content-type'));
        return { kind: 'answered', status, headers: received, body: text, url: url.href, movedTo };
      }
      answer.destroy();
      const next = allowedUrl(URL.parse(location, url.href)?.href ?? '', guard);
      if (next === null) return { kind: 'forbidden', reason: 'address' };
      permanent &&= status === 301 || status === 308;
      if (permanent) movedTo = next.href;
      if (next.origin !== url.origin) headers = pick(headers, HARMLESS);
      url = next;
    }
    return { kind: 'forbidden', reason: 'redirects' };
  };

  return permittedFetch({ now, guard, reach }, async (network, url, headers, takeIn) => {
    const until = await meter(network, url.host);
    if (until !== null) return { kind: 'spent', until };
    const known = await credential(network, url.host);
    const time = timeBy(deadline);
    try {
      return await follow(url, { ...lowerCased(headers), ...known }, time, takeIn);
    } catch (error) {
      const outcome = failure(error, time.signal);
      // Nobody keeps a connection for ever that is not read from: what comes of a wait of ours is not the host's doing.
      return time.hasWaited() ? { kind: 'put-off' } : outcome;
    } finally {
      time.stop();
    }
  });
};

/** Asks over connections that are kept for the next question to the same host. */
const getter = (lookup: LookupFunction) => {
  const plain = { client: http, agent: new http.Agent({ keepAlive: true }) };
  const secure = { client: https, agent: new https.Agent({ keepAlive: true }) };
  const get = (url: URL, options: RequestOptions, isSecondTry = false): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { client, agent } = url.protocol === 'https:' ? secure : plain;
      const request = client.get(url, { ...options, agent, lookup }, (answer) => {
        // What ends an answer is told to whoever reads it; nobody may be reading.
        answer.on('error', ignore);
        resolve(answer);
      });
      request.on('error', (error) => {
        // A connection that was kept may have been ended by the other side just then, or while this process was frozen.
        const isStale = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
        if (isStale && !isSecondTry) resolve(get(url, options, true));
        else reject(error);
      });
    });
  return get;
};

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const pick = (
  headers: Readonly<Record<string, string>>,
  names: ReadonlySet<string>,
): Record<string, string> => Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name)));

/** `Headers` throws on what it may not hold, and a server may send anything. */
const LATIN1 = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

const toHeaders = (raw: Readonly<Record<string, string | string[] | undefined>>): Headers => {
  const headers = new Headers();
  for (const [name, values] of Object.entries(raw))
    for (const value of [values ?? []].flat()) if (LATIN1.test(value)) headers.append(name, value);
  return headers;
};

/** The time that a host has. What a fetch waits for in this process is not counted: it says nothing of the host. */
const timeBy = (deadline: () => AbortSignal) => {
  const over = new AbortController();
  const begin = (): (() => void) => {
    const signal = deadline();
    const end = (): void => {
      over.abort();
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    return () => {
      signal.removeEventListener('abort', end);
    };
  };
  let stop = begin();
  let hasWaited = false;
  return {
    signal: over.signal,
    apart: async (wait: Promise<void>): Promise<void> => {
      hasWaited = true;
      stop();
      try {
        await wait;
      } finally {
        stop = begin();
      }
    },
    hasWaited: (): boolean => hasWaited,
    stop: (): void => {
      stop();
    },
  };
};
type Time = ReturnType<typeof timeBy>;

/** Counts what comes out of the decompression too: a few kilobytes can unpack to gigabytes. */
const readBody = async (
  body: Readable,
  encoding: string | null,
  takeIn: TakeIn,
): Promise<Uint8Array | 'too-large'> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of decompressed(body, encoding)) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return 'too-large';
    chunks.push(chunk);
    await takeIn(chunk.byteLength);
  }
  return Buffer.concat(chunks, bytes);
};

/** Flushes early, as browsers do: a 304 may name an encoding and have no body. */
const decompressed = (body: Readable, encoding: string | null): AsyncIterable<Uint8Array> => {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return pipeline(body, createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }), ignore);
    case 'br':
      return pipeline(
        body,
        createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
        ignore,
      );
    default:
      return body;
  }
};

/** The reader of a pipeline gets its error too. */
const ignore = (): void => undefined;

const NAME_CODES: readonly string[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ENODATA',
  'ESERVFAIL',
];

const failure = (error: unknown, signal: AbortSignal): FetchOutcome => {
  if (signal.aborted) return { kind: 'unreachable', reason: 'timeout' };
  if (error instanceof ForbiddenAddressError) return { kind: 'forbidden', reason: 'address' };
  // Everything that a socket, TLS, HTTP or a decompressor says carries a code; what carries none, or says that it was
  // asked wrongly, is a fault of ours.
  if (!(error instanceof Error) || !('code' in error) || error instanceof TypeError) throw error;
  const isName = typeof error.code === 'string' && NAME_CODES.includes(error.code);
  return { kind: 'unreachable', reason: isName ? 'name' : 'connection' };
};

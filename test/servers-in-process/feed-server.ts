import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { listen } from './listen.js';

/** What the server does with one request. */
export type Play = (request: IncomingMessage, response: ServerResponse) => void;

export interface FeedServer {
  readonly origin: string;
  /** As in an account's registration: with the port, because this is loopback. */
  readonly host: string;
  /** Answers a path with each play in turn, and with the last one from then on. Other paths answer 404. */
  readonly on: (path: string, ...plays: readonly Play[]) => void;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** What a good reader of feeds would not have sent. */
  readonly faults: readonly string[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

const EXPECTED_HEADERS: readonly string[] = [
  'host',
  'connection',
  'user-agent',
  'accept',
  'accept-encoding',
  'if-none-match',
  'if-modified-since',
];

/** A server of feeds on a free port of 127.0.0.1 that is strict about who asks, and how. */
export const startFeedServer = async (alsoExpected: readonly string[] = []): Promise<FeedServer> => {
  const plays = new Map<string, readonly Play[]>();
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const faults: string[] = [];
  /** Validators that were handed out; a redirect on the same origin takes them from path to path. */
  const given = new Set<string>();
  let connections = 0;

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
    faults.push(...faultsOf(request, alsoExpected, given));
    const [play = status(404), ...later] = plays.get(path) ?? [];
    if (later.length > 0) plays.set(path, later);
    response.on('error', () => undefined);
    play(request, response);
    for (const name of ['etag', 'last-modified']) given.add(String(response.getHeader(name)));
  });
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    on: (path, ...next) => {
      plays.set(path, next);
    },
    requests,
    faults,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const faultsOf = (
  request: IncomingMessage,
  alsoExpected: readonly string[],
  given: ReadonlySet<string>,
): string[] => {
  const { headers, method } = request;
  const unexpected = Object.keys(headers).filter(
    (name) => !EXPECTED_HEADERS.includes(name) && !alsoExpected.includes(name),
  );
  const conditions = [headers['if-none-match'], headers['if-modified-since']].filter(
    (value) => value !== undefined,
  );
  return [
    ...(method === 'GET' ? [] : [`method ${String(method)}`]),
    ...(/^\w+\/[\d.]+ \(\+https:\/\/.+\)$/.test(headers['user-agent'] ?? '') ? [] : ['no user agent']),
    ...(headers.accept?.includes('application/atom+xml') === true ? [] : ['does not ask for feeds']),
    ...unexpected.map((name) => `header ${name}`),
    ...conditions
      .filter((value) => !given.has(value))
      .map((value) => `a validator that was never given: ${value}`),
  ];
};

type Headers = Readonly<Record<string, string>>;

/** A document; answers 304 when asked for the version that it is. */
export const document =
  (body: string | Uint8Array, headers: Headers = {}): Play =>
  (request, response) => {
    const { etag, 'last-modified': modified } = headers;
    const unchanged =
      (etag !== undefined && request.headers['if-none-match'] === etag) ||
      (etag === undefined && modified !== undefined && request.headers['if-modified-since'] === modified);
    response.statusCode = unchanged ? 304 : 200;
    response.setHeaders(new Map(Object.entries({ 'content-type': 'application/xml', ...headers })));
    response.end(unchanged ? undefined : body);
  };

export const status =
  (code: number, headers: Headers = {}, body = ''): Play =>
  (_, response) => {
    response.writeHead(code, headers);
    response.end(body);
  };

export const redirect = (code: number, location: string): Play => status(code, { location }, 'moved');

/** A few kilobytes that unpack to 40 MB. */
export const gzipBomb: Play = (_, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/xml' });
  response.end(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' ')));
};

/** A body that never ends, as fast as the reader takes it. */
export const endlessBody: Play = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/xml' });
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour);
  pour();
};

/** Accepts and never answers; says when it was asked. */
export const silence =
  (asked: () => void): Play =>
  () => {
    asked();
  };

/** Begins a body, says so, and never goes on. */
export const drip =
  (begun: () => void): Play =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.write('<rss version="2.0"><channel>', begun);
  };

/** Breaks off in the middle of a body. */
export const hangUp: Play = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': '1000' });
  response.write('<rss', () => response.destroy());
};

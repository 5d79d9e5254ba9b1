import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sha256 } from '../../shared/domain/ids.js';
import type { Play } from './feed-server.js';
import { listen } from './listen.js';

interface StoredRecord {
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface AtprotoServer {
  readonly origin: string;
  readonly host: string;
  /** Makes an account whose repository stands here, or only its document when `elsewhere` names another server. */
  readonly enrol: (did: string, handle: string, elsewhere?: string) => void;
  readonly put: (
    did: string,
    collection: string,
    rkey: string,
    value: Readonly<Record<string, unknown>>,
  ) => string;
  readonly remove: (did: string, collection: string, rkey: string) => void;
  /** `null` is an active account; `unknown` one that was never here. */
  readonly setStatus: (
    did: string,
    status: 'deactivated' | 'takendown' | 'suspended' | 'deleted' | 'unknown' | null,
  ) => void;
  /** The directory says of it that it was ended. */
  readonly end: (did: string) => void;
  /** Answers every request of a method so, until it is told `null`. */
  readonly on: (method: string, play: Play | null) => void;
  /** How many records a page has at most, whatever is asked for. */
  pageSize: number;
  /** `METHOD` or path of each request, in their order. */
  readonly calls: string[];
  /** What the lexicons forbid, or a polite reader would not send. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';

/** A key as the protocol makes it from the clock. */
export const tid = (time: number, clock = 0): string => {
  let rest = ((BigInt(time) * 1000n) << 10n) | BigInt(clock);
  let text = '';
  for (let index = 0; index < 13; index += 1) {
    text = (ALPHABET[Number(rest & 31n)] ?? '') + text;
    rest >>= 5n;
  }
  return text;
};

const HEADERS: readonly string[] = ['host', 'connection', 'user-agent', 'accept', 'accept-encoding'];
const DID = /^did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]$/;
const NSID =
  /^[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\.[a-zA-Z][a-zA-Z0-9]{0,62}$/;
const HANDLE = /^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const RKEY = /^(?!\.{1,2}$)[a-zA-Z0-9._:~-]{1,512}$/;

type Check = (value: string) => boolean;
const fits =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value);
const limit: Check = (value) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 100;

/** The parameters of each method as its lexicon has them; those with `?` may be left out. */
const METHODS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'com.atproto.sync.getLatestCommit': { did: fits(DID) },
  'com.atproto.sync.getRepoStatus': { did: fits(DID) },
  'com.atproto.repo.listRecords': {
    repo: fits(DID),
    collection: fits(NSID),
    'limit?': limit,
    'cursor?': fits(/^.+$/),
    'reverse?': fits(/^(true|false)$/),
  },
  'com.atproto.repo.getRecord': {
    repo: fits(DID),
    collection: fits(NSID),
    rkey: fits(RKEY),
    'cid?': fits(/^[a-z0-9]+$/),
  },
  'com.atproto.identity.resolveHandle': { handle: fits(HANDLE) },
};

const faultsOf = (request: IncomingMessage, method: string | null, url: URL): string[] => {
  const shape = method === null ? {} : METHODS[method];
  if (shape === undefined) return [`no method ${String(method)}`];
  const names = new Set(Object.keys(shape).map((name) => name.replace('?', '')));
  return [
    ...(request.method === 'GET' ? [] : [`method ${String(request.method)}`]),
    ...(/^\w+\/[\d.]+ \(\+https:\/\/.+\)$/.test(request.headers['user-agent'] ?? '')
      ? []
      : ['no user agent']),
    ...Object.keys(request.headers)
      .filter((name) => !HEADERS.includes(name))
      .map((name) => `header ${name}`),
    ...[...url.searchParams.keys()].filter((name) => !names.has(name)).map((name) => `parameter ${name}`),
    ...Object.entries(shape).flatMap(([name, check]) => {
      const values = url.searchParams.getAll(name.replace('?', ''));
      if (values.length === 0) return name.endsWith('?') ? [] : [`no ${name}`];
      return values.length === 1 && check(values[0] ?? '') ? [] : [`${name} is ${values.join(' and ')}`];
    }),
  ];
};

/** The same id for the same content, as in a repository. */
const cidOf = (value: unknown): string => `bafyrei${sha256(JSON.stringify(value)).slice(0, 52)}`;

/** One server that holds repositories, keeps the directory and knows handles, strict about who asks and how. */
export const startAtprotoServer = async (): Promise<AtprotoServer> => {
  const repositories = new Map<string, Map<string, Map<string, StoredRecord>>>();
  const documents = new Map<string, { readonly handle: string; readonly server: string } | 'ended'>();
  const statuses = new Map<string, string>();
  const revisions = new Map<string, number>();
  const plays = new Map<string, Play>();
  const faults: string[] = [];
  const calls: string[] = [];

  const send = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const refuse = (response: ServerResponse, error: string, status = 400): void => {
    send(response, status, { error, message: error });
  };

  const answer = (method: string, parameters: URLSearchParams, response: ServerResponse): void => {
    const did = parameters.get('did') ?? parameters.get('repo') ?? '';
    const status = repositories.has(did) ? statuses.get(did) : 'unknown';
    const records =
      repositories.get(did)?.get(parameters.get('collection') ?? '') ?? new Map<string, StoredRecord>();
    switch (method) {
      case 'com.atproto.sync.getRepoStatus':
        if (status === 'unknown') refuse(response, 'RepoNotFound');
        else
          send(response, 200, {
            did,
            active: status === undefined,
            ...(status === undefined ? {} : { status }),
          });
        return;
      case 'com.atproto.sync.getLatestCommit':
        if (status !== undefined) refuse(response, 'RepoNotFound');
        else send(response, 200, { cid: cidOf(did), rev: tid(revisions.get(did) ?? 0) });
        return;
      case 'com.atproto.repo.listRecords': {
        if (status !== undefined) {
          refuse(response, 'InvalidRequest');
          return;
        }
        const cursor = parameters.get('cursor');
        const asked = Number(parameters.get('limit') ?? 50);
        const page = [...records]
          .sort(([one], [other]) => (one < other ? 1 : -1))
          .filter(([rkey]) => cursor === null || rkey < cursor)
          .slice(0, Math.min(asked, server.pageSize));
        send(response, 200, {
          records: page.map(([rkey, { cid, value }]) => ({
            uri: `at://${did}/${parameters.get('collection') ?? ''}/${rkey}`,
            cid,
            value,
          })),
          ...(page.length === 0 ? {} : { cursor: page.at(-1)?.[0] }),
        });
        return;
      }
      case 'com.atproto.repo.getRecord': {
        const rkey = parameters.get('rkey') ?? '';
        const record = status === undefined ? records.get(rkey) : undefined;
        if (record === undefined) refuse(response, 'RecordNotFound');
        else
          send(response, 200, {
            uri: `at://${did}/${parameters.get('collection') ?? ''}/${rkey}`,
            cid: record.cid,
            value: record.value,
          });
        return;
      }
      case 'com.atproto.identity.resolveHandle': {
        const known = [...documents].find(
          ([, document]) => document !== 'ended' && document.handle === parameters.get('handle'),
        );
        if (known === undefined) refuse(response, 'HandleNotFound');
        else send(response, 200, { did: known[0] });
        return;
      }
      default:
        refuse(response, 'MethodNotImplemented', 501);
    }
  };

  const describe = (did: string, response: ServerResponse): void => {
    const document = documents.get(did);
    if (document === undefined) send(response, 404, { message: `DID not registered: ${did}` });
    else if (document === 'ended') send(response, 410, { message: `DID not available: ${did}` });
    else
      send(response, 200, {
        '@context': ['https://www.w3.org/ns/did/v1'],
        id: did,
        alsoKnownAs: [`at://${document.handle}`],
        service: [
          { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: document.server },
        ],
      });
  };

  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '', server.origin);
    const method = /^\/xrpc\/(.+)$/.exec(url.pathname)?.[1] ?? null;
    calls.push(method ?? url.pathname);
    const wrong = faultsOf(request, method, url);
    faults.push(...wrong.map((fault) => `${method ?? url.pathname}: ${fault}`));
    response.on('error', () => undefined);
    const play = plays.get(method ?? url.pathname) ?? plays.get('*');
    if (play !== undefined) play(request, response);
    else if (wrong.length > 0) refuse(response, 'InvalidRequest');
    else if (method !== null) answer(method, url.searchParams, response);
    else describe(decodeURIComponent(url.pathname.slice(1)), response);
  });
  const port = await listen(http);
  const touch = (did: string): void => {
    revisions.set(did, (revisions.get(did) ?? 0) + 1);
  };
  const collectionOf = (did: string, collection: string): Map<string, StoredRecord> => {
    const repository = repositories.get(did);
    if (repository === undefined) throw new Error(`${did} is not here`);
    const records = repository.get(collection) ?? new Map<string, StoredRecord>();
    repository.set(collection, records);
    return records;
  };
  const server: AtprotoServer = {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    pageSize: 100,
    calls,
    faults,
    enrol: (did, handle, elsewhere) => {
      documents.set(did, { handle, server: elsewhere ?? `http://127.0.0.1:${port}` });
      if (elsewhere === undefined && !repositories.has(did)) repositories.set(did, new Map());
    },
    put: (did, collection, rkey, value) => {
      const cid = cidOf(value);
      collectionOf(did, collection).set(rkey, { cid, value: { $type: collection, ...value } });
      touch(did);
      return cid;
    },
    remove: (did, collection, rkey) => {
      collectionOf(did, collection).delete(rkey);
      touch(did);
    },
    setStatus: (did, status) => {
      if (status === null) statuses.delete(did);
      else statuses.set(did, status);
    },
    end: (did) => {
      documents.set(did, 'ended');
    },
    on: (method, play) => {
      if (play === null) plays.delete(method);
      else plays.set(method, play);
    },
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
};

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Play } from './feed-server.js';
import { listen } from './listen.js';

/** What the server knows of one account or one status, as it is sent. */
export type Entity = Readonly<Record<string, unknown>> & { readonly id: string };

/** Habits of servers of this kind that a reader has to bear. */
export interface Quirks {
  /** `Link` as Mastodon sends it, or none. */
  readonly link: boolean;
  readonly honours: { readonly limit: boolean; readonly maxId: 'exclusive' | 'inclusive' | 'ignored' };
  /** Only who bears this token is answered. */
  readonly token: string | null;
}

const USUAL: Quirks = { link: true, honours: { limit: true, maxId: 'exclusive' }, token: null };

/** An answer, as it stands. */
interface Reply {
  readonly code: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface MastodonServer {
  readonly origin: string;
  readonly host: string;
  readonly quirks: (quirks: Partial<Quirks>) => void;
  readonly account: (account: Entity) => void;
  /** Newest first, as they are listed from now on. */
  readonly lists: (account: string, statuses: readonly Entity[]) => void;
  /** There when asked for by id, though not listed. */
  readonly has: (status: Entity) => void;
  /** Answers the next requests for this path by these, whatever else it knows. */
  readonly on: (path: string, ...replies: readonly Reply[]) => void;
  /** Answers every request so, until told `null`. */
  readonly always: (play: Play | null) => void;
  readonly requests: readonly string[];
  /** What the API's documents do not allow, or a good reader would not have sent. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

const HEADERS: readonly string[] = [
  'host',
  'connection',
  'user-agent',
  'accept',
  'accept-encoding',
  'authorization',
];

/** The calls that the API's documents describe for readers, with their parameters (docs.joinmastodon.org/methods). */
const CALLS: readonly { readonly path: RegExp; readonly parameters: Readonly<Record<string, RegExp>> }[] = [
  { path: /^\/api\/v1\/accounts\/lookup$/, parameters: { acct: /^[\w.-]+(?:@[\w.:-]+)?$/ } },
  { path: /^\/api\/v1\/accounts\/[\w-]+$/, parameters: {} },
  {
    path: /^\/api\/v1\/accounts\/[\w-]+\/statuses$/,
    parameters: {
      limit: /^(?:[1-9]|[1-3]\d|40)$/,
      max_id: /^[\w-]+$/,
      since_id: /^[\w-]+$/,
      min_id: /^[\w-]+$/,
      exclude_replies: /^(?:true|false)$/,
      exclude_reblogs: /^(?:true|false)$/,
    },
  },
  { path: /^\/api\/v1\/statuses\/[\w-]+$/, parameters: {} },
];

/** A server of the Mastodon API on a free port of 127.0.0.1 that is strict about what it is asked, and how. */
export const startMastodonServer = async (): Promise<MastodonServer> => {
  let quirks = USUAL;
  const accounts = new Map<string, Entity>();
  const lists = new Map<string, readonly Entity[]>();
  const others = new Map<string, Entity>();
  const replies = new Map<string, readonly Reply[]>();
  let always: Play | null = null;
  const requests: string[] = [];
  const faults: string[] = [];
  /** Ids that were handed out; no other may be asked for. */
  const given = new Set<string>();

  const status = (id: string): Entity | undefined =>
    others.get(id) ?? [...lists.values()].flat().find((known) => known.id === id);

  const write = (response: ServerResponse, { code, body, headers }: Reply): void => {
    for (const [, id] of body.matchAll(/"(?:id|in_reply_to_id|quoted_status_id)":"?([\w-]+)"?/g))
      given.add(id ?? '');
    response.writeHead(code, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body);
  };
  const send = (
    response: ServerResponse,
    code: number,
    body: unknown,
    headers: Reply['headers'] = {},
  ): void => {
    write(response, { code, body: JSON.stringify(body), headers });
  };
  const notFound = (response: ServerResponse) => {
    send(response, 404, { error: 'Record not found' });
  };

  const page = (account: string, query: URLSearchParams, response: ServerResponse): void => {
    const all = lists.get(account);
    if (all === undefined) {
      notFound(response);
      return;
    }
    const { limit: honoursLimit, maxId: honoursMaxId } = quirks.honours;
    const maxId = query.get('max_id');
    const isBelow = ({ id }: Entity): boolean => {
      if (maxId === null || honoursMaxId === 'ignored') return true;
      if (id === maxId) return honoursMaxId === 'inclusive';
      // The id of a deleted status still says where to go on.
      return id.length < maxId.length || (id.length === maxId.length && id < maxId);
    };
    const size = honoursLimit ? Number(query.get('limit') ?? 20) : 48;
    const shown = all.filter(isBelow).slice(0, size);
    const last = shown.at(-1);
    const next =
      quirks.link && last !== undefined && shown.length === size
        ? { link: `<http://${host}/api/v1/accounts/${account}/statuses?max_id=${last.id}>; rel="next"` }
        : {};
    send(response, 200, shown, next);
  };

  const answer = (url: URL, response: ServerResponse): void => {
    const [, , , kind, id = '', rest] = url.pathname.split('/');
    const found = kind === 'statuses' ? status(id) : accounts.get(id);
    if (kind === 'accounts' && id === 'lookup') {
      const acct = url.searchParams.get('acct')?.toLowerCase();
      const named = [...accounts.values()].find((account) => String(account['acct']).toLowerCase() === acct);
      if (named === undefined) notFound(response);
      else send(response, 200, named);
    } else if (rest === 'statuses') page(id, url.searchParams, response);
    else if (found === undefined) notFound(response);
    else send(response, 200, found);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://server.example');
    requests.push(`${url.pathname}${url.search}`);
    faults.push(...faultsOf(request, url, given, quirks));
    response.on('error', () => undefined);
    const [next, ...later] = replies.get(url.pathname) ?? [];
    if (always !== null) always(request, response);
    else if (next !== undefined) {
      replies.set(url.pathname, later);
      write(response, next);
    } else if (quirks.token !== null && request.headers.authorization !== `Bearer ${quirks.token}`)
      send(response, 401, { error: 'This API requires an authenticated user' });
    else answer(url, response);
  });
  const port = await listen(server);
  const host = `127.0.0.1:${port}`;
  return {
    origin: `http://${host}`,
    host,
    quirks: (changed) => {
      quirks = { ...quirks, ...changed };
    },
    account: (account) => {
      accounts.set(account.id, account);
      given.add(account.id);
    },
    lists: (account, statuses) => {
      given.add(account);
      lists.set(account, statuses);
    },
    has: (entity) => {
      others.set(entity.id, entity);
    },
    on: (path, ...next) => {
      replies.set(path, next);
    },
    always: (play) => {
      always = play;
    },
    requests,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const faultsOf = (
  { method, headers }: IncomingMessage,
  url: URL,
  given: ReadonlySet<string>,
  { token }: Quirks,
): string[] => {
  const call = CALLS.find(({ path }) => path.test(url.pathname));
  const parameters = [...url.searchParams];
  const names = parameters.map(([name]) => name);
  const id = url.pathname.split('/')[4] ?? '';
  const marks = ['max_id', 'since_id', 'min_id'].flatMap((name) => url.searchParams.get(name) ?? []);
  return [
    ...(method === 'GET' ? [] : [`method ${String(method)}`]),
    ...(call === undefined ? [`path ${url.pathname}`] : []),
    ...(new Set(names).size === names.length ? [] : ['a parameter twice']),
    ...parameters
      .filter(([name, value]) => call?.parameters[name]?.test(value) !== true)
      .map(([name, value]) => `parameter ${name}=${value}`),
    ...[id, ...marks]
      .filter((named) => named !== 'lookup' && !given.has(named))
      .map((named) => `an id never given: ${named}`),
    ...Object.keys(headers)
      .filter((name) => !HEADERS.includes(name))
      .map((name) => `header ${name}`),
    ...(headers.accept?.includes('application/json') === true ? [] : ['does not ask for JSON']),
    ...(/^\w+\/[\d.]+ \(\+https:\/\/.+\)$/.test(headers['user-agent'] ?? '') ? [] : ['no user agent']),
    ...(headers.authorization === undefined || token !== null ? [] : ['a token that nobody asked for']),
  ];
};

export const reply = (code: number, body = '', headers: Reply['headers'] = {}): Reply => ({
  code,
  body,
  headers,
});

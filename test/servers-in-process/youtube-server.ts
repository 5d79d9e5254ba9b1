import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Play } from './feed-server.js';
import { listen } from './listen.js';

interface ServedChannel {
  readonly id: string;
  /** With the `@`; a channel may have none. */
  readonly handle: string | null;
  readonly description: string;
}

export interface ServedVideo {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  readonly description: string;
  readonly tags?: readonly string[];
  readonly publishedAt: string;
  readonly privacyStatus?: 'public' | 'unlisted' | 'private';
}

export interface YoutubeServer {
  readonly origin: string;
  readonly channel: (channel: ServedChannel) => void;
  readonly closeChannel: (id: string) => void;
  /** Adds a video, or gives it other words. */
  readonly video: (video: ServedVideo) => void;
  readonly removeVideo: (id: string) => void;
  /** There when asked for by id, though the list of uploads leaves it out. */
  readonly hide: (id: string) => void;
  /** Names of pages that were given are refused from now on. */
  readonly forgetPages: () => void;
  /** Only who sends this key is answered. */
  readonly wantsKey: (key: string) => void;
  /** Lists of uploads have no end. */
  readonly endless: () => void;
  /** Answers every request so, until told `null`. */
  readonly always: (play: Play | null) => void;
  /** Answers every request for this method so, until told `null`. */
  readonly on: (method: string, play: Play | null) => void;
  /** Method and parameters of each request. */
  readonly requests: readonly string[];
  /** What the interface's documents do not allow, or a good reader would not have sent. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

const HEADERS: readonly string[] = [
  'host',
  'connection',
  'user-agent',
  'accept',
  'accept-encoding',
  'x-goog-api-key',
];

const PARTS = /^(?:id|snippet|contentDetails|status)(?:,(?:id|snippet|contentDetails|status))*$/;

/** The calls that the documents describe, with the parameters and parts that a reader with a key alone may ask for. */
const CALLS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '/youtube/v3/channels': {
    part: PARTS,
    id: /^UC[\w-]{22}$/,
    forHandle: /^@?[\p{L}\p{M}\p{N}_.·-]{3,30}$/u,
  },
  '/youtube/v3/playlistItems': {
    part: PARTS,
    playlistId: /^[\w-]+$/,
    maxResults: /^(?:\d|[1-4]\d|50)$/,
    pageToken: /^\w+$/,
  },
  '/youtube/v3/videos': {
    part: PARTS,
    id: /^[\w-]{11}(?:,[\w-]{11}){0,49}$/,
  },
};
const FILTERS = ['id', 'forHandle', 'playlistId'];

const uploadsOf = (channel: string): string => `UU${channel.slice(2)}`;

/** An error as Google writes it. */
export const refusal =
  (code: number, reason: string, message = 'Refused.'): Play =>
  (_, response) => {
    refuse(response, code, reason, message);
  };

const refuse = (response: ServerResponse, code: number, reason: string, message = 'Refused.'): void => {
  send(response, code, { error: { code, message, errors: [{ message, domain: 'youtube', reason }] } });
};

const send = (response: ServerResponse, code: number, body: unknown): void => {
  response.writeHead(code, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
};

/** The part of the YouTube Data API that reads uploads, on a free port of 127.0.0.1, strict about what it is asked. */
export const startYoutubeServer = async (): Promise<YoutubeServer> => {
  const channels = new Map<string, ServedChannel>();
  const videos = new Map<string, ServedVideo>();
  const hidden = new Set<string>();
  const plays = new Map<string, Play>();
  const tokens = new Map<string, { readonly playlist: string; readonly offset: number }>();
  let always: Play | null = null;
  let isEndless = false;
  let wanted: string | null = null;
  const requests: string[] = [];
  const faults: string[] = [];

  const channelList = (query: URLSearchParams, response: ServerResponse): void => {
    const found = [...channels.values()].find(
      ({ id, handle }) =>
        id === query.get('id') || (handle !== null && handle.toLowerCase() === query.get('forHandle')),
    );
    const items =
      found === undefined
        ? {}
        : {
            items: [
              {
                kind: 'youtube#channel',
                id: found.id,
                snippet: {
                  title: 'Kanal',
                  description: found.description,
                  ...(found.handle === null ? {} : { customUrl: found.handle.toLowerCase() }),
                },
                contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsOf(found.id) } },
              },
            ],
          };
    send(response, 200, { kind: 'youtube#channelListResponse', pageInfo: { resultsPerPage: 5 }, ...items });
  };

  const listed = (playlist: string): ServedVideo[] =>
    [...videos.values()]
      .filter(({ id, channel }) => uploadsOf(channel) === playlist && !hidden.has(id))
      .filter(({ privacyStatus = 'public' }) => privacyStatus === 'public')
      .toSorted((one, other) => other.publishedAt.localeCompare(one.publishedAt));

  const more = (playlist: string, offset: number, size: number): void => {
    for (let index = videos.size; index < offset + size; index += 1) {
      const id = `e${String(index).padStart(10, '0')}`;
      videos.set(id, {
        id,
        channel: `UC${playlist.slice(2)}`,
        title: 'Lagi',
        description: 'lagi',
        publishedAt: '2026-11-20T00:00:00Z',
      });
    }
  };

  const uploadList = (query: URLSearchParams, response: ServerResponse): void => {
    const playlist = query.get('playlistId') ?? '';
    const size = Number(query.get('maxResults') ?? 5);
    const token = query.get('pageToken');
    const place = token === null ? { playlist, offset: 0 } : tokens.get(token);
    if (place?.playlist !== playlist) {
      refuse(response, 400, 'invalidPageToken');
      return;
    }
    const { offset } = place;
    if (isEndless) more(playlist, offset, size + 1);
    const all = listed(playlist);
    // As the interface does: a channel that has nothing public has no list either.
    if (all.length === 0) {
      refuse(response, 404, 'playlistNotFound');
      return;
    }
    const next = `P${playlist.length}x${offset + size}`;
    const hasMore = all.length > offset + size;
    if (hasMore) tokens.set(next, { playlist, offset: offset + size });
    send(response, 200, {
      kind: 'youtube#playlistItemListResponse',
      ...(hasMore ? { nextPageToken: next } : {}),
      items: all.slice(offset, offset + size).map(({ id, channel, title, description, publishedAt }) => ({
        kind: 'youtube#playlistItem',
        id: `item-${id}`,
        snippet: { title, description, channelId: channel, videoOwnerChannelId: channel, publishedAt },
        contentDetails: { videoId: id, videoPublishedAt: publishedAt },
        status: { privacyStatus: 'public' },
      })),
    });
  };

  const videoList = (query: URLSearchParams, response: ServerResponse): void => {
    const items = (query.get('id') ?? '')
      .split(',')
      .flatMap((id) => videos.get(id) ?? [])
      // Who asks with a key alone is not shown what is private.
      .filter(({ privacyStatus }) => privacyStatus !== 'private')
      .map(({ id, channel, title, description, tags, publishedAt, privacyStatus = 'public' }) => ({
        kind: 'youtube#video',
        id,
        snippet: { channelId: channel, title, description, publishedAt, ...(tags && { tags }) },
        status: { privacyStatus, uploadStatus: 'processed' },
      }));
    send(response, 200, { kind: 'youtube#videoListResponse', items });
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://server.example');
    const method = url.pathname.split('/').at(-1) ?? '';
    requests.push(`${method}?${decodeURIComponent(url.searchParams.toString())}`);
    faults.push(...faultsOf(request, url));
    response.on('error', () => undefined);
    const play = always ?? plays.get(method);
    const key = request.headers['x-goog-api-key'];
    if (play !== undefined) play(request, response);
    else if (wanted !== null && key === undefined)
      refuse(response, 403, 'forbidden', 'The request is missing a valid API key.');
    else if (wanted !== null && key !== wanted)
      refuse(response, 400, 'badRequest', 'API key not valid. Please pass a valid API key.');
    else if (method === 'channels') channelList(url.searchParams, response);
    else if (method === 'playlistItems') uploadList(url.searchParams, response);
    else videoList(url.searchParams, response);
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    channel: (channel) => {
      channels.set(channel.id, channel);
    },
    closeChannel: (id) => {
      channels.delete(id);
      for (const video of videos.values()) if (video.channel === id) videos.delete(video.id);
    },
    video: (video) => {
      videos.set(video.id, video);
    },
    removeVideo: (id) => {
      videos.delete(id);
    },
    hide: (id) => {
      hidden.add(id);
    },
    forgetPages: () => {
      tokens.clear();
    },
    wantsKey: (key) => {
      wanted = key;
    },
    endless: () => {
      isEndless = true;
    },
    always: (play) => {
      always = play;
    },
    on: (method, play) => {
      if (play === null) plays.delete(method);
      else plays.set(method, play);
    },
    requests,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const faultsOf = ({ method, headers }: IncomingMessage, url: URL): string[] => {
  const call = CALLS[url.pathname];
  const parameters = [...url.searchParams];
  const names = parameters.map(([name]) => name);
  return [
    ...(method === 'GET' ? [] : [`method ${String(method)}`]),
    ...(call === undefined ? [`path ${url.pathname}`] : []),
    ...(new Set(names).size === names.length ? [] : ['a parameter twice']),
    ...(names.includes('part') ? [] : ['no part']),
    ...(names.filter((name) => FILTERS.includes(name)).length === 1 ? [] : ['not exactly one filter']),
    ...parameters
      .filter(([name, value]) => call?.[name]?.test(value) !== true)
      .map(([name, value]) => `parameter ${name}=${value}`),
    ...Object.keys(headers)
      .filter((name) => !HEADERS.includes(name))
      .map((name) => `header ${name}`),
    ...(headers.accept?.includes('application/json') === true ? [] : ['does not ask for JSON']),
    ...(/^\w+\/[\d.]+ \(\+https:\/\/.+\)$/.test(headers['user-agent'] ?? '') ? [] : ['no user agent']),
  ];
};

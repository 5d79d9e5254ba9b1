import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { plus, type Instant } from '../../shared/domain/time.js';
import { renderFeed } from './render-feed.js';
import type { LaterPost, SampleFeed } from './world.js';

interface FeedServerOptions {
  readonly feeds: readonly SampleFeed[];
  readonly later: readonly LaterPost[];
  /** The sample's clock: a post dated after it is not yet there. */
  readonly now: () => Instant;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

export interface FeedServer {
  /** `http://127.0.0.1:41234`; it plays every host of the sample network, which it knows by path. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** How long the busy feed asks a reader to wait, once. */
const RETRY_AFTER_SECONDS = 900;
const SHOWN_POSTS = 50;

/** The sample network: every feed of the sample world on one loopback server, good and bad manners included. */
export const startFeedServer = async ({
  feeds,
  later,
  now,
  port = 0,
}: FeedServerOptions): Promise<FeedServer> => {
  const byPath = new Map(feeds.map((feed) => [feed.path, feed]));
  const waitUntil = new Map<string, Instant>();

  const answerFeed = (feed: SampleFeed, request: IncomingMessage, response: ServerResponse): void => {
    const at = now();
    const posts = [...later.filter(({ path }) => path === feed.path), ...feed.posts]
      .filter(({ postedAt }) => postedAt <= at)
      .sort((one, other) => other.postedAt.localeCompare(one.postedAt))
      .slice(0, SHOWN_POSTS);
    const { type, body } = renderFeed(feed, posts);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
    const newest = posts[0]?.postedAt;
    const headers = {
      etag,
      ...(newest === undefined ? {} : { 'last-modified': new Date(newest).toUTCString() }),
    };
    if (isUnchanged(request, etag, newest)) response.writeHead(304, headers).end();
    else response.writeHead(200, { ...headers, 'content-type': type }).end(body);
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const feed = byPath.get(request.url ?? '');
    if (feed === undefined) {
      response.writeHead(404).end();
      return;
    }
    switch (feed.behaviour) {
      case 'normal':
        answerFeed(feed, request, response);
        return;
      case 'throttled': {
        const until = waitUntil.get(feed.path) ?? plus(now(), { seconds: RETRY_AFTER_SECONDS });
        waitUntil.set(feed.path, until);
        if (now() >= until) answerFeed(feed, request, response);
        else response.writeHead(429, { 'retry-after': String(RETRY_AFTER_SECONDS) }).end();
        return;
      }
      case 'gone':
        response.writeHead(410).end();
        return;
      case 'html':
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(
            '<!doctype html><html lang="id"><title>Blog pindah</title><p>Blog ini sedang dipindahkan.</p></html>',
          );
        return;
      case 'forbidden':
        response.writeHead(403).end();
        return;
      case 'unreachable':
        response.destroy();
        return;
    }
  };

  const server = createServer(answer).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample network has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** As RFC 9110 wants it: a tag that the reader sends outweighs a date. */
const isUnchanged = (request: IncomingMessage, etag: string, newest: Instant | undefined): boolean => {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = request.headers['if-modified-since'];
  if (since === undefined || newest === undefined) return false;
  return Math.floor(Date.parse(newest) / 1000) * 1000 <= Date.parse(since);
};

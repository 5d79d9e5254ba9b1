import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { plus, type Instant } from '../../shared/domain/time.js';
import { serveOnLoopback, type LoopbackServer, type Served } from './loopback.js';
import { postsShown } from './posts.js';
import { renderFeed } from './render-feed.js';
import type { SampleFeed } from './world.js';

/** How long the busy feed asks a reader to wait, once. */
const RETRY_AFTER_SECONDS = 900;
const SHOWN_POSTS = 50;

/** Feeds by their path, of one host or of many, good and bad manners included. */
export const startFeedServer = ({
  accounts,
  later,
  now,
  port = 0,
}: Served<SampleFeed>): Promise<LoopbackServer> => {
  const byPath = new Map(accounts.map((feed) => [feed.path, feed]));
  const waitUntil = new Map<string, Instant>();

  const answerFeed = (feed: SampleFeed, request: IncomingMessage, response: ServerResponse): void => {
    const posts = postsShown(feed, later, now()).slice(0, SHOWN_POSTS);
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

  return serveOnLoopback(port, answer);
};

/** As RFC 9110 wants it: a tag that the reader sends outweighs a date. */
const isUnchanged = (request: IncomingMessage, etag: string, newest: Instant | undefined): boolean => {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = request.headers['if-modified-since'];
  if (since === undefined || newest === undefined) return false;
  return Math.floor(Date.parse(newest) / 1000) * 1000 <= Date.parse(since);
};

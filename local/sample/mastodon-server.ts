import type { ServerResponse } from 'node:http';
import { plus, type Instant } from '../../shared/domain/time.js';
import { serveOnLoopback, type LoopbackServer, type Served } from './loopback.js';
import { postsShown, wordsOf, type ShownPost } from './posts.js';
import { statusId } from './public-ids.js';
import { html } from './render-feed.js';
import type { SampleProfile } from './world.js';

const PAGE = 20;
const MOST = 40;
/** How long the busy server has a reader wait, once. */
const WAIT_MINUTES = 15;

/** A server of the Mastodon API: what it tells somebody who has not signed in. */
export const startMastodonServer = async ({
  accounts,
  later,
  now,
  port = 0,
}: Served<SampleProfile>): Promise<LoopbackServer> => {
  let waitUntil: Instant | null = null;

  const accountEntity = ({ id, name, holder }: SampleProfile) => ({
    id,
    username: name,
    acct: name,
    display_name: holder.name,
    locked: false,
    bot: false,
    discoverable: true,
    noindex: false,
    note: '',
    url: `${server.origin}/@${name}`,
    fields: [],
    emojis: [],
  });
  const statusEntity = (account: SampleProfile, post: ShownPost) => {
    const id = statusId(post);
    return {
      id,
      created_at: post.postedAt,
      edited_at: post.editedAt,
      in_reply_to_id: null,
      in_reply_to_account_id: null,
      sensitive: false,
      spoiler_text: '',
      visibility: 'public',
      language: 'id',
      uri: `${server.origin}/users/${account.name}/statuses/${id}`,
      url: `${server.origin}/@${account.name}/${id}`,
      content: html(wordsOf(post)),
      reblog: null,
      account: accountEntity(account),
      media_attachments: [],
      mentions: [],
      tags: [],
      emojis: [],
      card: null,
      poll: null,
    };
  };

  const list = (account: SampleProfile, asked: URLSearchParams, response: ServerResponse): void => {
    const below = asked.get('max_id');
    const limit = Math.min(Number(asked.get('limit') ?? PAGE), MOST);
    const page = postsShown(account, later, now())
      .map((post) => statusEntity(account, post))
      .filter(({ id }) => below === null || BigInt(id) < BigInt(below))
      .slice(0, limit);
    const last = page.at(-1);
    const next = `${server.origin}/api/v1/accounts/${account.id}/statuses?limit=${limit}&max_id=${last?.id ?? ''}`;
    send(response, 200, page, last === undefined ? {} : { link: `<${next}>; rel="next"` });
  };

  const answer = (path: string, asked: URLSearchParams, response: ServerResponse): void => {
    if (path === '/api/v1/accounts/lookup') {
      const named = accounts.find(({ name }) => name === asked.get('acct'));
      if (named === undefined) send(response, 404, NOT_FOUND);
      else send(response, 200, accountEntity(named));
      return;
    }
    const [, own, isList] = /^\/api\/v1\/accounts\/(\d+)(\/statuses)?$/.exec(path) ?? [];
    const account = accounts.find(({ id }) => id === own);
    if (account !== undefined) {
      if (account.behaviour === 'throttled') {
        waitUntil ??= plus(now(), { minutes: WAIT_MINUTES });
        if (now() < waitUntil) {
          send(response, 429, { error: 'Too many requests' }, { 'x-ratelimit-reset': waitUntil });
          return;
        }
      }
      if (isList === undefined) send(response, 200, accountEntity(account));
      else list(account, asked, response);
      return;
    }
    const [, wanted] = /^\/api\/v1\/statuses\/(\d+)$/.exec(path) ?? [];
    const status = accounts
      .flatMap((one) => postsShown(one, later, now()).map((post) => statusEntity(one, post)))
      .find(({ id }) => id === wanted);
    if (status === undefined) send(response, 404, NOT_FOUND);
    else send(response, 200, status);
  };

  const server = await serveOnLoopback(port, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(pathname, searchParams, response);
  });
  return server;
};

const NOT_FOUND = { error: 'Record not found' };

const send = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
};

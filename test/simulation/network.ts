import { instant } from '../../shared/domain/time.js';
import type { FetchOutcome } from '../../shared/networks/connector.js';
import { rss } from '../fixtures/feeds.js';
import { anActor, aStatus } from '../fixtures/mastodon.js';
import type { Chance } from './chance.js';
import type { Posts, TruePost } from './posts.js';
import type { Scheduler } from './scheduler.js';
import type { Weather } from './weather.js';

export const BLOG = 'blog.sukamaju.example';
export const SOCIAL = 'sosial.sukamaju.example';

export const feedAddress = (author: string): string => `https://${BLOG}/${author}/feed.xml`;

/** Words that somebody puts into their profile, such as a code of proof. */
export type Profiles = Map<string, string>;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const latest = ({ versions }: TruePost) => versions.at(-1) ?? { text: '', serial: 0, from: 0 };

const nothing: Answer = { status: 404, body: '', headers: {} };

const blog = (url: URL, headers: Readonly<Record<string, string>>, posts: Posts): Answer => {
  const [, author = '', file] = url.pathname.split('/');
  if (file !== 'feed.xml') return nothing;
  const shown = posts.shown(author).slice(0, 30);
  const etag = `"${shown.map((post) => latest(post).serial).join('-')}"`;
  if (headers['if-none-match'] === etag) return { status: 304, body: '', headers: { etag } };
  const body = rss(
    shown.map((post) => ({ id: post.id, html: `<p>${latest(post).text}</p>`, published: post.postedAt })),
  );
  return { status: 200, body, headers: { etag, 'content-type': 'application/rss+xml' } };
};

const statusOf = (post: TruePost, profiles: Profiles) => {
  const { text, from } = latest(post);
  const { id, author } = post;
  return aStatus(id, text, {
    created_at: post.postedAt,
    edited_at: post.versions.length > 1 ? instant(new Date(from)) : null,
    uri: `https://${SOCIAL}/users/${author}/statuses/${id}`,
    url: `https://${SOCIAL}/@${author}/${id}`,
    account: actorOf(author, profiles),
  });
};

const actorOf = (author: string, profiles: Profiles) =>
  anActor({ id: author, username: author, acct: author, note: `<p>${profiles.get(author) ?? ''}</p>` });

const social = (url: URL, posts: Posts, profiles: Profiles): Answer => {
  const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value), headers: {} });
  const [, , , kind, id = '', rest] = url.pathname.split('/');
  if (kind === 'statuses') {
    const post = posts.all().find((candidate) => candidate.id === id && !candidate.deleted);
    return post === undefined ? nothing : json(statusOf(post, profiles));
  }
  const author = id === 'lookup' ? (url.searchParams.get('acct') ?? '') : id;
  if (!profiles.has(author)) return nothing;
  if (rest !== 'statuses') return json(actorOf(author, profiles));
  const below = Number(url.searchParams.get('max_id') ?? Infinity);
  const listed = posts.shown(author).filter((post) => Number(post.id) < below);
  return json(listed.slice(0, 40).map((post) => statusOf(post, profiles)));
};

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly startedAt: number;
  readonly posts: Posts;
  readonly profiles: Profiles;
}

/** Answers as the two hosts do: well, with a refusal, with an error, with half of it, or too late. */
export interface Network {
  readonly ask: (url: URL, headers: Readonly<Record<string, string>>) => Promise<FetchOutcome>;
}

const UNANSWERED_MILLISECONDS = 10_000;

export const simulatedNetwork = (around: Surroundings): Network => {
  const { scheduler, chance, weather, startedAt, posts, profiles } = around;
  const happens = (probability: number): boolean =>
    scheduler.time() - startedAt < weather.healsAfter && chance.happens(probability);
  const answered = (url: URL, { status, body, headers }: Answer): FetchOutcome => ({
    kind: 'answered',
    status,
    headers: new Headers(headers),
    body,
    url: url.href,
    movedTo: null,
  });
  return {
    ask: async (url, headers) => {
      const { refuses, breaks, hangs, garbles } = weather.network;
      if (happens(hangs)) {
        await scheduler.sleep(UNANSWERED_MILLISECONDS);
        return { kind: 'unreachable', reason: 'timeout' };
      }
      await scheduler.sleep(chance.between(50, 400));
      if (happens(refuses)) {
        const seconds = chance.between(60, 1_800);
        return answered(url, { status: 429, body: '', headers: { 'retry-after': String(seconds) } });
      }
      if (happens(breaks)) return answered(url, { status: 502, body: 'Bad gateway', headers: {} });
      const answer = url.host === BLOG ? blog(url, headers, posts) : social(url, posts, profiles);
      return answered(url, happens(garbles) ? { ...answer, body: answer.body.slice(0, 100) } : answer);
    },
  };
};

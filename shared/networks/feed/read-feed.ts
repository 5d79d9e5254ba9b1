import type { ScanPermit } from '../../domain/registry/permit.js';
import type { Instant } from '../../domain/time.js';
import type { Connector, ConnectorTools, Mark, Reading } from '../connector.js';
import { keepable, parseCursor, termOf, validator, withListed, type FeedCursor } from './feed-cursor.js';
import { quietUntil } from './feed-manners.js';
import { ACCEPT, pageAnswer, type GoodAnswer, type FailedAnswer, type PageAnswer } from './feed-page.js';
import { gatherPosts, type Gathering } from './gather-posts.js';
import { walkPages, type Walk } from './walk-pages.js';

/** Looks at a feed: its first page, and as many older ones as the last look left unread. */
export const readFeed: Connector['read'] = async (permit, mark, tools) => {
  const cursor = parseCursor(mark.cursor);
  const at = tools.now();
  const ask = asking(permit, cursor, tools, at);
  const address = cursor.address ?? permit.identity.id;
  const first = await ask(address, conditions(cursor));
  if (first.kind === 'failed') return failedReading(first, cursor, mark);
  const gathering = gatherPosts({
    permit,
    mark,
    cursor,
    limit: tools.limits.posts,
    digest: tools.digest,
    at,
  });
  const walk = await walkPages({
    start: { url: address, answer: first },
    backlog: cursor.backlog,
    ask: (url) => ask(url, {}),
    gathering,
    maxPages: tools.limits.pages,
    host: permit.host,
  });
  return goodReading({ permit, cursor, address, first, walk, gathering, at });
};

type Ask = (url: string, headers: Readonly<Record<string, string>>) => Promise<PageAnswer>;

const asking =
  (permit: ScanPermit, cursor: FeedCursor, { fetch }: ConnectorTools, at: Instant): Ask =>
  async (url, headers) =>
    pageAnswer(await fetch(permit, { url, headers: { accept: ACCEPT, ...headers } }), {
      conditional: Object.keys(headers).length > 0,
      throttlesBefore: cursor.throttles,
      at,
    });

const conditions = ({ etag, lastModified }: FeedCursor): Record<string, string> => ({
  ...(etag === null ? {} : { 'if-none-match': etag }),
  ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
});

const failedReading = (failure: FailedAnswer, cursor: FeedCursor, mark: Mark): Reading => ({
  posts: [],
  deleted: [],
  cursor: cursorAfterFailure(failure, cursor, mark),
  reason: failure.reason,
  throttle: failure.throttle,
  notBefore: null,
  stop: failure.stop,
});

const cursorAfterFailure = (failure: FailedAnswer, cursor: FeedCursor, mark: Mark): string | null => {
  if (failure.throttle !== null) return JSON.stringify({ ...cursor, throttles: cursor.throttles + 1 });
  // Where the feed had moved to is gone: perhaps it moved again, and the declared address knows.
  if (failure.reason === 'gone' && cursor.address !== null)
    return JSON.stringify({ ...cursor, address: null, moving: null });
  return mark.cursor;
};

interface Look {
  readonly permit: ScanPermit;
  readonly cursor: FeedCursor;
  readonly address: string;
  readonly first: GoodAnswer;
  readonly walk: Walk;
  readonly gathering: Gathering;
  readonly at: Instant;
}

const goodReading = (look: Look): Reading => {
  const { permit, cursor, first, walk, gathering, at } = look;
  const ttlMinutes = first.kind === 'page' ? first.page.ttlMinutes : cursor.ttlMinutes;
  const posts = gathering.posts();
  const throttle = walk.failure?.throttle ?? null;
  const next: FeedCursor = {
    ...addressAfter(look),
    ...validatorsAfter(look),
    ttlMinutes,
    throttles: throttle === null ? 0 : cursor.throttles + 1,
    backlog: keepable(walk.unfinished),
    readUnder: walk.unfinished === null ? termOf(permit) : cursor.readUnder,
    seen: withListed(cursor, gathering.listed()),
  };
  const complete = posts.length > 0 ? 'seen' : 'nothing-new';
  return {
    posts,
    // A feed just stops listing an entry, as it does with every old one.
    deleted: [],
    cursor: JSON.stringify(next),
    reason: walk.failure?.reason ?? (walk.unread ? 'page-cap' : complete),
    throttle,
    notBefore: quietUntil(first.headers, ttlMinutes, at),
    stop: false,
  };
};

/**
 * A permanent redirect counts when two looks in a row see it, and only within the host that the permit names; to another
 * host it is followed each time anew.
 */
const addressAfter = ({ permit, cursor, first }: Look): Pick<FeedCursor, 'address' | 'moving'> => {
  const movedTo = keepable(first.movedTo);
  if (movedTo === null || URL.parse(movedTo)?.host !== permit.host)
    return { address: cursor.address, moving: null };
  return movedTo === cursor.moving
    ? { address: movedTo, moving: null }
    : { address: cursor.address, moving: movedTo };
};

/** What the first page may be asked for by next time; nothing while a part of it is still to be read. */
const validatorsAfter = ({
  cursor,
  address,
  first,
  walk,
}: Look): Pick<FeedCursor, 'etag' | 'lastModified'> => {
  if (walk.unfinished === address) return { etag: null, lastModified: null };
  if (first.kind === 'unchanged') return { etag: cursor.etag, lastModified: cursor.lastModified };
  const sameOrigin = URL.parse(first.url)?.origin === URL.parse(address)?.origin;
  if (!sameOrigin) return { etag: null, lastModified: null };
  return {
    etag: validator(first.headers.get('etag')),
    lastModified: validator(first.headers.get('last-modified')),
  };
};

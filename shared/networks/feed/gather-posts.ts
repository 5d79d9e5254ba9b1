import type { ScanPermit } from '../../domain/registry/permit.js';
import type { Post } from '../../domain/scanning/post.js';
import type { Instant } from '../../domain/time.js';
import type { ConnectorTools, Mark } from '../connector.js';
import { listedIn, remembered, REMEMBERED_ENTRIES, termOf, type FeedCursor } from './feed-cursor.js';
import { isTakenOver } from './feed-origin.js';
import { feedPost } from './feed-post.js';
import type { FeedEntry, FeedPage } from './parse-feed.js';

/** What a page of a feed leaves to be read. */
interface PageGain {
  /** Entries of this very page: for the next look, by the bound on posts; or for none, because one page has too many. */
  readonly rest: 'nothing' | 'for-later' | 'for-never';
  /** Behind this page: nothing of the permit's time, nothing that was not handed over at an earlier look, or who knows. */
  readonly behind: 'nothing' | 'known' | 'unread';
}

export interface Gathering {
  readonly add: (page: FeedPage, url: string) => PageGain;
  /** New and edited posts, newest first. */
  readonly posts: () => readonly Post[];
  /** Everything that was listed and is now handed over, newest first. */
  readonly listed: () => readonly string[];
}

interface GatherRequest {
  readonly permit: ScanPermit;
  readonly mark: Mark;
  readonly cursor: FeedCursor;
  readonly limit: number;
  readonly digest: ConnectorTools['digest'];
  readonly at: Instant;
}

/** Stands for the version of an entry that is not handed over, whatever its words. */
const HELD_BACK = 'held back';

/** Collects from the pages of one look what was not handed over before. */
export const gatherPosts = ({ permit, mark, cursor, limit, digest, at }: GatherRequest): Gathering => {
  const since = Date.parse(permit.since);
  const isOld = ({ time }: FeedEntry): boolean => time !== null && time < since;
  const listedBefore = listedIn(cursor, digest);
  // The window forgets after some days, the list in the cursor after many entries; either one may still know a post.
  const knownBefore = ({ uri, version }: Post): 'new' | 'edited' | 'same' => {
    const [window, list] = [mark.known(uri, version), listedBefore(uri, version)];
    if (window === 'same' || list === 'same') return 'same';
    return window === 'edited' || list === 'edited' ? 'edited' : 'new';
  };
  const posts: Post[] = [];
  const uris = new Set<string>();
  const listed = new Set<string>();

  // What a feed lists without a date that anybody can read may be years old. Only what it did not list when it was read to its
  // end, in this same term, was posted since then; so the moment at which it is met is right, to within a look.
  const isNewWithoutDate = cursor.readUnder === termOf(permit);
  const wasHeldBack = ({ uri }: Post): boolean => listedBefore(uri, HELD_BACK) === 'same';

  const postOf = (entry: FeedEntry, page: string): Post | null =>
    feedPost(entry, { feed: permit.identity.id, page, at });

  /** Hands over what is new in these, until there is no room; says whether there was. */
  const take = (entries: readonly FeedEntry[], names: readonly string[], page: string): boolean => {
    for (const entry of entries) {
      const post = postOf(entry, page);
      if (post === null) continue;
      uris.add(post.uri);
      const held = wasHeldBack(post);
      if (
        isTakenOver(entry, [...names, permit.identity.id, page], page) ||
        (entry.time === null && (held || !isNewWithoutDate))
      ) {
        listed.add(remembered(digest, post.uri, HELD_BACK));
        continue;
      }
      const name = remembered(digest, post.uri, post.version);
      const known = listed.has(name) ? 'same' : knownBefore(post);
      if (known !== 'same') {
        if (posts.length === limit) return false;
        posts.push({ ...post, edited: known === 'edited' && !held });
      }
      listed.add(name);
    }
    return true;
  };

  /** Feeds list the newest first, but for pinned ones; so the last entry tells what the pages behind it hold. */
  const behind = ({ entries }: FeedPage, page: string, urisBefore: number): PageGain['behind'] => {
    const last = entries.at(-1);
    if (last === undefined || isOld(last) || uris.size === urisBefore) return 'nothing';
    const post = postOf(last, page);
    return post === null || knownBefore(post) === 'new' ? 'unread' : 'known';
  };

  return {
    add: (page, url) => {
      const urisBefore = uris.size;
      const inTime = page.entries.filter((entry) => !isOld(entry)).sort(newestFirst);
      const hadRoom = take(inTime.slice(0, REMEMBERED_ENTRIES), page.names, url);
      if (!hadRoom) return { rest: 'for-later', behind: 'unread' };
      const rest = inTime.length > REMEMBERED_ENTRIES ? 'for-never' : 'nothing';
      return { rest, behind: behind(page, url, urisBefore) };
    },
    posts: () => posts.toSorted((one, other) => other.postedAt.localeCompare(one.postedAt)),
    listed: () => [...listed],
  };
};

/** Entries without a date count as new. */
const newestFirst = (one: FeedEntry, other: FeedEntry): number =>
  (other.time ?? Number.MAX_SAFE_INTEGER) - (one.time ?? Number.MAX_SAFE_INTEGER);

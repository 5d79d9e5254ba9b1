import * as z from 'zod';
import { Json } from '../json.js';
import { timeOf } from './at-uri.js';
import type { Instant } from '../../domain/time.js';

const Key = z.string().max(512);

/** What is kept of one collection of a repository. No text and nobody's name: keys and content ids, which are public. */
export const CollectionCursor = z.strictObject({
  /** Everything up to this key was read. A key that no clock made, or a future one, never comes here. */
  mark: Key.nullable(),
  /** An unfinished walk: where it goes on towards `mark`, and what `mark` becomes when it gets there. */
  gap: z.strictObject({ from: Key, high: Key.nullable() }).nullable(),
  /** The newest records as they were last seen, newest first: a key and its content ids, the last one first. */
  seen: z.array(z.string().max(1200)).max(100),
  /** Keys in `seen` that the last look missed. */
  missing: z.array(Key).max(100),
  /** Keys of records whose context could not be read, and how often it was tried. */
  deferred: z.array(z.tuple([Key, z.int().positive()])).max(100),
});
export type CollectionCursor = z.infer<typeof CollectionCursor>;

const BlueskyCursor = z.strictObject({
  /** The state of the repository that was read to its end; `null` while something of it is still to be read. */
  rev: z.string().max(64).nullable(),
  /** Whether the holder asked then not to be shown to strangers. */
  private: z.boolean(),
  posts: CollectionCursor,
  reposts: CollectionCursor,
});
export type BlueskyCursor = z.infer<typeof BlueskyCursor>;

const UNREAD: CollectionCursor = { mark: null, gap: null, seen: [], missing: [], deferred: [] };

/** A text that is no cursor of ours starts anew: at worst something is read twice. */
export const parseCursor = (text: string | null): BlueskyCursor =>
  Json.pipe(BlueskyCursor).safeParse(text).data ?? {
    rev: null,
    private: false,
    posts: UNREAD,
    reposts: UNREAD,
  };

/** The store keeps so much of a cursor. */
const MAX_LENGTH = 16_000;

/** The cursor as text; where long keys fill it, what was seen longest ago is forgotten. */
export const cursorText = (cursor: BlueskyCursor): string => {
  let { posts, reposts } = cursor;
  let text = JSON.stringify(cursor);
  while (text.length > MAX_LENGTH && posts.seen.length + reposts.seen.length > 0) {
    posts = { ...posts, seen: posts.seen.slice(0, Math.floor(posts.seen.length / 2)) };
    reposts = { ...reposts, seen: reposts.seen.slice(0, Math.floor(reposts.seen.length / 2)) };
    const kept = (collection: CollectionCursor): CollectionCursor => {
      const keys = new Set(collection.seen.map((entry) => entry.split(' ', 1)[0]));
      return {
        ...collection,
        missing: collection.missing.filter((key) => keys.has(key)),
        deferred: collection.deferred.slice(0, 5),
      };
    };
    text = JSON.stringify({ ...cursor, posts: kept(posts), reposts: kept(reposts) });
  }
  return text;
};

/** Whether nothing waits for another look. */
export const isSettled = ({ gap, missing, deferred }: CollectionCursor): boolean =>
  gap === null && missing.length === 0 && deferred.length === 0;

/** What is remembered of a record: its content ids, the last one first. */
export type Seen = ReadonlyMap<string, readonly string[]>;

export const seenIn = ({ seen }: CollectionCursor): Seen =>
  new Map(
    seen.map((entry) => {
      const [key = '', ...cids] = entry.split(' ');
      return [key, cids] as const;
    }),
  );

const VERSIONS = 4;

/** The newest `most` of these as they are remembered. */
export const remembered = (seen: Seen, most: number): string[] =>
  [...seen]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .slice(0, most)
    .map(([key, cids]) => [key, ...cids.slice(0, VERSIONS)].join(' '));

/** The later of two marks. A key that a person chose may say any time, so only what a clock may have made counts. */
export const laterMark = (mark: string | null, keys: readonly string[], at: Instant): string | null =>
  keys.reduce<string | null>((latest, key) => {
    const time = timeOf(key);
    return time !== null && time <= at && (latest === null || key > latest) ? key : latest;
  }, mark);

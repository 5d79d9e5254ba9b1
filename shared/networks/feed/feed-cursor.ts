import * as z from 'zod';
import type { ScanPermit } from '../../domain/registry/permit.js';
import type { ConnectorTools } from '../connector.js';
import { Json } from '../json.js';

const Address = z.string().max(1024);
/** A header that was received and can be sent back. */
const Validator = z.string().regex(/^[\u0020-\u007e]{1,256}$/);

/** 48 bits of a hash are enough to tell the entries of one feed apart. */
const DIGEST = 8;
const ENTRY = 2 * DIGEST;
/** Entries of a page that are read and remembered; together the cursor stays under the 16 KB that are kept of it. */
export const REMEMBERED_ENTRIES = 500;

/** What a feed's connector keeps between two looks: no text, no address but the feed's own. */
export const FeedCursor = z.strictObject({
  /** Where the feed has moved to for good on its own host. */
  address: Address.nullable(),
  /** Where the last answer came from by permanent redirects, once. */
  moving: Address.nullable(),
  etag: Validator.nullable(),
  lastModified: Validator.nullable(),
  ttlMinutes: z.int().positive().nullable(),
  /** Times in a row that the host asked us to slow down. */
  throttles: z.int().nonnegative(),
  /** The page with which an unfinished walk goes on. */
  backlog: Address.nullable(),
  /** The term under which the feed was once read to its end: what it lists since then was posted since then. */
  readUnder: z.string().max(64).nullable(),
  /**
   * What the feed listed, newest first: keyed digests of each entry and of its version. A feed goes on listing an entry long
   * after the window of known posts has forgotten it.
   */
  seen: z
    .string()
    .regex(/^[\w-]*$/)
    .max(ENTRY * REMEMBERED_ENTRIES),
});
export type FeedCursor = z.infer<typeof FeedCursor>;

export const FIRST_LOOK: FeedCursor = {
  address: null,
  moving: null,
  etag: null,
  lastModified: null,
  ttlMinutes: null,
  throttles: 0,
  backlog: null,
  readUnder: null,
  seen: '',
};

/** A text that is no cursor of ours starts the look anew: at worst something is read twice. */
export const parseCursor = (text: string | null): FeedCursor => {
  if (text === null) return FIRST_LOOK;
  const cursor = Json.pipe(FeedCursor).safeParse(text);
  return cursor.success ? cursor.data : FIRST_LOOK;
};

/** An address that the cursor can hold, else `null`. */
export const keepable = (address: string | null): string | null => Address.safeParse(address).data ?? null;

/** A validator that the cursor can hold, else `null`. */
export const validator = (header: string | null): string | null => Validator.safeParse(header).data ?? null;

/** The time in which an account may be read without a break: a pause ends one, and so does another contest. */
export const termOf = ({ epoch, since }: Pick<ScanPermit, 'epoch' | 'since'>): string => `${epoch} ${since}`;

type Hash = ConnectorTools['digest'];

const digest = (hash: Hash, text: string): string =>
  Buffer.from(hash(text), 'hex').toString('base64url').slice(0, DIGEST);

/** An entry and its version in the form in which `seen` remembers them. */
export const remembered = (hash: Hash, uri: string, version: string): string =>
  `${digest(hash, uri)}${digest(hash, version)}`;

const entriesOf = ({ seen }: FeedCursor): string[] =>
  Array.from({ length: Math.floor(seen.length / ENTRY) }, (_, index) =>
    seen.slice(index * ENTRY, (index + 1) * ENTRY),
  );

/** Tells entries that the feed listed before from new ones and edits. */
export const listedIn = (
  cursor: FeedCursor,
  hash: Hash,
): ((uri: string, version: string) => 'new' | 'edited' | 'same') => {
  const versions = new Set(entriesOf(cursor));
  const entries = new Set([...versions].map((version) => version.slice(0, DIGEST)));
  return (uri, version) => {
    if (versions.has(remembered(hash, uri, version))) return 'same';
    return entries.has(digest(hash, uri)) ? 'edited' : 'new';
  };
};

/** `seen` after a look that listed these, in their order; what it did not list comes last and is forgotten first. */
export const withListed = (cursor: FeedCursor, listed: readonly string[]): string =>
  [...new Set([...listed, ...entriesOf(cursor)])].slice(0, REMEMBERED_ENTRIES).join('');

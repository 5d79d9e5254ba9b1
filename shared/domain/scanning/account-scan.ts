import * as z from 'zod';
import { Count, Positive } from '../fields.js';
import { AccountId, keyedHash } from '../ids.js';
import { Instant, minus } from '../time.js';
import { CoverageRun } from './coverage.js';

/** One post that was handed over, by keyed hashes: enough to know it again, useless to anybody else. */
export const WindowEntry = z.strictObject({
  post: z.string().length(16),
  version: z.string().length(16),
  handedAt: Instant,
});
export type WindowEntry = z.infer<typeof WindowEntry>;

const WINDOW_ENTRIES = 200;
const WINDOW_DAYS = 7;

/** All that is kept of an account between two looks. */
export const AccountScan = z.strictObject({
  account: AccountId,
  /** The registration that the rest belongs to; under another one everything starts anew. */
  epoch: Positive,
  cursor: z.string().max(16_384).nullable(),
  window: z.array(WindowEntry).max(WINDOW_ENTRIES),
  coverage: z.array(CoverageRun),
  /** Posts handed to the classifier so far. */
  posts: Count,
  notBefore: Instant.nullable(),
  stopped: z.boolean(),
  /** −1 before the first save. */
  revision: z.int().min(-1),
});
export type AccountScan = z.infer<typeof AccountScan>;

/** An account that was never looked at under this registration. */
export const firstScan = (account: AccountId, epoch: number): AccountScan => ({
  account,
  epoch,
  cursor: null,
  window: [],
  coverage: [],
  posts: 0,
  notBefore: null,
  stopped: false,
  revision: -1,
});

/** Since when an account cannot be found where it was; `null` where it can, or nobody knows. */
export const lostSince = ({ coverage }: Pick<AccountScan, 'coverage'>): Instant | null => {
  const last = coverage.at(-1);
  return last?.reason === 'renamed' || last?.reason === 'gone' ? last.since : null;
};

const short = (key: string, text: string): string => keyedHash(key, text).slice(0, 16);

/** Tells posts that were handed over before from new ones and edits. */
export const knownIn =
  (window: readonly WindowEntry[], key: string) =>
  (uri: string, version: string): 'new' | 'edited' | 'same' => {
    const post = short(key, uri);
    const entries = window.filter((entry) => entry.post === post);
    if (entries.length === 0) return 'new';
    const hashed = short(key, version);
    return entries.some((entry) => entry.version === hashed) ? 'same' : 'edited';
  };

/** The window after a hand-over: newest last, at most 200 entries of at most 7 days. */
export const withHandedOver = (
  window: readonly WindowEntry[],
  posts: readonly { readonly uri: string; readonly version: string }[],
  key: string,
  at: Instant,
): WindowEntry[] => {
  const added = posts.map(({ uri, version }) => ({
    post: short(key, uri),
    version: short(key, version),
    handedAt: at,
  }));
  const oldest = minus(at, { days: WINDOW_DAYS });
  return [...window.filter((entry) => entry.handedAt >= oldest), ...added].slice(-WINDOW_ENTRIES);
};

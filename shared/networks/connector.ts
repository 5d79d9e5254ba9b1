import type { CoverageReason } from '../domain/scanning/coverage.js';
import type { Post } from '../domain/scanning/post.js';
import type { FetchPermit, ScanPermit } from '../domain/registry/permit.js';
import type { Instant } from '../domain/time.js';
import type { Reach } from './reach.js';

/**
 * The wall that every network stands on. A connector reads one account under one permit and returns data: its caller
 * queues the posts and then stores the mark. It keeps nothing, logs nothing and reaches the network only by `fetch`.
 */
export interface Connector {
  /** Every address that it may ask for. */
  readonly reach: readonly Reach[];
  readonly read: (permit: ScanPermit, mark: Mark, tools: ConnectorTools) => Promise<Reading>;
}

/** Where the last look ended. */
export interface Mark {
  /** The connector's own text from its last `Reading`, `null` at the first look. */
  readonly cursor: string | null;
  /** Whether this version of this post was handed over before; `edited` when another version of it was. */
  readonly known: (uri: string, version: string) => 'new' | 'edited' | 'same';
}

export interface ConnectorTools {
  readonly fetch: GuardedFetch;
  readonly now: () => Instant;
  /** A keyed hash in hex: what a cursor remembers of posts says nothing to anybody without the agency's key. */
  readonly digest: (text: string) => string;
  readonly limits: { readonly pages: number; readonly posts: number };
}

export interface Reading {
  /** New and edited posts, newest first; public, and the account's own acts. */
  readonly posts: readonly Post[];
  /** What to give back as `Mark.cursor` next time. */
  readonly cursor: string | null;
  readonly reason: CoverageReason;
  /** Do not come back for what `scope` names before `retryAt`. */
  readonly throttle: Throttle | null;
  /** The source asks not to be read again before this moment (a feed's `ttl`, `Cache-Control`). */
  readonly notBefore: Instant | null;
  /** The source is gone for good (HTTP 410, a deleted account): do not ask again under this registration. */
  readonly stop: boolean;
}

export interface Throttle {
  readonly retryAt: Instant;
  readonly scope: 'account' | 'host' | 'credential';
}

/**
 * The only way to the network. It takes an https address within the connector's reach, refuses every host that is not
 * public (also after DNS and after each of at most 3 redirects), stops at 5 MB and 10 s, and carries no credentials to
 * another origin.
 */
export type GuardedFetch = (permit: FetchPermit, request: GuardedRequest) => Promise<FetchOutcome>;

export interface GuardedRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type FetchOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Headers;
      readonly body: string;
      /** Where the answer came from, after redirects. */
      readonly url: string;
      /** The address that a chain of permanent redirects (301, 308) names, else `null`. */
      readonly movedTo: string | null;
    }
  | { readonly kind: 'forbidden'; readonly reason: 'address' | 'reach' | 'stale-permit' | 'redirects' }
  | { readonly kind: 'unreachable'; readonly reason: 'timeout' | 'name' | 'connection' | 'too-large' };

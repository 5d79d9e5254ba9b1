import type { CoverageReason } from '../domain/scanning/coverage.js';
import type { DeletedPost, Post } from '../domain/scanning/post.js';
import type { Identity } from '../domain/registry/account.js';
import type { HostGuard } from '../domain/registry/host-grammar.js';
import type { FetchPermit, IdentityLookup, ScanPermit } from '../domain/registry/permit.js';
import type { Instant } from '../domain/time.js';
import type { FixedHosts } from './fixed-hosts.js';
import type { Reach } from './reach.js';

/**
 * The wall that every network stands on. A connector reads one account under one permit and returns data: its caller
 * queues the posts and then stores the mark. It keeps nothing, logs nothing and reaches the network only by `fetch`.
 * Never does it throw for what a network answers.
 */
export interface Connector {
  /** Every address that it may ask for. */
  readonly reach: readonly Reach[];
  readonly read: (permit: ScanPermit, mark: Mark, tools: ConnectorTools) => Promise<Reading>;
  /**
   * Who the permit's handle is; where its identity is known already, how that account goes now. It reads posts only when
   * the permit seeks a proof, the few newest at most.
   */
  readonly identify: (
    lookup: IdentityLookup,
    tools: Pick<ConnectorTools, 'fetch' | 'now'>,
  ) => Promise<IdentityAnswer>;
}

/** Makes a network's connector, told by a function's environment where the networks' fixed hosts stand. */
export type ConnectorFrom = (environment: FixedHosts & { readonly NETWORK_GUARD: HostGuard }) => Connector;

/** What a network says of a handle. */
export type IdentityAnswer =
  | {
      readonly kind: 'found';
      /** With the host that serves it now. */
      readonly identity: Identity;
      /** How the account goes now, in the form in which handles are kept. */
      readonly handle: string;
      /** Texts of the account's own in which a code of proof may stand. */
      readonly declares: readonly DeclaredText[];
      /** Where its profile links to; `isMe` where that says “this is me too” (`rel="me"`). */
      readonly links: readonly { readonly href: string; readonly isMe: boolean }[];
    }
  /** There is no such account, or it is suspended or deleted. */
  | { readonly kind: 'not-found' }
  /** It says that it lives on as another account, which its holder has not declared. */
  | { readonly kind: 'moved' }
  /** It asks not to be read by such as us. */
  | { readonly kind: 'opted-out' }
  /** The host answers only to those who have a token, and we have none or it is refused. */
  | { readonly kind: 'needs-token' }
  | { readonly kind: 'throttled'; readonly retryAt: Instant }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'malformed' };

export interface DeclaredText {
  readonly where: 'profile' | 'post';
  readonly text: string;
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
  /** Whether a profile's wish to be in no search engine or directory is a wish not to be read (the agency's policy). */
  readonly respectOptOuts?: boolean;
}

export interface Reading {
  /** New and edited posts, newest first; public, and the account's own acts. */
  readonly posts: readonly Post[];
  /**
   * Posts that were handed over and are no longer there: two looks in a row missed each of them, and the network said so
   * when it was asked for that very post.
   */
  readonly deleted: readonly DeletedPost[];
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
 * public (also after DNS and after each of at most 3 redirects), stops at 5 MB and 10 s, carries no credentials to
 * another origin, and takes each call from the day's quota first where a network counts them.
 */
export type GuardedFetch = (
  permit: FetchPermit,
  request: GuardedRequest,
  takeIn?: TakeIn,
) => Promise<FetchOutcome>;

/**
 * Told of each piece of a body as it comes, since memory is shared by many answers: gives what is to be waited for before the next one
 * is taken, `null` when nothing is. What it throws ends the fetch.
 */
export type TakeIn = (bytes: number) => Promise<void> | null;

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
  /** The day's quota is used up; nothing was asked. */
  | { readonly kind: 'spent'; readonly until: Instant }
  /** There was no room for it here, or it failed after a wait for room: it says nothing of the host. */
  | { readonly kind: 'put-off' }
  | { readonly kind: 'unreachable'; readonly reason: 'timeout' | 'name' | 'connection' | 'too-large' };

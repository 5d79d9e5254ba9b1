import type { ScanPermit } from '../../domain/registry/permit.js';
import type { Post, PostContext } from '../../domain/scanning/post.js';
import type { Instant } from '../../domain/time.js';
import type { Mark } from '../connector.js';
import type { Ask } from './ask-mastodon.js';
import type { FailedAnswer } from './mastodon-answer.js';
import { watchedIn, type Handed, type MastodonCursor } from './mastodon-cursor.js';
import { contextOf, pointerOf, postOf, versionOf } from './status-post.js';
import { Shown, type Status } from './status.js';

/** Statuses that are asked for in one look because new posts point to them; the rest waits for the next look. */
const CONTEXTS = 40;

/** What a page leaves to be read. */
export interface PageGain {
  /** The status from which on (downwards) this page has to be read again; `first` for all of it, `null` for nothing. */
  readonly rest: { readonly below: string | null } | null;
  /** What cut it short, when it was not a bound of ours. */
  readonly failure: FailedAnswer | null;
}

interface GatherRequest {
  readonly permit: ScanPermit;
  readonly mark: Mark;
  readonly cursor: MastodonCursor;
  readonly ask: Ask;
  readonly origin: string;
  readonly limit: number;
  readonly at: Instant;
}

export interface Gathering {
  readonly add: (statuses: readonly Status[]) => Promise<PageGain>;
  readonly posts: () => readonly Post[];
  /** Everything of the account's own that was listed and is now handed over, and what was before. */
  readonly handed: () => readonly Handed[];
  readonly isListed: (id: string) => boolean;
}

/** Collects from the pages of one look what was not handed over before. */
export const gatherStatuses = (request: GatherRequest): Gathering => {
  const { permit, mark, cursor, ask, origin, limit, at } = request;
  const before = new Map(watchedIn(cursor).map((entry) => [entry.id, entry]));
  const listed = new Map<string, Handed>();
  /** The account's own, by id: a thread's parents are mostly at hand. */
  const own = new Map<string, Status>();
  const posts: Post[] = [];
  let contexts = 0;

  const isForgotten = ({ created_at }: Status): boolean =>
    cursor.forgotten !== null &&
    cursor.readSince !== null &&
    created_at <= cursor.forgotten &&
    created_at >= cursor.readSince;

  const known = (status: Status): 'new' | 'edited' | 'same' => {
    const version = versionOf(status);
    const entry = listed.get(status.id) ?? before.get(status.id);
    if (entry !== undefined) return entry.version === version ? 'same' : 'edited';
    const inWindow = mark.known(status.uri, version);
    return inWindow === 'new' && isForgotten(status) ? 'same' : inWindow;
  };

  const isOwnAct = ({ account, visibility, created_at }: Status): boolean =>
    account.id === permit.identity.id && visibility === 'public' && created_at >= permit.since;

  /** The words that a status points to; `for-later` when they have to wait. */
  const contextFor = async (status: Status): Promise<PostContext | FailedAnswer | 'for-later' | null> => {
    const pointer = pointerOf(status);
    if (pointer === null) return null;
    if ('shown' in pointer) return contextOf(pointer.relation, pointer.shown);
    const near = own.get(pointer.id);
    if (near !== undefined) return contextOf(pointer.relation, near);
    if (contexts === CONTEXTS) return 'for-later';
    contexts += 1;
    const address = `${origin}/api/v1/statuses/${pointer.id}`;
    const answer = await ask(permit.pointsTo(address), address, Shown);
    if (answer.kind === 'good') return contextOf(pointer.relation, answer.value);
    // What is gone or closed to us is no context; what the host puts off, or the permit no longer opens, is asked for again.
    return answer.reason === 'throttled' || answer.reason === 'page-cap' ? answer : null;
  };

  return {
    add: async (statuses) => {
      for (const status of statuses) if (status.account.id === permit.identity.id) own.set(status.id, status);
      let above: string | null = null;
      for (const status of statuses) {
        if (isOwnAct(status)) {
          const news = known(status);
          if (news !== 'same') {
            if (posts.length === limit) return { rest: { below: above }, failure: null };
            const context = await contextFor(status);
            if (context === 'for-later') return { rest: { below: above }, failure: null };
            if (context !== null && 'kind' in context) return { rest: { below: above }, failure: context };
            posts.push({ ...postOf(status, context, at), edited: news === 'edited' });
          }
          listed.set(status.id, {
            id: status.id,
            uri: status.uri,
            createdAt: status.created_at,
            version: versionOf(status),
            missed: 0,
          });
        }
        above = status.id;
      }
      return { rest: null, failure: null };
    },
    posts: () => posts.toSorted((one, other) => other.postedAt.localeCompare(one.postedAt)),
    handed: () => [...listed.values(), ...[...before.values()].filter(({ id }) => !listed.has(id))],
    isListed: (id) => listed.has(id),
  };
};

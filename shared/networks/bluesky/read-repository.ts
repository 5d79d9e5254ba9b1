import type { ScanPermit } from '../../domain/registry/permit.js';
import type { CoverageReason } from '../../domain/scanning/coverage.js';
import type { Post } from '../../domain/scanning/post.js';
import { inParallel } from '../../in-parallel.js';
import type { ConnectorTools, Mark, Reading } from '../connector.js';
import { isRecordKey, POSTS, PROFILES, REPOSTS } from './at-uri.js';
import { cursorText, isSettled, parseCursor, type BlueskyCursor } from './bluesky-cursor.js';
import { ownPost, ownRepost } from './bluesky-post.js';
import { originOf, type BlueskySettings } from './did-document.js';
import { LatestCommit, NOT_TO_STRANGERS, ProfileRecord, RecordAnswer, RecordPage } from './lexicons.js';
import { readSubject, type Subject } from './read-context.js';
import { whereIsIt } from './where-is-it.js';
import { walkCollection, type Offered, type Walk } from './walk-collection.js';
import { ask, callOf, type Answer } from './xrpc.js';

const PAGE = '100';
/** How many of the newest records are read anew each time that the repository has changed. */
const WINDOW = { posts: 100, reposts: 50 } as const;
/** Subjects that one look reads; each costs two calls, and a permit is good for one minute. */
const SUBJECTS = 20;
const AT_ONCE = 10;
/** After so many looks a post is handed over without what it points to. */
const MAX_TRIES = 3;

interface Look {
  readonly permit: ScanPermit;
  readonly mark: Mark;
  readonly tools: ConnectorTools;
  readonly settings: BlueskySettings;
}

const reading = (fields: Pick<Reading, 'cursor' | 'reason'> & Partial<Reading>): Reading => ({
  posts: [],
  deleted: [],
  throttle: null,
  notBefore: null,
  stop: false,
  ...fields,
});

/** Looks at a repository: nothing more than its revision where that has not changed. */
export const readRepository = async (look: Look): Promise<Reading> => {
  const { permit, mark, tools, settings } = look;
  const did = permit.identity.id;
  const origin = originOf(permit.host, settings.guard);
  const before = parseCursor(mark.cursor);
  const unread = async (answer: Exclude<Answer<never>, { kind: 'ok' }>): Promise<Reading> =>
    answer.kind === 'failed'
      ? reading({ cursor: mark.cursor, reason: answer.reason, throttle: answer.throttle })
      : reading({ cursor: mark.cursor, ...(await whereIsIt(permit, tools, settings)) });

  const commit = await ask(
    tools,
    permit,
    callOf(origin, 'com.atproto.sync.getLatestCommit', { did }),
    LatestCommit,
  );
  if (commit.kind !== 'ok') return unread(commit);
  const { rev } = commit.data;
  if (rev === before.rev)
    return reading({ cursor: mark.cursor, reason: before.private ? 'private' : 'nothing-new' });

  const profile = await ask(
    tools,
    permit,
    callOf(origin, 'com.atproto.repo.getRecord', { repo: did, collection: PROFILES, rkey: 'self' }),
    RecordAnswer,
  );
  if (profile.kind === 'failed') return unread(profile);
  if (profile.kind === 'ok' && isPrivate(profile.data.value))
    return reading({ cursor: cursorText({ ...before, rev, private: true }), reason: 'private' });

  const basket = basketOf(look);
  const posts = await walkPosts(look, origin, before, basket);
  const failed = posts.failure !== null;
  const reposts = failed ? null : await walkReposts(look, origin, before, basket);
  const subjects = await subjectsOf(look, basket.offered);
  return readingOf({ look, before, rev, posts, reposts, offered: basket.offered, subjects });
};

const isPrivate = (value: unknown): boolean =>
  ProfileRecord.safeParse(value).data?.labels.includes(NOT_TO_STRANGERS) === true;

interface Basket {
  readonly offered: (Offered & { readonly collection: 'posts' | 'reposts' })[];
  readonly offer: (collection: 'posts' | 'reposts') => (offered: Offered) => 'taken' | 'full';
}

/** What one look has room for: so many posts, and so many of them that point to something. */
const basketOf = ({ permit, mark, tools }: Look): Basket => {
  const offered: Basket['offered'] = [];
  let subjects = 0;
  return {
    offered,
    offer: (collection) => (one) => {
      const { post, pointsTo } = one.act;
      const known = mark.known(post.uri, post.version);
      if (known === 'same' || !permit.reaches(post.postedAt)) return 'taken';
      if (offered.length === tools.limits.posts || (pointsTo !== null && subjects === SUBJECTS))
        return 'full';
      subjects += pointsTo === null ? 0 : 1;
      offered.push({ ...one, edited: one.edited || known === 'edited', collection });
      return 'taken';
    },
  };
};

const walkPosts = (look: Look, origin: string, before: BlueskyCursor, { offer }: Basket): Promise<Walk> =>
  walk(look, origin, {
    collection: POSTS,
    cursor: before.posts,
    window: WINDOW.posts,
    actOf: (record) =>
      ownPost(record.value, { ...record, did: look.permit.identity.id, at: look.tools.now() }),
    offer: offer('posts'),
  });

const walkReposts = (look: Look, origin: string, before: BlueskyCursor, { offer }: Basket): Promise<Walk> =>
  walk(look, origin, {
    collection: REPOSTS,
    cursor: before.reposts,
    window: WINDOW.reposts,
    actOf: (record) =>
      ownRepost(record.value, { ...record, did: look.permit.identity.id, at: look.tools.now() }),
    offer: offer('reposts'),
  });

const walk = (
  { permit, tools }: Look,
  origin: string,
  own: Pick<Parameters<typeof walkCollection>[0], 'collection' | 'cursor' | 'window' | 'actOf' | 'offer'>,
): Promise<Walk> => {
  const did = permit.identity.id;
  const { collection } = own;
  return walkCollection({
    ...own,
    did,
    maxPages: tools.limits.pages,
    at: tools.now(),
    since: permit.since,
    list: (below) => {
      const page = { repo: did, collection, limit: PAGE, ...(below === null ? {} : { cursor: below }) };
      return ask(tools, permit, callOf(origin, 'com.atproto.repo.listRecords', page), RecordPage);
    },
    exists: async (rkey) => {
      if (!isRecordKey(rkey)) return null;
      const address = callOf(origin, 'com.atproto.repo.getRecord', { repo: did, collection, rkey });
      const answer = await ask(tools, permit, address, RecordAnswer);
      if (answer.kind === 'ok') return true;
      return answer.kind === 'refused' ? false : null;
    },
  });
};

/** The subjects of what was offered, each read once. */
const subjectsOf = async (
  { permit, tools, settings }: Look,
  offered: readonly Offered[],
): Promise<ReadonlyMap<string, Subject>> => {
  const refs = new Map(
    offered.flatMap(({ act }) =>
      act.pointsTo === null ? [] : [[nameOf(act.pointsTo.subject), act.pointsTo.subject]],
    ),
  );
  const read = await inParallel(
    [...refs],
    async ([name, ref]) => [name, await readSubject(ref, permit, tools, settings)] as const,
    AT_ONCE,
  );
  return new Map(read);
};

const nameOf = ({ uri, cid }: { readonly uri: string; readonly cid: string }): string => `${uri} ${cid}`;

interface Gain {
  readonly look: Look;
  readonly before: BlueskyCursor;
  readonly rev: string;
  readonly posts: Walk;
  readonly reposts: Walk | null;
  readonly offered: Basket['offered'];
  readonly subjects: ReadonlyMap<string, Subject>;
}

const readingOf = async ({
  look,
  before,
  rev,
  posts,
  reposts,
  offered,
  subjects,
}: Gain): Promise<Reading> => {
  const handed: Post[] = [];
  const waiting = { posts: new Set<string>(), reposts: new Set<string>() };
  for (const { act, rkey, edited, tries, collection } of offered) {
    const { pointsTo, post } = act;
    const subject = pointsTo === null ? undefined : subjects.get(nameOf(pointsTo.subject));
    if (subject?.kind === 'later' && tries !== null && tries + 1 < MAX_TRIES) {
      waiting[collection].add(rkey);
      continue;
    }
    const context =
      pointsTo !== null && subject?.kind === 'text'
        ? { relation: pointsTo.relation, text: subject.text }
        : null;
    handed.push({ ...post, edited, context });
  }
  const cursor: BlueskyCursor = {
    rev: null,
    private: false,
    posts: posts.cursor(waiting.posts),
    reposts: reposts?.cursor(waiting.reposts) ?? before.reposts,
  };
  const isRead =
    reposts !== null &&
    !posts.unread &&
    !reposts.unread &&
    isSettled(cursor.posts) &&
    isSettled(cursor.reposts);
  const failure = posts.failure ?? reposts?.failure ?? null;
  const deleted = [...posts.deleted, ...(reposts?.deleted ?? [])];
  const unread = posts.unread || reposts === null || reposts.unread;
  const complete: CoverageReason = unread ? 'page-cap' : handed.length > 0 ? 'seen' : 'nothing-new';
  const { permit, tools, settings } = look;
  const end =
    failure === null
      ? { reason: complete }
      : failure.kind === 'failed'
        ? { reason: failure.reason, throttle: failure.throttle }
        : await whereIsIt(permit, tools, settings);
  return reading({
    posts: handed.sort((one, other) => other.postedAt.localeCompare(one.postedAt)),
    deleted,
    cursor: cursorText({ ...cursor, rev: isRead ? rev : null }),
    ...end,
  });
};

import type { ScanPermit } from '../../domain/registry/permit.js';
import type { CoverageReason } from '../../domain/scanning/coverage.js';
import type { Instant } from '../../domain/time.js';
import type { Connector, Mark, Reading } from '../connector.js';
import { asking, originOf, type Ask } from './ask-mastodon.js';
import { findDeleted } from './find-deleted.js';
import { gatherStatuses, type Gathering } from './gather-statuses.js';
import type { Answer, FailedAnswer } from './mastodon-answer.js';
import { parseCursor, watching, type MastodonCursor } from './mastodon-cursor.js';
import { pageAddress, pageOf, type StatusPage } from './status-page.js';
import { MastodonAccount, StatusList } from './status.js';
import { walkStatuses, type Walk } from './walk-statuses.js';

/** Looks at an account: its newest statuses, what the last look left unread, and whether what it handed over is still there. */
export const readMastodon: Connector['read'] = async (permit, mark, tools) => {
  const cursor = parseCursor(mark.cursor);
  const at = tools.now();
  const origin = originOf(permit.host);
  const ask = asking(tools, { throttlesBefore: cursor.throttles, at });
  const askPage = async (below: string | null): Promise<Answer<StatusPage>> => {
    const answer = await ask(permit, pageAddress(origin, permit.identity.id, below), StatusList);
    return answer.kind === 'failed' ? answer : { ...answer, value: pageOf(answer.value, answer.headers) };
  };
  const first = await askPage(null);
  if (first.kind === 'failed') return failedReading(first, cursor, mark);
  const account = await accountOf(permit, ask, first.value);
  if (account !== null && 'reason' in account) return failedReading(account, cursor, mark);
  if (account?.suspended === true) return failedReading(SUSPENDED, cursor, mark);
  if (tools.respectOptOuts && account !== null && hasOptedOut(account))
    return failedReading(OPTED_OUT, cursor, mark);

  const gathering = gatherStatuses({ permit, mark, cursor, ask, origin, limit: tools.limits.posts, at });
  const readBefore = cursor.readSince !== null && cursor.readSince <= permit.since;
  const walk = await walkStatuses({
    first: first.value,
    ask: askPage,
    gathering,
    maxPages: tools.limits.pages,
    since: permit.since,
    readTo: readBefore || cursor.backlog !== null ? cursor.readTo : null,
    backlog: cursor.backlog,
  });
  const { listedAfter } = walk;
  const handed = gathering.handed();
  const { deleted, left, throttle } =
    listedAfter === null
      ? { deleted: [], left: handed, throttle: null }
      : await findDeleted(handed, { permit, ask, origin, listedAfter, isListed: gathering.isListed });
  return {
    posts: gathering.posts(),
    deleted,
    cursor: JSON.stringify(cursorAfter({ cursor, walk, permit, first: first.value, left, at })),
    reason: reasonOf(walk, gathering, account),
    throttle: walk.failure?.throttle ?? throttle,
    notBefore: null,
    stop: false,
  };
};

/**
 * How the account stands. Its own statuses say it; a list without any may mean that there are none, or that there is no such
 * account any more: some servers answer alike for both.
 */
const accountOf = async (
  permit: ScanPermit,
  ask: Ask,
  { statuses }: StatusPage,
): Promise<MastodonAccount | FailedAnswer | null> => {
  const own = statuses.find(({ account }) => account.id === permit.identity.id)?.account;
  if (own !== undefined) return own;
  const address = `${originOf(permit.host)}/api/v1/accounts/${permit.identity.id}`;
  const answer = await ask(permit, address, MastodonAccount);
  return answer.kind === 'failed' ? answer : answer.value;
};

const SUSPENDED: FailedAnswer = { kind: 'failed', reason: 'suspended', throttle: null };
const OPTED_OUT: FailedAnswer = { kind: 'failed', reason: 'private', throttle: null };

const hasOptedOut = ({ noindex, discoverable }: MastodonAccount): boolean =>
  noindex === true || discoverable === false;

const failedReading = (failure: FailedAnswer, cursor: MastodonCursor, mark: Mark): Reading => ({
  posts: [],
  deleted: [],
  cursor:
    failure.throttle === null
      ? mark.cursor
      : JSON.stringify({ ...cursor, throttles: cursor.throttles + 1 } satisfies MastodonCursor),
  reason: failure.reason,
  throttle: failure.throttle,
  notBefore: null,
  stop: false,
});

interface Look {
  readonly cursor: MastodonCursor;
  readonly walk: Walk;
  readonly permit: ScanPermit;
  readonly first: StatusPage;
  readonly left: ReturnType<Gathering['handed']>;
  readonly at: Instant;
}

const cursorAfter = ({ cursor, walk, permit, first, left, at }: Look): MastodonCursor => {
  const isFinished = !walk.unread;
  return {
    ...watching(left, { forgotten: cursor.forgotten, isFinished }),
    readTo: walk.isStuck ? cursor.readTo : newest(first, cursor.readTo, at),
    readSince: isFinished ? permit.since : cursor.readSince,
    backlog: walk.backlog,
    throttles: walk.failure?.throttle == null ? 0 : cursor.throttles + 1,
  };
};

/** A status from the future would hide everything that is posted until then. */
const newest = ({ statuses }: StatusPage, before: Instant | null, at: Instant): Instant | null =>
  [before, ...statuses.map(({ created_at }) => (created_at > at ? at : created_at))]
    .filter((moment) => moment !== null)
    .sort()
    .at(-1) ?? null;

const reasonOf = (walk: Walk, gathering: Gathering, account: MastodonAccount | null): CoverageReason => {
  if (walk.failure !== null) return walk.failure.reason;
  if (walk.unread) return 'page-cap';
  if (walk.damaged) return 'malformed';
  if (account?.moved === true) return 'renamed';
  return gathering.posts().length > 0 ? 'seen' : 'nothing-new';
};

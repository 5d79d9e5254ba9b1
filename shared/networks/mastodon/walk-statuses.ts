import { Instant } from '../../domain/time.js';
import type { Answer, FailedAnswer } from './mastodon-answer.js';
import type { Gathering } from './gather-statuses.js';
import type { StatusPage } from './status-page.js';

interface WalkRequest {
  readonly first: StatusPage;
  readonly ask: (below: string) => Promise<Answer<StatusPage>>;
  readonly gathering: Pick<Gathering, 'add'>;
  readonly maxPages: number;
  /** Nothing older is read. */
  readonly since: Instant;
  /** What ends with a status of this moment or an earlier one was read before; `null` when everything is to be read. */
  readonly readTo: Instant | null;
  /** Where the last look had to leave off. */
  readonly backlog: string | null;
}

export interface Walk {
  /** The status below which the next look has to go on; `null` when everything was read. */
  readonly backlog: string | null;
  /** Not even the newest page could be taken in, so that the next look begins as this one did. */
  readonly isStuck: boolean;
  /** Whether something of the permit's time was left unread. */
  readonly unread: boolean;
  readonly damaged: boolean;
  readonly failure: FailedAnswer | null;
  /** What was posted after this moment and is still listed was met; `null` when that is not known of any moment. */
  readonly listedAfter: Instant | null;
}

const ALWAYS = Instant.parse('0001-01-01T00:00:00.000Z');

/**
 * From the newest page towards older ones, to where an earlier look was or the permit begins; then on with what an earlier
 * look had left. Nothing that a server says makes it endless: a page that adds no new status is the last, and pages are
 * counted. It does no arithmetic on ids, and trusts neither `limit` nor `max_id`.
 */
export const walkStatuses = async (request: WalkRequest): Promise<Walk> => {
  const { first, ask, gathering, maxPages, since, readTo, backlog } = request;
  const met = new Set<string>();
  const asked = new Set<string>();
  let page = first;
  let below: string | null = null;
  let resuming = false;
  let damaged = false;
  let listedAfter: Instant | null = null;
  const end = (facts: Partial<Walk>): Walk => ({
    backlog: null,
    isStuck: false,
    unread: false,
    failure: null,
    damaged,
    listedAfter,
    ...facts,
  });

  for (let pages = 1; ; pages += 1) {
    damaged ||= page.damaged;
    const { rest, failure } = await gathering.add(page.statuses);
    if (rest !== null) {
      const from = rest.below ?? below;
      return end({ backlog: from ?? backlog, isStuck: from === null, unread: true, failure });
    }
    const { statuses } = page;
    const last = statuses.at(-1);
    const addsNone = statuses.every(({ id }) => met.has(id));
    // Some servers give the status along below which they were asked; those that give anything else do not go back.
    if (addsNone && below !== null && statuses.some(({ id }) => id !== below))
      return end({ backlog: below, unread: true });
    for (const { id } of statuses) met.add(id);
    const isOld = last !== undefined && last.created_at < since;
    const wasRead = !resuming && last !== undefined && readTo !== null && last.created_at <= readTo;
    let next = addsNone || isOld || wasRead ? null : page.next;
    if (next === null && !resuming) {
      listedAfter = addsNone ? ALWAYS : (last?.created_at ?? ALWAYS);
      // A walk to the bottom has passed by what was left there.
      next = backlog === null || asked.has(backlog) ? null : backlog;
      resuming = true;
    }
    if (next === null) return end({});
    if (pages === maxPages || asked.has(next)) return end({ backlog: next, unread: true });
    asked.add(next);
    below = next;
    const answer = await ask(next);
    if (answer.kind === 'failed')
      return answer.reason === 'gone' ? end({}) : end({ backlog: next, unread: true, failure: answer });
    page = answer.value;
  }
};

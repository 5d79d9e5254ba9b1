import type { FailedAnswer, PageAnswer } from './feed-page.js';
import type { Gathering } from './gather-posts.js';

interface WalkRequest {
  readonly start: { readonly url: string; readonly answer: PageAnswer };
  /** Where the last look had to leave off. */
  readonly backlog: string | null;
  readonly ask: (url: string) => Promise<PageAnswer>;
  readonly gathering: Pick<Gathering, 'add'>;
  readonly maxPages: number;
  readonly host: string;
}

export interface Walk {
  /** The page with which the next look has to go on. */
  readonly unfinished: string | null;
  /** Whether something of the permit's time was left unread. */
  readonly unread: boolean;
  /** What ended the walk on a page after the first. */
  readonly failure: FailedAnswer | null;
}

/**
 * From the newest page towards older ones, until a page ends with what an earlier look handed over, or where the permit
 * begins; then on with what an earlier look had left, if it had. Nothing that a server says makes it endless: every page is
 * asked once, a page that shows nothing new is the last, and pages are counted.
 */
export const walkPages = async ({
  start,
  backlog,
  ask,
  gathering,
  maxPages,
  host,
}: WalkRequest): Promise<Walk> => {
  const asked = new Set<string>();
  let { url, answer } = start;
  let resuming = false;
  let unread = false;
  for (;;) {
    asked.add(url);
    if (answer.kind === 'failed') {
      // Old pages end somewhere, and some servers say so by 404.
      if (answer.reason === 'gone') return { unfinished: null, unread, failure: null };
      return { unfinished: url, unread: true, failure: answer };
    }
    let next: string | null = null;
    if (answer.kind === 'page') {
      const { rest, behind } = gathering.add(answer.page, answer.url);
      if (rest === 'for-later') return { unfinished: url, unread: true, failure: null };
      if (behind === 'unread' || (behind === 'known' && resuming)) {
        next = onHost(answer.page.next, answer.url, host);
        unread ||= next === null && answer.page.next !== null;
      }
      unread ||= rest === 'for-never';
    }
    if (next === null && !resuming) {
      next = backlog;
      resuming = true;
    }
    if (next === null || asked.has(next)) return { unfinished: null, unread, failure: null };
    if (asked.size >= maxPages) return { unfinished: next, unread: true, failure: null };
    url = next;
    answer = await ask(url);
  }
};

/** A link to a page on the host that the permit names, `null` when it leads elsewhere. */
const onHost = (link: string | null, page: string, host: string): string | null => {
  const url = link === null ? null : URL.parse(link, page);
  if (url?.host !== host) return null;
  url.hash = '';
  return url.href;
};

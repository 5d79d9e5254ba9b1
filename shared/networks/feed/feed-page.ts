import type { Instant } from '../../domain/time.js';
import type { FetchOutcome } from '../connector.js';
import { unanswered, type Failure } from '../failure.js';
import { NETWORKS } from '../../networks.js';
import { askedWait, retryAt } from '../retry-at.js';
import { parseFeed, type FeedPage } from './parse-feed.js';

/** What a feed may come as. */
export const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.1';

/** A page of the feed, or word that the first page is the one that we have. */
export type GoodAnswer =
  | {
      readonly kind: 'page';
      readonly page: FeedPage;
      readonly url: string;
      readonly headers: Headers;
      readonly movedTo: string | null;
    }
  | { readonly kind: 'unchanged'; readonly headers: Headers; readonly movedTo: string | null };

export type FailedAnswer = Failure & { readonly kind: 'failed'; readonly stop: boolean };

/** What asking for one page of a feed came to. */
export type PageAnswer = GoodAnswer | FailedAnswer;

const failed = (reason: FailedAnswer['reason']): FailedAnswer => ({
  kind: 'failed',
  reason,
  throttle: null,
  stop: false,
});

interface Asked {
  /** Whether the request named a version that we have. */
  readonly conditional: boolean;
  readonly throttlesBefore: number;
  readonly at: Instant;
}

/** Reads what came back for one page of a feed. */
export const pageAnswer = (outcome: FetchOutcome, asked: Asked): PageAnswer =>
  outcome.kind === 'answered'
    ? statusAnswer(outcome, asked)
    : { kind: 'failed', ...unanswered(outcome), stop: false };

const statusAnswer = (answer: Extract<FetchOutcome, { kind: 'answered' }>, asked: Asked): PageAnswer => {
  const { status, headers, url, movedTo } = answer;
  if (status >= 200 && status < 300) {
    const page = parseFeed(answer.body);
    return page === null ? failed('malformed') : { kind: 'page', page, url, headers, movedTo };
  }
  switch (status) {
    case 304:
      return asked.conditional ? { kind: 'unchanged', headers, movedTo } : failed('malformed');
    case 401:
    case 403:
      return failed('private');
    case 404:
      return failed('gone');
    case 410:
      return { ...failed('gone'), stop: true };
    case 429:
    case 503:
      return {
        ...failed('throttled'),
        throttle: {
          retryAt: retryAt({
            wait: askedWait(headers.get('retry-after'), asked.at),
            floorMinutes: NETWORKS.feed.floorMinutes,
            throttlesBefore: asked.throttlesBefore,
            at: asked.at,
          }),
          scope: 'host',
        },
      };
    default:
      return failed('unreachable');
  }
};

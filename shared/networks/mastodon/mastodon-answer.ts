import type * as z from 'zod';
import { NETWORKS } from '../../networks.js';
import type { Instant } from '../../domain/time.js';
import type { FetchOutcome, Throttle } from '../connector.js';
import { unanswered, type Failure } from '../failure.js';
import { Json } from '../json.js';
import { askedWait, httpDate, retryAt } from '../retry-at.js';

/** What asking a server for one thing came to. */
export type Answer<Value> =
  | { readonly kind: 'good'; readonly value: Value; readonly headers: Headers; readonly url: string }
  | FailedAnswer;

export type FailedAnswer = Failure & { readonly kind: 'failed' };

const failed = (reason: FailedAnswer['reason']): FailedAnswer => ({ kind: 'failed', reason, throttle: null });

interface Asked<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly throttlesBefore: number;
  readonly at: Instant;
}

export const answerOf = <Schema extends z.ZodType>(
  outcome: FetchOutcome,
  asked: Asked<Schema>,
): Answer<z.output<Schema>> =>
  outcome.kind === 'answered' ? statusAnswer(outcome, asked) : { kind: 'failed', ...unanswered(outcome) };

const statusAnswer = <Schema extends z.ZodType>(
  { status, headers, body, url }: Extract<FetchOutcome, { kind: 'answered' }>,
  asked: Asked<Schema>,
): Answer<z.output<Schema>> => {
  if (status >= 200 && status < 300) {
    const json = Json.safeParse(body);
    const parsed = json.success ? asked.schema.safeParse(json.data) : null;
    return parsed?.success === true
      ? { kind: 'good', value: parsed.data, headers, url }
      : failed('malformed');
  }
  switch (status) {
    case 401:
    // Mastodon says by 422 that a method requires an authenticated user.
    case 422:
      return failed('needs-token');
    case 403:
      return failed('private');
    case 404:
      return failed('gone');
    case 410:
      return failed('suspended');
    case 429:
    case 503:
      return { ...failed('throttled'), throttle: throttleOf(headers, asked) };
    default:
      return failed('unreachable');
  }
};

/** A server's limits hold for whoever comes from our address, so the whole host has its peace. */
const throttleOf = (
  headers: Headers,
  { throttlesBefore, at }: Omit<Asked<z.ZodType>, 'schema'>,
): Throttle => ({
  retryAt: retryAt({
    wait: askedWait(headers.get('retry-after'), at) ?? resetWait(headers.get('x-ratelimit-reset'), at),
    throttlesBefore,
    floorMinutes: NETWORKS.mastodon.floorMinutes,
    at,
  }),
  scope: 'host',
});

/** Mastodon writes the moment as ISO 8601, GoToSocial and others as seconds since 1970. */
const resetWait = (header: string | null, at: Instant): number | null => {
  const moment = header !== null && /^\d{9,11}$/.test(header) ? Number(header) * 1000 : httpDate(header);
  const wait = moment === null ? 0 : moment - Date.parse(at);
  return wait > 0 ? wait : null;
};

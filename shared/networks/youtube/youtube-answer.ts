import * as z from 'zod';
import { NETWORKS } from '../../networks.js';
import type { FetchPermit } from '../../domain/registry/permit.js';
import type { Instant } from '../../domain/time.js';
import type { ConnectorTools, FetchOutcome, Throttle } from '../connector.js';
import { unanswered, type Failure } from '../failure.js';
import { Json } from '../json.js';
import { askedWait, retryAt } from '../retry-at.js';
import { quotaDayAt } from '../../domain/scanning/quota-day.js';
import { pathOf, type Method } from './youtube-reach.js';

/** What asking the interface for one thing came to. */
export type Answer<Value> = { readonly kind: 'good'; readonly value: Value } | FailedAnswer;

export type FailedAnswer = Failure & { readonly kind: 'failed' };

interface Circumstances {
  readonly throttlesBefore: number;
  readonly at: Instant;
}

export type Ask = <Schema extends z.ZodType>(
  permit: FetchPermit,
  method: Method,
  parameters: Readonly<Record<string, string>>,
  schema: Schema,
) => Promise<Answer<z.output<Schema>>>;

/** Asks the interface at `api`; the agency's key is added on the way. */
export const asking =
  (api: string, { fetch }: Pick<ConnectorTools, 'fetch'>, circumstances: Circumstances): Ask =>
  async (permit, method, parameters, schema) => {
    const url = `${api}${pathOf(method)}?${new URLSearchParams(parameters).toString()}`;
    const outcome = await fetch(permit, { url, headers: { accept: 'application/json' } });
    return answerOf(outcome, schema, circumstances);
  };

const failed = (reason: FailedAnswer['reason'], throttle: Throttle | null = null): FailedAnswer => ({
  kind: 'failed',
  reason,
  throttle,
});

const answerOf = <Schema extends z.ZodType>(
  outcome: FetchOutcome,
  schema: Schema,
  circumstances: Circumstances,
): Answer<z.output<Schema>> => {
  if (outcome.kind !== 'answered') return { kind: 'failed', ...unanswered(outcome) };
  if (outcome.status < 200 || outcome.status >= 300) return refusal(outcome, circumstances);
  const parsed = Json.pipe(schema).safeParse(outcome.body);
  return parsed.success ? { kind: 'good', value: parsed.data } : failed('malformed');
};

/** How Google says what it refuses, in words that programs read. */
const Refusal = Json.pipe(
  z.object({
    error: z.object({
      message: z.string().default(''),
      errors: z.array(z.object({ reason: z.string().default('') })).default([]),
    }),
  }),
);

const OF_THE_DAY: readonly string[] = ['quotaExceeded', 'dailyLimitExceeded'];
const TOO_FAST: readonly string[] = ['rateLimitExceeded', 'userRateLimitExceeded'];
const ABOUT_THE_ACCOUNT: Readonly<Record<string, FailedAnswer['reason']>> = {
  channelSuspended: 'suspended',
  channelClosed: 'gone',
  channelForbidden: 'private',
  playlistForbidden: 'private',
  playlistItemsNotAccessible: 'private',
};

const refusal = (
  { status, headers, body }: Extract<FetchOutcome, { kind: 'answered' }>,
  { throttlesBefore, at }: Circumstances,
): FailedAnswer => {
  const error = Refusal.safeParse(body).data?.error;
  const reasons = error?.errors.map(({ reason }) => reason) ?? [];
  const isAny = (list: readonly string[]): boolean => reasons.some((reason) => list.includes(reason));
  const soon = (): FailedAnswer =>
    failed('throttled', {
      retryAt: retryAt({
        wait: askedWait(headers.get('retry-after'), at),
        throttlesBefore,
        floorMinutes: NETWORKS.youtube.floorMinutes,
        at,
      }),
      scope: 'credential',
    });
  switch (status) {
    case 400:
      return failed(
        /\bAPI key\b/i.test(error?.message ?? '') || isAny(['keyInvalid']) ? 'needs-token' : 'malformed',
      );
    case 401:
      return failed('needs-token');
    case 403: {
      if (isAny(OF_THE_DAY))
        return failed('throttled', { retryAt: quotaDayAt(at).endsAt, scope: 'credential' });
      if (isAny(TOO_FAST)) return soon();
      // What is not said of the account is said of the key: there is none, it is refused, or may not be used for this.
      return failed(
        reasons.map((reason) => ABOUT_THE_ACCOUNT[reason]).find((found) => found !== undefined) ??
          'needs-token',
      );
    }
    case 404:
      return failed('gone');
    case 429:
    case 503:
      return soon();
    default:
      return failed('unreachable');
  }
};

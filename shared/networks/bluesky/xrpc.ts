import type * as z from 'zod';
import type { FetchPermit } from '../../domain/registry/permit.js';
import { instant, plus, type Instant } from '../../domain/time.js';
import type { ConnectorTools, FetchOutcome, Throttle } from '../connector.js';
import { unanswered, type Failure } from '../failure.js';
import { Json } from '../json.js';
import { XrpcError } from './lexicons.js';

export type FailedAnswer = Failure & { readonly kind: 'failed' };

/** What a call came to. `refused`: the server understood and says no (400, 404, 410); the name tells why, if it gives one. */
export type Answer<Data> =
  | { readonly kind: 'ok'; readonly data: Data }
  | { readonly kind: 'refused'; readonly status: number; readonly error: string | null }
  | FailedAnswer;

export type Tools = Pick<ConnectorTools, 'fetch' | 'now'>;

/** One call under a permit. */
export const ask = async <Data>(
  { fetch, now }: Tools,
  permit: FetchPermit,
  url: string,
  schema: z.ZodType<Data>,
): Promise<Answer<Data>> =>
  answerOf(await fetch(permit, { url, headers: { accept: 'application/json' } }), Json.pipe(schema), now());

/** `com.atproto.…` on a server. */
export const callOf = (
  origin: string,
  method: string,
  parameters: Readonly<Record<string, string>>,
): string => `${origin}/xrpc/${method}?${new URLSearchParams(parameters).toString()}`;

const failed = (reason: FailedAnswer['reason'], throttle: Throttle | null = null): FailedAnswer => ({
  kind: 'failed',
  reason,
  throttle,
});

export const answerOf = <Data>(outcome: FetchOutcome, schema: z.ZodType<Data>, at: Instant): Answer<Data> => {
  if (outcome.kind !== 'answered') return { kind: 'failed', ...unanswered(outcome) };
  const { status, headers, body } = outcome;
  if (status >= 200 && status < 300) {
    const parsed = schema.safeParse(body);
    return parsed.success ? { kind: 'ok', data: parsed.data } : failed('malformed');
  }
  switch (status) {
    case 400:
    case 404:
    case 410:
      return { kind: 'refused', status, error: Json.pipe(XrpcError).safeParse(body).data?.error ?? null };
    case 401:
    case 403:
      return failed('needs-token');
    case 429:
      return failed('throttled', { retryAt: retryAt(headers, at), scope: 'host' });
    default:
      return failed('unreachable');
  }
};

const SHORTEST: Parameters<typeof plus>[1] = { minutes: 1 };
const USUAL: Parameters<typeof plus>[1] = { minutes: 5 };
const LONGEST: Parameters<typeof plus>[1] = { days: 1 };

/** `RateLimit-Reset` is in seconds since the epoch; there is no `Retry-After`. Believed within a minute and a day. */
const retryAt = (headers: Headers, at: Instant): Instant => {
  const seconds = Number(headers.get('ratelimit-reset') ?? Number.NaN);
  const named =
    Number.isSafeInteger(seconds) && seconds > 0 && seconds < 1e11 ? instant(new Date(seconds * 1000)) : null;
  if (named === null || named <= at) return plus(at, USUAL);
  const [earliest, latest] = [plus(at, SHORTEST), plus(at, LONGEST)];
  if (named < earliest) return earliest;
  return named > latest ? latest : named;
};

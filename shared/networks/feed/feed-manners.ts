import { NETWORKS } from '../../networks.js';
import { instant, milliseconds, type Instant } from '../../domain/time.js';

const { floorMinutes, ceilingMinutes } = NETWORKS.feed;
const CEILING = milliseconds({ minutes: ceilingMinutes });
const FLOOR = milliseconds({ minutes: floorMinutes });

const later = (at: Instant, wait: number): Instant => instant(new Date(Date.parse(at) + wait));

const httpDate = (text: string | null): number | null => {
  const time = text === null ? NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
};

/** `Retry-After` in milliseconds from now: seconds or a date (RFC 9110 10.2.3), `null` without a wait in the future. */
const askedWait = (header: string | null, at: Instant): number | null => {
  if (header === null) return null;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : (httpDate(header) ?? 0) - Date.parse(at);
  return wait > 0 ? wait : null;
};

/**
 * When to come back to a host that asked us to slow down: when it says, else twice as late each time; in a day at the
 * latest, so that no answer can silence an account for a whole campaign.
 */
export const retryAt = (headers: Headers, throttlesBefore: number, at: Instant): Instant =>
  later(at, Math.min(askedWait(headers.get('retry-after'), at) ?? FLOOR * 2 ** throttlesBefore, CEILING));

const MAX_AGE = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/i;

/** How long an answer says it stays good, in milliseconds (RFC 9111): `max-age` before `Expires`. */
const freshFor = (headers: Headers, at: Instant): number => {
  const maxAge = MAX_AGE.exec(headers.get('cache-control') ?? '')?.[1];
  if (maxAge !== undefined) return Number(maxAge) * 1000;
  const expires = httpDate(headers.get('expires'));
  return expires === null ? 0 : expires - Date.parse(at);
};

/**
 * The moment before which the feed asks not to be read again: its `ttl` or its cache headers, whichever is longer, a day at
 * most; `null` when we would not come sooner anyway.
 */
export const quietUntil = (headers: Headers, ttlMinutes: number | null, at: Instant): Instant | null => {
  const wait = Math.min(Math.max(freshFor(headers, at), milliseconds({ minutes: ttlMinutes ?? 0 })), CEILING);
  return wait > FLOOR ? later(at, wait) : null;
};

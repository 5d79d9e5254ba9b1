import { NETWORKS } from '../../networks.js';
import { milliseconds, type Instant } from '../../domain/time.js';
import { httpDate, later } from '../retry-at.js';

const { floorMinutes, ceilingMinutes } = NETWORKS.feed;
const CEILING = milliseconds({ minutes: ceilingMinutes });
const FLOOR = milliseconds({ minutes: floorMinutes });

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

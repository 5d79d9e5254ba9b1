/** `public`: the open internet. `loopback`: this machine only, for tests and the local stack. */
export type HostGuard = 'public' | 'loopback';

/**
 * Two or more labels of letters, digits and hyphens, the last one a top-level name: no port but 443, no user, no trailing
 * dot, nothing outside ASCII, no escapes. An address in numbers never ends in letters, so none fits, in no notation.
 */
const PUBLIC =
  /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59}))(?::443)?(?:[/?#]|$)/i;

const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?:[/?#]|$)/i;

/** Names that are never of the public internet (RFC 6761, 6762, 7686, 8375, 9476, ICANN's `internal`, usual home names). */
const LOCAL_NAME =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|arpa|alt|onion|test|invalid)$/i;

/** A URL parser skips or rewrites these, so that what is checked would not be what is called. */
const REWRITTEN = /[\s\\\u0000-\u001f\u007f]/u;

const MAX_HOST = 253;

/** The address, if the guard lets it be called at all; what its name resolves to is checked when connecting. */
export const allowedUrl = (text: string, guard: HostGuard): URL | null => {
  if (REWRITTEN.test(text)) return null;
  const host = (guard === 'public' ? PUBLIC : LOOPBACK).exec(text)?.[1]?.toLowerCase();
  if (host === undefined || host.length > MAX_HOST) return null;
  if (guard === 'public' && LOCAL_NAME.test(host)) return null;
  const url = URL.parse(text);
  return url?.hostname === host ? url : null;
};

/** A bare name of a host in lower case, with its port on loopback, if the guard lets it be called at all. */
export const allowedHost = (text: string, guard: HostGuard): string | null => {
  const url = allowedUrl(`${guard === 'public' ? 'https' : 'http'}://${text}/`, guard);
  return url?.pathname === '/' ? url.host : null;
};

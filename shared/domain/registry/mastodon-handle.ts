import type { ReadHandle } from './handle.js';
import { allowedHost, allowedUrl, type HostGuard } from './host-grammar.js';

/** `nama@host`; other software on the same protocol allows dots and hyphens inside. */
const ACCT = /^@?([a-z0-9_](?:[a-z0-9_.-]{0,98}[a-z0-9_])?)@([^@\s/]{1,253})$/i;
const PROFILE_PATH = /^\/(?:@|users\/)([^/@]+)(?:@([^/@]+))?(?:\/.*)?$/;

const accepted = (name: string, host: string): ReadHandle => ({
  kind: 'accepted',
  handle: `${name}@${host}`.toLowerCase(),
  host,
  identity: null,
});

/**
 * `@nama@host`, `https://host/@nama` or `https://host/users/nama`, also with a post behind it. A profile that is seen
 * through another host (`https://here/@nama@there`) belongs to the host that its name names.
 */
export const mastodonHandle = (text: string, guard: HostGuard): ReadHandle => {
  let written = text.replace(/^acct:/i, '');
  if (/^https?:\/\//i.test(written)) {
    const url = allowedUrl(written, guard);
    if (url === null) return { kind: 'refused', reason: 'host' };
    const [, name = '', elsewhere] = PROFILE_PATH.exec(url.pathname) ?? [];
    written = `${name}@${elsewhere ?? url.host}`;
  }
  const [, name, site] = ACCT.exec(written) ?? [];
  if (name === undefined || site === undefined) return { kind: 'refused', reason: 'not-a-handle' };
  const host = allowedHost(site, guard);
  return host === null ? { kind: 'refused', reason: 'host' } : accepted(name, host);
};

import { allowedUrl, type HostGuard } from './host-grammar.js';

/** Leaves room for a post's key behind it. */
const MAX_ADDRESS = 1900;

/** People know their channel's address, not that of its feed. */
const CHANNEL = /^https:\/\/(?:www\.|m\.)?youtube\.com\/channel\/(UC[\w-]{22})(?:[/?].*)?$/;

export type FeedAddress =
  | { readonly kind: 'accepted'; readonly handle: string; readonly host: string }
  | { readonly kind: 'refused'; readonly reason: 'not-an-address' | 'not-https' | 'host' | 'too-long' };

/**
 * What a holder wrote as their feed's address, in the one form in which it is kept: no fragment, no default port, the host
 * in lower case. `host` is the place whose quota applies; it carries a port only on loopback.
 */
export const feedAddress = (text: string, guard: HostGuard): FeedAddress => {
  const trimmed = text.trim();
  const written = URL.parse(trimmed);
  if (written === null) return { kind: 'refused', reason: 'not-an-address' };
  if (guard === 'public' && written.protocol !== 'https:') return { kind: 'refused', reason: 'not-https' };
  const url = allowedUrl(trimmed, guard);
  if (url === null) return { kind: 'refused', reason: 'host' };
  url.hash = '';
  const channel = CHANNEL.exec(url.href)?.[1];
  if (channel !== undefined) url.href = `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`;
  return url.href.length > MAX_ADDRESS
    ? { kind: 'refused', reason: 'too-long' }
    : { kind: 'accepted', handle: url.href, host: url.host };
};

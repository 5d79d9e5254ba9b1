import type { Account } from '../domain/registry/account.js';
import type { AccountNetwork } from '../networks.js';
import { atUri, POSTS } from './bluesky/at-uri.js';
import { uriOf } from './feed/feed-uri.js';
import { watchAddress } from './youtube/watch-address.js';

/**
 * The name (`Post.uri`) under which the post at an address is collected, or would be, so that a post which is both collected and
 * given in is one. `null` where nothing of that network stands at the address. `identity` is that of its author, if known.
 */
type PostNamer = (url: URL, identity: Account['identity']) => string | null;

/** An entry whose id is its page; others are known by their page all the same (`postKey`). */
const feedName: PostNamer = (url, identity) => uriOf(identity?.id ?? '', url.href);

const blueskyName: PostNamer = (url, identity) => {
  const [, profile = '', rkey] = /^\/profile\/([^/]+)\/post\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (rkey === undefined) return url.href;
  const did = profile.startsWith('did:') ? profile : (identity?.id ?? profile);
  return atUri({ did, collection: POSTS, rkey });
};

/** Mastodon shows `https://host/@nama/1` and names it `https://host/users/nama/statuses/1`; GoToSocial has `/statuses/` in both. */
const mastodonName: PostNamer = (url) => {
  const [, name, id] = /^\/(?:@|users\/)([^/@]+)\/(?:statuses\/)?([\w-]+)\/?$/.exec(url.pathname) ?? [];
  return name === undefined || id === undefined ? url.href : `${url.origin}/users/${name}/statuses/${id}`;
};

const youtubeName: PostNamer = (url) => {
  if (!isAt(url, ['youtube.com', 'youtu.be'])) return null;
  const [, inPath] = /^\/(?:shorts\/|live\/|embed\/)?([\w-]{11})$/.exec(url.pathname) ?? [];
  const id = url.searchParams.get('v') ?? inPath;
  // A comment, or a post of the community tab: its holder gives it in, no connector lists it.
  const isVideo = id !== undefined && !url.searchParams.has('lc');
  return isVideo ? watchAddress(id) : `youtube:${url.pathname}${url.search}`;
};

const isAt = ({ hostname }: URL, sites: readonly string[]): boolean =>
  sites.some((site) => hostname === site || hostname.endsWith(`.${site}`));

/** The network's own number of a post, in whatever address people copy. */
const numbered =
  (network: AccountNetwork, sites: readonly string[], path: RegExp): PostNamer =>
  (url) => {
    if (!isAt(url, sites)) return null;
    const [, number] = path.exec(url.pathname) ?? [];
    return `${network}:${number ?? url.pathname}`;
  };

/** Facebook has many kinds of addresses, some with the post in their query. */
const facebookName: PostNamer = (url) => {
  if (!isAt(url, ['facebook.com', 'fb.com', 'fb.watch'])) return null;
  const query = ['story_fbid', 'fbid', 'v', 'id'].flatMap((name) => url.searchParams.get(name) ?? []);
  return `facebook:${[url.pathname.replace(/\/$/, ''), ...query].join('/')}`;
};

const NAMERS = {
  feed: feedName,
  bluesky: blueskyName,
  mastodon: mastodonName,
  youtube: youtubeName,
  facebook: facebookName,
  instagram: numbered('instagram', ['instagram.com'], /^\/(?:[\w.]+\/)?(?:p|reel|reels|tv)\/([\w-]+)/),
  threads: numbered('threads', ['threads.net', 'threads.com'], /^\/(?:@[\w.]+\/post|t)\/([\w-]+)/),
  tiktok: numbered('tiktok', ['tiktok.com'], /^\/@[\w.]+\/(?:video|photo)\/(\d+)/),
  x: numbered('x', ['x.com', 'twitter.com'], /^\/(?:\w+|i\/web)\/status\/(\d+)/),
} satisfies Record<AccountNetwork, PostNamer>;

export const postNameAt = (network: AccountNetwork, url: URL, identity: Account['identity']): string | null =>
  NAMERS[network](url, identity);

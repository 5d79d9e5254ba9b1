import type { AccountNetwork } from '../../networks.js';
import { blueskyHandle } from './bluesky-handle.js';
import { feedAddress } from './feed-address.js';
import type { ReadHandle } from './handle.js';
import type { HostGuard } from './host-grammar.js';
import { mastodonHandle } from './mastodon-handle.js';
import { socialHandle } from './social-handle.js';
import { youtubeHandle } from './youtube-handle.js';

type HandleReader = (text: string, guard: HostGuard) => ReadHandle;

/** A feed's address is its identity, and its host serves it. */
const feedHandle: HandleReader = (text, guard) => {
  const address = feedAddress(text, guard);
  if (address.kind === 'refused') return address;
  const { handle, host } = address;
  return { kind: 'accepted', handle, host, identity: { id: handle, host } };
};

/** A network whose handles nobody can read does not compile. */
const READERS = {
  feed: feedHandle,
  bluesky: blueskyHandle,
  mastodon: mastodonHandle,
  youtube: youtubeHandle,
  facebook: socialHandle('facebook'),
  instagram: socialHandle('instagram'),
  threads: socialHandle('threads'),
  tiktok: socialHandle('tiktok'),
  x: socialHandle('x'),
} satisfies Record<AccountNetwork, HandleReader> & Readonly<Record<string, HandleReader>>;

export const readHandle = (network: AccountNetwork, text: string, guard: HostGuard): ReadHandle =>
  READERS[network](text.trim(), guard);

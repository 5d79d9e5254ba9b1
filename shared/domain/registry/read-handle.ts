import type { AccountNetwork } from '../../networks.js';
import type { Identity } from './account.js';
import { blueskyHandle } from './bluesky-handle.js';
import { feedAddress } from './feed-address.js';
import type { HostGuard } from './host-grammar.js';
import { mastodonHandle } from './mastodon-handle.js';
import { socialHandle } from './social-handle.js';
import { youtubeHandle } from './youtube-handle.js';

export type HandleFault = 'not-an-address' | 'not-https' | 'not-a-handle' | 'host' | 'too-long';

/** What people write as the name of an account: a handle, or the address of its profile. */
export type ReadHandle =
  | {
      readonly kind: 'accepted';
      /** The one form in which it is kept. */
      readonly handle: string;
      /** The host that the handle itself names; `null` where only the network can tell. */
      readonly host: string | null;
      /** Where the handle is the identity; `null` where the network has to be asked. */
      readonly identity: Identity | null;
    }
  | { readonly kind: 'refused'; readonly reason: HandleFault };

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

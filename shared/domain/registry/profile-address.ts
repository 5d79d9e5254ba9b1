import type { AccountNetwork } from '../../networks.js';
import type { Account } from './account.js';

const ADDRESSES = {
  feed: (handle) => handle,
  bluesky: (handle) => `https://bsky.app/profile/${handle}`,
  mastodon: (handle) => {
    const [name = '', host = ''] = handle.split('@');
    return `https://${host}/@${name}`;
  },
  youtube: (handle) => `https://www.youtube.com/${handle.startsWith('@') ? '' : 'channel/'}${handle}`,
  facebook: (handle) => `https://www.facebook.com/${handle}`,
  instagram: (handle) => `https://www.instagram.com/${handle}/`,
  threads: (handle) => `https://www.threads.com/@${handle}`,
  tiktok: (handle) => `https://www.tiktok.com/@${handle}`,
  x: (handle) => `https://x.com/${handle}`,
} satisfies Record<AccountNetwork, (handle: string) => string> & Record<string, (handle: string) => string>;

/** Where people see the account. */
export const profileAddress = ({ network, handle }: Pick<Account, 'network' | 'handle'>): string =>
  ADDRESSES[network](handle);

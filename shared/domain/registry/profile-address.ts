import type { NetworkId } from '../../networks.js';
import type { Account } from './account.js';

const ADDRESSES = {
  feed: (handle) => handle,
  bluesky: (handle) => `https://bsky.app/profile/${handle}`,
  mastodon: (handle) => {
    const [name = '', host = ''] = handle.split('@');
    return `https://${host}/@${name}`;
  },
  youtube: (handle) => `https://www.youtube.com/${handle.startsWith('@') ? '' : 'channel/'}${handle}`,
} satisfies Record<NetworkId, (handle: string) => string> & Record<string, (handle: string) => string>;

/** Where people see the account. */
export const profileAddress = ({ network, handle }: Pick<Account, 'network' | 'handle'>): string =>
  ADDRESSES[network](handle);

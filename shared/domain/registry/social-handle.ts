import type { AccountNetwork, NetworkId } from '../../networks.js';
import type { ReadHandle } from './handle.js';

/** Networks that have no connector. */
type Social = Exclude<AccountNetwork, NetworkId>;

interface Naming {
  /** Where profiles stand; the first group is the account's name. */
  readonly address: RegExp;
  readonly name: RegExp;
  /** First words of addresses that are no profile. */
  readonly reserved: readonly string[];
  /** The one form of names that the network takes for the same; everywhere capitals make no difference. */
  readonly fold?: (name: string) => string;
}

const NAMINGS = {
  facebook: {
    address:
      /^https:\/\/(?:www\.|m\.|web\.)?(?:facebook|fb)\.com\/(?:profile\.php\?(?:[^#]*&)?id=|people\/[^/?#]+\/)?([^/?#&]+)/i,
    name: /^[a-z0-9.]{5,50}$/,
    reserved: [
      'groups',
      'pages',
      'watch',
      'story.php',
      'permalink.php',
      'photo.php',
      'photo',
      'events',
      'share',
    ],
    fold: (name) => name.replaceAll('.', ''),
  },
  instagram: {
    address: /^https:\/\/(?:www\.|m\.)?instagram\.com\/([^/?#]+)/i,
    name: /^[a-z0-9._]{1,30}$/,
    reserved: ['p', 'reel', 'reels', 'tv', 'stories', 'explore', 'share'],
  },
  threads: {
    address: /^https:\/\/(?:www\.)?threads\.(?:net|com)\/(@[^/?#]+)/i,
    name: /^[a-z0-9._]{1,30}$/,
    reserved: [],
  },
  tiktok: {
    address: /^https:\/\/(?:www\.|m\.)?tiktok\.com\/(@[^/?#]+)/i,
    name: /^[a-z0-9._]{2,24}$/,
    reserved: [],
  },
  x: {
    address: /^https:\/\/(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com\/([^/?#]+)/i,
    name: /^[a-z0-9_]{1,15}$/,
    reserved: ['i', 'home', 'search', 'hashtag', 'explore', 'share', 'intent'],
  },
} as const satisfies Record<Social, Naming> & Record<string, Naming>;

/** A name with or without `@`, or the address of a profile. Nobody asks these networks who goes by it. */
export const socialHandle = (network: Social) => {
  const { address, name, reserved, fold = (text) => text }: Naming = NAMINGS[network];
  return (text: string): ReadHandle => {
    const written = (address.exec(text)?.[1] ?? text).replace(/^@/, '').toLowerCase();
    return name.test(written) && !reserved.includes(written)
      ? { kind: 'accepted', handle: fold(written), host: null, identity: null }
      : { kind: 'refused', reason: 'not-a-handle' };
  };
};

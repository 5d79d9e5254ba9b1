import type { Language } from './domain/registry/person.js';
import type { AccountNetwork } from './networks.js';

/** What people know the networks as. */
export const NETWORK_LABELS = {
  feed: { id: 'Blog atau situs (umpan RSS, Atom, atau JSON)', en: 'A blog or site (RSS, Atom or JSON feed)' },
  bluesky: { id: 'Bluesky', en: 'Bluesky' },
  mastodon: { id: 'Mastodon dan sejenisnya', en: 'Mastodon and its like' },
  youtube: { id: 'YouTube', en: 'YouTube' },
  facebook: { id: 'Facebook', en: 'Facebook' },
  instagram: { id: 'Instagram', en: 'Instagram' },
  threads: { id: 'Threads', en: 'Threads' },
  tiktok: { id: 'TikTok', en: 'TikTok' },
  x: { id: 'X', en: 'X' },
} as const satisfies Record<AccountNetwork, Record<Language, string>>;

import type { ArchiveNetwork, ArchivePost, ArchiveRecord, Period } from './archive-post.js';
import { facebookArchive } from './facebook.js';
import type { ArchiveFormat, ArchiveOwner } from './format.js';
import { instagramArchive, threadsArchive } from './instagram.js';
import { withArchive, type Archive } from './open-archive.js';
import { ArchiveRefusal } from './refusal.js';
import { tiktokArchive } from './tiktok.js';
import { xArchive } from './x.js';
import { youtubeArchive } from './youtube.js';

const FORMATS: readonly ArchiveFormat[] = [
  facebookArchive,
  instagramArchive,
  threadsArchive,
  tiktokArchive,
  xArchive,
  youtubeArchive,
];

/** More than anybody chooses from one by one; the dates may be narrowed. */
const MOST_POSTS = 5_000;

export interface ArchiveContents {
  readonly network: ArchiveNetwork;
  readonly owner: ArchiveOwner;
  /** Newest first; what the holder may choose from. */
  readonly posts: readonly ArchivePost[];
  /** What was left out, and why. */
  readonly left: Readonly<Record<Exclude<ArchiveRecord['kind'], 'post'>, number>>;
}

const NESTED = /\.(?:zip|tgz|rar|7z)$/i;

/** The one format that an archive is in, or why there is none. */
const formatOf = ({ names }: Archive, wanted: ArchiveNetwork | null): ArchiveFormat => {
  const has = (pattern: RegExp | undefined): boolean =>
    pattern !== undefined && names.some((name) => pattern.test(name));
  const found = FORMATS.filter(({ postFiles }) => has(postFiles));
  const fits = wanted === null ? found : found.filter(({ network }) => network === wanted);
  const [format, other] = fits;
  if (format !== undefined && other !== undefined)
    throw new ArchiveRefusal('several-networks', fits.map(({ network }) => network).join(', '));
  if (format !== undefined) return format;
  if (found[0] !== undefined) throw new ArchiveRefusal('other-network', found[0].network);
  const unread = FORMATS.find(({ otherFormat }) => has(otherFormat));
  if (unread !== undefined) throw new ArchiveRefusal('other-format', unread.network);
  const foreign = FORMATS.find(({ otherLanguage }) => has(otherLanguage));
  if (foreign !== undefined) throw new ArchiveRefusal('other-language', foreign.network);
  const without = FORMATS.find(({ ownerFiles }) => has(ownerFiles));
  if (without !== undefined) throw new ArchiveRefusal('without-posts', without.network);
  if (has(NESTED)) throw new ArchiveRefusal('nested');
  throw new ArchiveRefusal('unknown-network');
};

/** Reads one account's posts of a period out of the archive in a file. Only what is public is handed on. */
export const readArchive = (
  file: string,
  { network: wanted, period }: { readonly network: ArchiveNetwork | null; readonly period: Period },
): Promise<ArchiveContents> =>
  withArchive(file, async (archive) => {
    const format = formatOf(archive, wanted);
    const matching = (pattern: RegExp): string[] => archive.names.filter((name) => pattern.test(name)).sort();
    const files = matching(format.postFiles);
    // The folder around everything, which the first group of each pattern names, is one for one account.
    if (new Set(files.map((name) => format.postFiles.exec(name)?.[1])).size > 1)
      throw new ArchiveRefusal('several-archives');
    const owner = await format.owner(archive, matching(format.ownerFiles));
    if (owner.isPrivate === true) throw new ArchiveRefusal('private-account', owner.handle ?? '');
    const posts = new Map<string, ArchivePost>();
    const left = { 'not-public': 0, outside: 0, 'no-words': 0, unreadable: 0 };
    for await (const record of format.posts(archive, { files, owner, period })) {
      if (record.kind !== 'post') left[record.kind] += 1;
      else posts.set(record.post.id, record.post);
      if (posts.size > MOST_POSTS) throw new ArchiveRefusal('too-many-posts', String(MOST_POSTS));
    }
    return {
      network: format.network,
      owner,
      posts: [...posts.values()].sort((one, other) => Date.parse(other.postedAt) - Date.parse(one.postedAt)),
      left,
    };
  });

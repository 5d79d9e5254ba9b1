import * as z from 'zod';
import { sha256 } from '../../shared/domain/ids.js';
import { Post, PostContext, TextPart } from '../../shared/domain/scanning/post.js';
import { Instant } from '../../shared/domain/time.js';
import { plainText, withinBytes } from '../../shared/networks/html-text.js';

/** The networks whose downloads are read. */
export const ARCHIVE_NETWORKS = ['facebook', 'instagram', 'threads', 'tiktok', 'x', 'youtube'] as const;
export const ArchiveNetwork = z.enum(ARCHIVE_NETWORKS);
export type ArchiveNetwork = z.infer<typeof ArchiveNetwork>;

/** One thing that the holder wrote for others to read, as their archive has it. */
export const ArchivePost = z.strictObject({
  network: ArchiveNetwork,
  /** The network's own id, or what makes it this post where the archive gives none. */
  id: z.string().min(1).max(256),
  /** Where a person can open it; some archives do not say. */
  url: Post.shape.url,
  kind: Post.shape.kind,
  postedAt: Instant,
  parts: z.array(TextPart),
  context: PostContext.nullable(),
  /** Who says that it is public: the archive, or only its holder, who is asked. */
  public: z.enum(['archive', 'holder']),
});
export type ArchivePost = z.infer<typeof ArchivePost>;

/** What one record of an archive comes to. */
export type ArchiveRecord =
  | { readonly kind: 'post'; readonly post: ArchivePost }
  /** Not shown to everybody, so it is not listed either. */
  | { readonly kind: 'not-public' }
  /** Outside of the dates, or without words: a picture alone. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'no-words' }
  /** Not as the format is documented. */
  | { readonly kind: 'unreadable' };

/** The longest text that one part of a post keeps. */
const LONGEST_PART = 50_000;

interface Written {
  readonly field: TextPart['field'];
  readonly text: string | null | undefined;
}

/** Parts of a post without those that say nothing. */
export const partsOf = (written: readonly Written[]): TextPart[] =>
  written
    .map(({ field, text }) => ({ field, text: withinBytes(plainText(text ?? ''), LONGEST_PART) }))
    .filter(({ text }) => text !== '');

/** A moment in seconds since 1970, as Meta writes it. */
export const fromSeconds = (seconds: number): Instant | null => fromText(seconds * 1000);

/** A moment as a network writes it; `null` for what is none. */
export const fromText = (written: string | number): Instant | null => {
  const date = new Date(written);
  return Number.isNaN(date.getTime()) ? null : (Instant.safeParse(date.toISOString()).data ?? null);
};

/** A name for a post of a network that gives none in its archives: when it was posted and what it says. */
export const nameOf = (postedAt: Instant, parts: readonly TextPart[]): string =>
  sha256('archive-post', postedAt, ...parts.map(({ text }) => text)).slice(0, 32);

/** From one moment on, and before another. */
export interface Period {
  readonly from: Instant;
  readonly before: Instant;
}

interface Draft {
  readonly network: ArchiveNetwork;
  readonly id: string | null;
  readonly url: string | null;
  readonly kind: ArchivePost['kind'];
  readonly postedAt: Instant | null;
  readonly parts: readonly TextPart[];
  readonly context?: PostContext | null;
  /** `null` where the archive does not say. */
  readonly isPublic: boolean | null;
}

/** Judges a record: whether it is one to show the holder. */
export const recordOf = ({ postedAt, isPublic, ...draft }: Draft, period: Period): ArchiveRecord => {
  if (postedAt === null) return { kind: 'unreadable' };
  if (postedAt < period.from || postedAt >= period.before) return { kind: 'outside' };
  if (isPublic === false) return { kind: 'not-public' };
  const { parts, context = null } = draft;
  if (parts.length === 0 && context === null) return { kind: 'no-words' };
  const post = ArchivePost.safeParse({
    ...draft,
    id: draft.id ?? nameOf(postedAt, parts),
    postedAt,
    context,
    public: isPublic === true ? 'archive' : 'holder',
  });
  return post.success ? { kind: 'post', post: post.data } : { kind: 'unreadable' };
};

import { instant, type Instant } from '../../domain/time.js';
import type { Post, PostContext, TextPart } from '../../domain/scanning/post.js';
import { plainText, withinBytes } from '../html-text.js';
import { atUri, POSTS, REPOSTS, timeOf } from './at-uri.js';
import {
  NOT_TO_STRANGERS,
  PostRecord,
  RepostRecord,
  type Facet,
  type Media,
  type StrongRef,
} from './lexicons.js';

const BODY_BYTES = 100_000;
const PART_BYTES = 2000;

/** A record that a post can be made of, and what it points to. */
export interface OwnAct {
  /** The post, but for its context. */
  readonly post: Post;
  readonly pointsTo: { readonly relation: PostContext['relation']; readonly subject: StrongRef } | null;
}

interface Where {
  readonly did: string;
  readonly rkey: string;
  readonly cid: string;
  readonly at: Instant;
}

/**
 * When the account posted this. Its client declares that and may say anything: a future moment counts as now, and one
 * before the key was made counts as the moment in the key, because nobody could read it earlier.
 */
const postedAt = (declared: string | null, rkey: string, at: Instant): Instant => {
  const time = declared === null ? Number.NaN : Date.parse(declared);
  const said = time >= 0 && time <= Date.parse(at) ? instant(new Date(time)) : null;
  const made = timeOf(rkey);
  const known = made !== null && made <= at ? made : null;
  const future = time > Date.parse(at);
  if (future) return at;
  if (said === null) return known ?? at;
  return known !== null && known > said ? known : said;
};

/** A post of the account; `null` when it asks not to be shown to strangers. */
export const ownPost = (value: unknown, { did, rkey, cid, at }: Where): OwnAct | null => {
  const parsed = PostRecord.safeParse(value);
  if (!parsed.success || parsed.data.labels.includes(NOT_TO_STRANGERS)) return null;
  const record = parsed.data;
  const quoted = quotedBy(record);
  const parent = record.reply?.parent ?? null;
  const kind = quoted !== null ? 'quote' : parent !== null ? 'reply' : 'post';
  return {
    post: {
      uri: atUri({ did, collection: POSTS, rkey }),
      url: `https://bsky.app/profile/${did}/post/${encodeURIComponent(rkey)}`,
      version: cid,
      edited: false,
      kind,
      postedAt: postedAt(record.createdAt, rkey, at),
      capturedAt: at,
      parts: partsOf(record),
      context: null,
    },
    pointsTo:
      quoted !== null
        ? { relation: 'quote', subject: quoted }
        : parent !== null
          ? { relation: 'reply-to', subject: parent }
          : null,
  };
};

/** A repost: nothing of the account's own but the act. It has no page; the profile shows it. */
export const ownRepost = (value: unknown, { did, rkey, cid, at }: Where): OwnAct | null => {
  const parsed = RepostRecord.safeParse(value);
  if (!parsed.success) return null;
  const { subject, createdAt } = parsed.data;
  return {
    post: {
      uri: atUri({ did, collection: REPOSTS, rkey }),
      url: `https://bsky.app/profile/${did}`,
      version: cid,
      edited: false,
      kind: 'share',
      postedAt: postedAt(createdAt, rkey, at),
      capturedAt: at,
      parts: [],
      context: null,
    },
    pointsTo: subject === null ? null : { relation: 'share', subject },
  };
};

/** The words of a record, wherever they stand; nothing of who wrote it. */
export const textOf = (value: unknown): string | null => {
  const parsed = PostRecord.safeParse(value);
  if (!parsed.success || parsed.data.labels.includes(NOT_TO_STRANGERS)) return null;
  return withinBytes(
    partsOf(parsed.data)
      .map(({ text }) => text)
      .join('\n'),
    BODY_BYTES,
  );
};

const quotedBy = ({ embed }: PostRecord): StrongRef | null => {
  switch (embed?.$type) {
    case 'app.bsky.embed.record':
      return embed.record;
    case 'app.bsky.embed.recordWithMedia':
      return embed.record?.record ?? null;
    case 'app.bsky.embed.images':
    case 'app.bsky.embed.video':
    case 'app.bsky.embed.external':
    case undefined:
      return null;
  }
};

const mediaOf = ({ embed }: PostRecord): Media | null => {
  switch (embed?.$type) {
    case 'app.bsky.embed.recordWithMedia':
      return embed.media;
    case 'app.bsky.embed.record':
    case undefined:
      return null;
    case 'app.bsky.embed.images':
    case 'app.bsky.embed.video':
    case 'app.bsky.embed.external':
      return embed;
  }
};

const partsOf = (record: PostRecord): TextPart[] => {
  const warnings = record.labels.filter((label) => !label.startsWith('!'));
  const parts: TextPart[] = [
    { field: 'content-warning', text: withinBytes(plainText(warnings.join(', ')), PART_BYTES) },
    { field: 'body', text: withinBytes(plainText(record.text), BODY_BYTES) },
    { field: 'body', text: withinBytes(plainText(hiddenTags(record).join(' ')), PART_BYTES) },
    ...hiddenLinks(record).map((text): TextPart => ({
      field: 'link-card',
      text: withinBytes(text, PART_BYTES),
    })),
    ...mediaParts(mediaOf(record)),
  ];
  return parts.filter(({ text }) => text !== '');
};

const mediaParts = (media: Media | null): TextPart[] => {
  switch (media?.$type) {
    case undefined:
      return [];
    case 'app.bsky.embed.images':
      return media.images.map(({ alt }) => ({
        field: 'alt-text',
        text: withinBytes(plainText(alt), PART_BYTES),
      }));
    case 'app.bsky.embed.video':
      return [{ field: 'alt-text', text: withinBytes(plainText(media.alt), PART_BYTES) }];
    case 'app.bsky.embed.external':
      return [media.external.title, media.external.description].map((text) => ({
        field: 'link-card',
        text: withinBytes(plainText(text), PART_BYTES),
      }));
  }
};

/** Facets count in bytes of UTF-8; one that ends within a letter or beyond the text covers nothing. */
const coveredBy = ({ index }: Facet, bytes: Buffer): string => {
  const covered = bytes.subarray(index.byteStart, Math.max(index.byteStart, index.byteEnd)).toString('utf8');
  return index.byteEnd > bytes.length || covered.includes('\ufffd') ? '' : covered;
};

/** Hashtags that are not to be read in the text itself. */
const hiddenTags = ({ text, facets, tags }: PostRecord): string[] => {
  const bytes = Buffer.from(text);
  const covert = facets.flatMap((facet) =>
    facet.features.flatMap((feature) =>
      feature.$type === 'app.bsky.richtext.facet#tag' &&
      coveredBy(facet, bytes)
        .replace(/^[#＃]/u, '')
        .toLowerCase() !== feature.tag.toLowerCase()
        ? [feature.tag]
        : [],
    ),
  );
  return [...new Set([...covert, ...tags].map((tag) => `#${tag.replace(/^[#＃]/u, '')}`))];
};

/** Targets of links whose text is something else; clients shorten long addresses, which hides nothing. */
const hiddenLinks = ({ text, facets }: PostRecord): string[] => {
  const bytes = Buffer.from(text);
  const links = facets.flatMap((facet) =>
    facet.features.flatMap((feature) => {
      if (feature.$type !== 'app.bsky.richtext.facet#link') return [];
      const shown = coveredBy(facet, bytes)
        .replace(/(?:…|\.{3})$/u, '')
        .replace(/^https?:\/\//i, '');
      const target = feature.uri.replace(/^https?:\/\//i, '');
      return shown !== '' && target.startsWith(shown) ? [] : [plainText(feature.uri)];
    }),
  );
  return [...new Set(links)].slice(0, 20);
};

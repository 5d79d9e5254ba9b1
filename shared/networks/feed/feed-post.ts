import { sha256 } from '../../domain/ids.js';
import { Post, type TextPart } from '../../domain/scanning/post.js';
import { instant, type Instant } from '../../domain/time.js';
import { htmlText, plainText, withinBytes, type ReadableText } from '../html-text.js';
import { uriOf } from './feed-uri.js';
import type { FeedEntry, Markup } from './parse-feed.js';

const TITLE_BYTES = 10_000;
const BODY_BYTES = 100_000;
const ALT_TEXT_BYTES = 2000;
const ALT_TEXTS = 20;

interface Where {
  /** The address that the holder declared: a post's name stays the same wherever the feed moves. */
  readonly feed: string;
  /** The page that listed the entry; relative links start here. */
  readonly page: string;
  readonly at: Instant;
}

/** An entry as a post that nobody has compared with earlier ones yet; `null` when there is nothing in it. */
export const feedPost = (entry: FeedEntry, { feed, page, at }: Where): Post | null => {
  const parts = partsOf(entry);
  const key = entry.id ?? entry.link ?? (parts.length === 0 ? null : sha256(...textsOf(parts)));
  if (key === null) return null;
  return {
    uri: uriOf(feed, key),
    url: linkOf(entry.link, page),
    version: sha256(...textsOf(parts)),
    edited: false,
    kind: 'post',
    // A clock that runs ahead must not date a post into a stage that has not begun.
    postedAt: entry.time === null || entry.time > Date.parse(at) ? at : instant(new Date(entry.time)),
    capturedAt: at,
    parts,
    context: null,
  };
};

const textsOf = (parts: readonly TextPart[]): string[] => parts.flatMap(({ field, text }) => [field, text]);

const linkOf = (link: string | null, page: string): string | null => {
  const url = link === null ? null : URL.parse(link, page);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return Post.shape.url.safeParse(url.href).data ?? null;
};

const partsOf = ({ title, body }: FeedEntry): TextPart[] => {
  const heading = readable(title).text;
  const { text, altTexts } = readable(body);
  const parts: TextPart[] = [
    { field: 'title', text: beginsWith(text, heading) ? '' : withinBytes(heading, TITLE_BYTES) },
    { field: 'body', text: withinBytes(text, BODY_BYTES) },
    ...altTexts
      .slice(0, ALT_TEXTS)
      .map((alt): TextPart => ({ field: 'alt-text', text: withinBytes(alt, ALT_TEXT_BYTES) })),
  ];
  return parts.filter((part) => part.text !== '');
};

/** What a reader sees of it. */
export const readable = (markup: Markup | null): ReadableText => {
  switch (markup?.format) {
    case 'html':
      return htmlText(markup.value);
    case 'plain':
      return { text: plainText(markup.value), altTexts: [] };
    case undefined:
      return { text: '', altTexts: [] };
  }
};

/** Short posts have no title, so their feeds make one of their first words and cut it with dots. */
const beginsWith = (text: string, heading: string): boolean =>
  oneLine(text).startsWith(oneLine(heading).replace(/ ?(?:…|\.{3})$/u, ''));

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ');

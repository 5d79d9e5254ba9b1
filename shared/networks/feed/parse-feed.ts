import {
  parseFeed as parseAnyFeed,
  type AnyFeed,
  type AtomFeed,
  type JsonFeed,
  type MediaNs,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith';
import { feedDate } from './feed-date.js';

/** One page of a feed in any of its four formats, no more of it than is used. */
export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** Where older entries are (JSON Feed `next_url`, RFC 5005 `rel="next"`), as written. */
  readonly next: string | null;
  /** How long the feed asks to be left alone (RSS `ttl`). */
  readonly ttlMinutes: number | null;
  /** By which names and addresses the feed goes. */
  readonly names: readonly string[];
  /** What it says of itself. */
  readonly about: readonly Markup[];
  /** Other places that it says are the same person's (`rel="me"`). */
  readonly me: readonly string[];
}

export interface FeedEntry {
  /** `guid` or `id`. */
  readonly id: string | null;
  readonly link: string | null;
  readonly title: Markup | null;
  readonly body: Markup | null;
  /** When it was published, else when it was last changed, in milliseconds; `null` when nobody can tell. */
  readonly time: number | null;
  /** By which names and addresses the feed goes that the entry was taken from, if it says so. */
  readonly takenFrom: readonly string[];
}

export interface Markup {
  readonly format: 'html' | 'plain';
  readonly value: string;
}

/** A body as a page of a feed, `null` when it is none (a web page, garbage, half a document). Never throws. */
export const parseFeed = (body: string): FeedPage | null => {
  const feed = parsed(body);
  if (feed === null) return null;
  switch (feed.format) {
    case 'rss':
      return {
        entries: (feed.feed.items ?? []).map(rssEntry),
        next: nextOf(feed.feed.atom?.links),
        ttlMinutes: wholeMinutes(feed.feed.ttl),
        names: given(feed.feed.link, feed.feed.title, feed.feed.atom?.id, ...ownLinks(feed.feed.atom?.links)),
        about: markups(html(feed.feed.description), html(feed.feed.title)),
        me: meOf(feed.feed.atom?.links),
      };
    case 'atom':
      return {
        entries: (feed.feed.entries ?? []).map(atomEntry),
        next: nextOf(feed.feed.links),
        ttlMinutes: null,
        names: given(feed.feed.id, feed.feed.title?.value, ...ownLinks(feed.feed.links)),
        about: markups(atomText(feed.feed.subtitle), atomText(feed.feed.title)),
        me: meOf(feed.feed.links),
      };
    case 'rdf':
      return {
        entries: (feed.feed.items ?? []).map(rdfEntry),
        next: nextOf(feed.feed.atom?.links),
        ttlMinutes: null,
        names: given(
          feed.feed.rdf?.about,
          feed.feed.link,
          feed.feed.title,
          feed.feed.atom?.id,
          ...ownLinks(feed.feed.atom?.links),
        ),
        about: markups(html(feed.feed.description), html(feed.feed.title)),
        me: meOf(feed.feed.atom?.links),
      };
    case 'json':
      return {
        entries: (feed.feed.items ?? []).map(jsonEntry),
        next: feed.feed.next_url ?? null,
        ttlMinutes: null,
        names: given(feed.feed.feed_url, feed.feed.home_page_url),
        about: markups(plain(feed.feed.description), plain(feed.feed.title)),
        me: given(...(feed.feed.authors ?? []).map(({ url }) => url)),
      };
  }
};

/** More elements, attributes and objects than 5 MB of what people write have; the parser's tree of a page of nothing else took 430 MB. */
const MOST_PARTS = 250_000;

const hasTooManyParts = (body: string): boolean => {
  let parts = 0;
  for (const sign of ['<', '=', '{', '['])
    for (let at = body.indexOf(sign); at >= 0; at = body.indexOf(sign, at + 1))
      if ((parts += 1) > MOST_PARTS) return true;
  return false;
};

const parsed = (body: string): AnyFeed | null => {
  if (hasTooManyParts(body)) return null;
  try {
    return parseAnyFeed(body);
  } catch {
    // The parser has names for some of what it meets; what it trips over in a hostile document is no better a feed.
    return null;
  }
};

const wholeMinutes = (ttl: number | undefined): number | null =>
  ttl !== undefined && Number.isSafeInteger(ttl) && ttl > 0 ? ttl : null;

const html = (value: string | undefined): Markup | null =>
  value === undefined ? null : { format: 'html', value };
const plain = (value: string | undefined): Markup | null =>
  value === undefined ? null : { format: 'plain', value };

const rssEntry = (item: RssFeed.Item<string>): FeedEntry => ({
  id: item.guid?.value ?? item.atom?.id ?? null,
  link: item.link ?? alternateOf(item.atom?.links) ?? permalink(item.guid),
  title: html(item.title),
  body: html(item.content?.encoded ?? item.description) ?? mediaDescription(item.media),
  time: entryTime(
    [item.pubDate, item.dc?.dates?.[0], item.dcterms?.created?.[0], item.atom?.published],
    item.atom?.updated,
  ),
  takenFrom: [...namesOf({ id: item.source?.url, title: item.source?.title }), ...namesOf(item.atom?.source)],
});

const permalink = (guid: RssFeed.Guid | undefined): string | null =>
  guid?.isPermaLink === false ? null : (guid?.value ?? null);

const atomEntry = (entry: AtomFeed.Entry<string>): FeedEntry => ({
  id: entry.id ?? null,
  link: alternateOf(entry.links),
  title: atomText(entry.title),
  body: atomText(entry.content) ?? atomText(entry.summary) ?? mediaDescription(entry.media),
  time: entryTime([entry.published], entry.updated),
  takenFrom: namesOf(entry.source),
});

/** RFC 4287: text unless it says otherwise. What is neither text nor markup, such as a picture in base64, is not read. */
const atomText = (text: AtomFeed.Content | undefined): Markup | null => {
  if (text === undefined) return null;
  switch (text.type?.toLowerCase()) {
    case 'html':
    case 'xhtml':
    case 'text/html':
    case 'application/xhtml+xml':
      return html(text.value);
    case undefined:
    case 'text':
    case 'text/plain':
      return plain(text.value);
    default:
      return null;
  }
};

const rdfEntry = (item: RdfFeed.Item<string>): FeedEntry => ({
  id: item.rdf?.about ?? null,
  link: item.link ?? null,
  title: html(item.title),
  body: html(item.content?.encoded ?? item.description),
  time: entryTime([item.dc?.dates?.[0], item.dcterms?.created?.[0]], undefined),
  takenFrom: namesOf(item.atom?.source),
});

const jsonEntry = (item: JsonFeed.Item<string>): FeedEntry => ({
  id: item.id ?? null,
  link: item.url ?? item.external_url ?? null,
  title: plain(item.title),
  body: html(item.content_html) ?? plain(item.content_text ?? item.summary),
  time: entryTime([item.date_published], item.date_modified),
  takenFrom: [],
});

/** A YouTube channel's feed has the text of a video here and nowhere else. */
const mediaDescription = (media: MediaNs.ItemOrFeed | undefined): Markup | null =>
  plain(media?.groups?.[0]?.description?.value ?? media?.description?.value);

type Link = { readonly href?: string; readonly rel?: string };

const alternateOf = (links: readonly Link[] | undefined): string | null =>
  links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? null;

const nextOf = (links: readonly Link[] | undefined): string | null =>
  links?.find(({ rel }) => rel === 'next')?.href ?? null;

const meOf = (links: readonly Link[] | undefined): string[] =>
  given(...(links ?? []).filter(({ rel }) => rel === 'me').map(({ href }) => href));

const markups = (...texts: readonly (Markup | null)[]): Markup[] => texts.filter((text) => text !== null);

const ownLinks = (links: readonly Link[] | undefined): (string | undefined)[] =>
  (links ?? [])
    .filter(({ rel = 'alternate' }) => rel === 'alternate' || rel === 'self')
    .map(({ href }) => href);

const given = (...names: readonly (string | undefined)[]): string[] =>
  names.filter((name) => name !== undefined);

interface Origin {
  readonly id?: string | undefined;
  readonly links?: readonly Link[] | undefined;
  /** Atom's own has its words in `value`. */
  readonly title?: string | { readonly value: string } | undefined;
}

/** A title is a name only where there is no better one. */
const namesOf = (origin: Origin | undefined): string[] => {
  const names = given(origin?.id, ...ownLinks(origin?.links));
  const title = typeof origin?.title === 'object' ? origin.title.value : origin?.title;
  return names.length > 0 ? names : given(title);
};

/** A date of publication that is there but unreadable is not made up for by the date of a change, which may be much later. */
const entryTime = (
  published: readonly (string | undefined)[],
  changed: string | undefined,
): number | null => {
  const written = given(...published);
  for (const date of written) {
    const time = feedDate(date);
    if (time !== null) return time;
  }
  return written.length > 0 || changed === undefined ? null : feedDate(changed);
};

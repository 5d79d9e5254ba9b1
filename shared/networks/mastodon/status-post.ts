import { Post, type PostContext } from '../../domain/scanning/post.js';
import type { Instant } from '../../domain/time.js';
import { partsOf, wordsOf } from './status-text.js';
import type { Shown, Status } from './status.js';

/** A status as a post that nobody has compared with earlier ones yet. */
export const postOf = (status: Status, context: PostContext | null, at: Instant): Post => ({
  uri: status.uri,
  url: pageOf(status.url),
  version: versionOf(status),
  edited: false,
  kind: kindOf(status),
  // A clock that runs ahead must not date a post into a stage that has not begun.
  postedAt: status.created_at > at ? at : status.created_at,
  capturedAt: at,
  parts: status.reblog ? [] : partsOf(status),
  context,
});

/**
 * The moment of the last edit. Not a hash of the words: servers add link cards and redraw mentions later by themselves,
 * and no holder edited anything then.
 */
export const versionOf = ({ created_at, edited_at }: Pick<Status, 'created_at' | 'edited_at'>): Instant =>
  edited_at ?? created_at;

const pageOf = (url: string | null | undefined): string | null =>
  url != null && /^https?:\/\//i.test(url) ? (Post.shape.url.safeParse(url).data ?? null) : null;

const kindOf = (status: Status): Post['kind'] => {
  if (status.reblog) return 'share';
  if (quoteOf(status) !== null) return 'quote';
  return status.in_reply_to_id == null ? 'post' : 'reply';
};

/** What a status points to: it was given along, or it stands behind an id of the same server. */
export type Pointer =
  | { readonly relation: PostContext['relation']; readonly shown: Shown }
  | { readonly relation: PostContext['relation']; readonly id: string };

/** A quote shows more of another's words than a reply, so of a status that is both the quoted words are its context. */
export const pointerOf = (status: Status): Pointer | null => {
  if (status.reblog) return { relation: 'share', shown: status.reblog };
  const quoted = quoteOf(status);
  if (quoted !== null) return { relation: 'quote', ...quoted };
  return status.in_reply_to_id == null ? null : { relation: 'reply-to', id: status.in_reply_to_id };
};

const quoteOf = ({ quote, pleroma }: Status): { readonly shown: Shown } | { readonly id: string } | null => {
  if (pleroma?.quote) return { shown: pleroma.quote };
  if (quote == null) return null;
  if ('content' in quote) return { shown: quote };
  if ('quoted_status' in quote) return { shown: quote.quoted_status };
  return 'quoted_status_id' in quote ? { id: quote.quoted_status_id } : null;
};

const OPEN: readonly string[] = ['public', 'unlisted'];

/** The words that a status points to, without who wrote them; `null` where they are not open to everybody. */
export const contextOf = (relation: PostContext['relation'], shown: Shown): PostContext | null => {
  if (!OPEN.includes(shown.visibility)) return null;
  const text = wordsOf(shown);
  return text === '' ? null : { relation, text };
};

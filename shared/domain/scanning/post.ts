import * as z from 'zod';
import { NetworkName, Text } from '../fields.js';
import { ITEM } from '../limits.js';
import { Instant } from '../time.js';

/** Where in a post a piece of text stands. Its position in `parts` is its name in spans. */
export const TextPart = z.strictObject({
  field: z.enum(['title', 'body', 'content-warning', 'alt-text', 'link-card']),
  text: z.string().max(ITEM),
});
export type TextPart = z.infer<typeof TextPart>;

/** The exact item that a registered account's own post points to, without its author. */
export const PostContext = z.strictObject({
  relation: z.enum(['reply-to', 'quote', 'share']),
  text: z.string().max(ITEM),
});
export type PostContext = z.infer<typeof PostContext>;

/** One version of one public post of a registered account. */
export const Post = z.strictObject({
  /** Stable address within the network: AT URI, status `uri`, feed address + guid. */
  uri: NetworkName,
  /** Where a person can open it. */
  url: z.url().max(2048).nullable(),
  /** What changes when the post is edited: a cid, `edited_at`, a hash of the content. */
  version: Text.max(256),
  /** Whether an earlier version of this post was collected before. */
  edited: z.boolean(),
  kind: z.enum(['post', 'reply', 'quote', 'share']),
  /** Where the network does not say, and only where it was posted since the last look: when it was captured. */
  postedAt: Instant,
  capturedAt: Instant,
  parts: z.array(TextPart),
  context: PostContext.nullable(),
});
export type Post = z.infer<typeof Post>;

/** A version of a post that was handed over and is no longer there. */
export const DeletedPost = Post.pick({ uri: true, version: true });
export type DeletedPost = z.infer<typeof DeletedPost>;

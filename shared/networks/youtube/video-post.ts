import { sha256 } from '../../domain/ids.js';
import type { Post, TextPart } from '../../domain/scanning/post.js';
import type { Instant } from '../../domain/time.js';
import { plainText, withinBytes } from '../html-text.js';
import type { Upload, Video } from './resources.js';
import { watchAddress } from './watch-address.js';

const TITLE_BYTES = 2000;
const BODY_BYTES = 100_000;

/** The words as the list of uploads shows them: the list is what every look compares, and it has no tags. */
export const versionOf = ({ snippet: { title, description } }: Pick<Upload, 'snippet'>): string =>
  sha256(title, description);

interface Listed {
  readonly version: string;
  readonly publishedAt: Instant;
}

/** A video as a post that nobody has compared with earlier ones yet. */
export const postOf = ({ id, snippet }: Video, { version, publishedAt }: Listed, at: Instant): Post => ({
  uri: watchAddress(id),
  url: watchAddress(id),
  version,
  edited: false,
  kind: 'post',
  postedAt: publishedAt > at ? at : publishedAt,
  capturedAt: at,
  parts: partsOf(snippet),
  context: null,
});

const partsOf = ({ title, description, tags }: Video['snippet']): TextPart[] => {
  const parts: TextPart[] = [
    { field: 'title', text: withinBytes(plainText(title), TITLE_BYTES) },
    { field: 'body', text: withinBytes(plainText(description), BODY_BYTES) },
    { field: 'body', text: withinBytes(plainText((tags ?? []).join('\n')), TITLE_BYTES) },
  ];
  return parts.filter(({ text }) => text !== '');
};

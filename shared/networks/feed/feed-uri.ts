import { sha256 } from '../../domain/ids.js';
import { plainText } from '../html-text.js';

const MAX_URI = 2048;

/** The name of an entry: the feed's address and the entry's own id. */
export const uriOf = (feed: string, key: string): string => {
  const uri = `${feed}#${key}`;
  return uri.length <= MAX_URI && uri === plainText(uri) ? uri : `sha256:${sha256(feed, key)}`;
};

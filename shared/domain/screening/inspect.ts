import type { Match } from './match.js';
import { emptyPage } from './page.js';
import { readPage } from './read-page.js';
import { matchesOf, readingOf } from './reading.js';
import type { Tables } from './tables.js';
import type { Meaning } from './meaning.js';
import type { Reading } from './tokens.js';
import { findTerms } from './trie.js';

/** Texts as one reading, with all that was found: for whoever asks about one post and not about thousands. */
export const inspect = (
  texts: readonly { readonly text: string }[],
  { vocabulary, trie, meaningAt }: Tables,
): { readonly reading: Reading; readonly matches: Match<Meaning>[] } => {
  const page = emptyPage();
  readPage(page, texts, vocabulary);
  findTerms(page, trie);
  return { reading: readingOf(page, texts, vocabulary), matches: matchesOf(page, meaningAt) };
};

import type { Lexicon, Reading } from '../../shared/domain/screening/tokens.js';
import { normalise } from './normalise.js';
import { emptyReading, readTokens } from './tokens.js';

/** Reads a text the straightforward way: one string, one map and one object after another. */
export const readSlowly = (
  texts: readonly { readonly text: string }[],
  lexicon: Omit<Lexicon, 'vocabulary'>,
): Reading => {
  const { tokens, questions, quoted, ...reading } = emptyReading();
  const into = { tokens, questions, quoted, ...reading };
  texts.forEach(({ text }, part) => {
    readTokens(normalise(text), part, lexicon, into);
  });
  return { tokens, questions, quoted };
};

import { textOf, widthAt } from './letters.js';
import type { Match } from './match.js';
import {
  ASKS,
  BALLOT_LIKE,
  BEGINS_CLAUSE,
  BEGINS_SENTENCE,
  EMOJI,
  GLUED,
  QUOTED,
  TAG,
  valueIn,
  WORD,
  type Page,
} from './page.js';
import { NUMBER, type Reading, type Token } from './tokens.js';
import { isSpelt, NUMBER_ID, spellingOf, UNKNOWN, type Vocabulary } from './vocabulary.js';

/** What stands on a page, for those few posts that need a closer look. `texts` are those that were read onto it. */
export const readingOf = (
  { draft, begins, ends, keys, marks, partEnds }: Page,
  texts: readonly { readonly text: string }[],
  vocabulary: Vocabulary,
): Reading => {
  const normal = textOf(draft.codes, 0, draft.length);
  const tokens: Token[] = [];
  const questions = new Set<number>();
  const quoted = new Set<number>();
  let sentence = 0;
  let clause = 0;
  texts.forEach(({ text }, part) => {
    for (let token = tokens.length; token < (partEnds[part] ?? 0); token += 1) {
      const key = keys[token] ?? UNKNOWN;
      const begin = begins[token] ?? 0;
      const end = ends[token] ?? 0;
      const mark = marks[token] ?? 0;
      const has = (bit: number): boolean => (mark & bit) !== 0;
      if (has(BEGINS_SENTENCE)) sentence += 1;
      if (has(BEGINS_CLAUSE)) clause += 1;
      if (has(ASKS)) questions.add(sentence);
      if (has(QUOTED)) quoted.add(token);
      const asWritten = key === UNKNOWN || isSpelt(vocabulary, key, draft.codes, begin, end);
      const last = draft.starts[end - 1] ?? 0;
      tokens.push({
        key: key === NUMBER_ID ? NUMBER : asWritten ? normal.slice(begin, end) : spellingOf(vocabulary, key),
        value: key === NUMBER_ID ? valueIn(mark) : null,
        ballotLike: has(BALLOT_LIKE),
        word: has(WORD),
        emoji: has(EMOJI),
        glued: has(GLUED),
        tag: has(TAG),
        part,
        start: draft.starts[begin] ?? 0,
        end: last + widthAt(text, last),
        sentence,
        clause,
      });
    }
  });
  return { tokens, questions, quoted };
};

/** The terms found on a page. */
export const matchesOf = <Meaning>(
  { found, foundCount }: Page,
  meaningAt: (number: number) => Meaning | undefined,
): Match<Meaning>[] => {
  const matches: Match<Meaning>[] = [];
  for (let index = 0; index < foundCount; index += 3) {
    const meaning = meaningAt(found[index + 2] ?? 0);
    if (meaning !== undefined) matches.push({ from: found[index] ?? 0, to: found[index + 1] ?? 0, meaning });
  }
  return matches;
};

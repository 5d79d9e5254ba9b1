import { textOf } from './letters.js';
import type { Match } from './match.js';
import { widthAt } from './normalise.js';
import { BALLOT_LIKE, EMOJI, GLUED, QUOTED, TAG, WORD, type Page } from './page.js';
import { NUMBER, type Reading, type Token } from './tokens.js';
import { NUMBER_ID, spellingOf, UNKNOWN, type Vocabulary } from './vocabulary.js';

/** What stands on a page, for those few posts that need a closer look. `texts` are those that were read onto it. */
export const readingOf = (
  { draft, count, begins, ends, keys, values, marks, parts, sentences, clauses, questions }: Page,
  texts: readonly { readonly text: string }[],
  vocabulary: Vocabulary,
): Reading => {
  const normal = textOf(draft.codes, 0, draft.length);
  const tokens: Token[] = [];
  const quoted = new Set<number>();
  for (let token = 0; token < count; token += 1) {
    const key = keys[token] ?? UNKNOWN;
    const begin = begins[token] ?? 0;
    const end = ends[token] ?? 0;
    const part = parts[token] ?? 0;
    const mark = marks[token] ?? 0;
    const last = draft.starts[end - 1] ?? 0;
    tokens.push({
      key:
        key === NUMBER_ID ? NUMBER : key === UNKNOWN ? normal.slice(begin, end) : spellingOf(vocabulary, key),
      value: key === NUMBER_ID ? (values[token] ?? null) : null,
      ballotLike: (mark & BALLOT_LIKE) !== 0,
      word: (mark & WORD) !== 0,
      emoji: (mark & EMOJI) !== 0,
      glued: (mark & GLUED) !== 0,
      tag: (mark & TAG) !== 0,
      part,
      start: draft.starts[begin] ?? 0,
      end: last + widthAt(texts[part]?.text ?? '', last),
      sentence: sentences[token] ?? 0,
      clause: clauses[token] ?? 0,
    });
    if ((mark & QUOTED) !== 0) quoted.add(token);
  }
  return { tokens, questions: new Set(questions), quoted };
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

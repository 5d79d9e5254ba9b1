import { emptyDraft, type Draft } from './draft.js';

/**
 * A text being read: its normal form (`draft`), its tokens in columns, and the terms found among them. A screener
 * has one page and uses it for every post, since most posts need nothing but these numbers.
 *
 *     text      a y o   n m r   2 !   …
 *     begins    0       4       8              where a token stands in the draft
 *     ends      3       7       9
 *     keys      17      5       0              ids in the vocabulary: ayo, nomor, {n}
 *     values    -1      -1      2
 *     marks     WORD    WORD    -
 */
export interface Page {
  readonly draft: Draft;
  count: number;
  begins: Int32Array;
  ends: Int32Array;
  keys: Int32Array;
  values: Int8Array;
  marks: Uint8Array;
  parts: Int32Array;
  sentences: Int32Array;
  clauses: Int32Array;
  /** Where the reading stands. Sentences and clauses count on from one part to the next. */
  sentence: number;
  clause: number;
  readonly questions: number[];
  /** Emoji of the sentence in hand that packs know, each once, three numbers: where it begins and ends, and its id. */
  readonly emoji: number[];
  /** Found terms, three numbers each: first token, last token (exclusive), meaning; `foundCount` numbers in all. */
  found: Int32Array;
  foundCount: number;
}

/** Marks of a token. */
export const WORD = 1;
export const BALLOT_LIKE = 2;
export const GLUED = 4;
export const TAG = 8;
export const QUOTED = 16;
export const EMOJI = 32;

const FIRST_TOKENS = 256;

export const emptyPage = (): Page => ({
  draft: emptyDraft(),
  count: 0,
  begins: new Int32Array(FIRST_TOKENS),
  ends: new Int32Array(FIRST_TOKENS),
  keys: new Int32Array(FIRST_TOKENS),
  values: new Int8Array(FIRST_TOKENS),
  marks: new Uint8Array(FIRST_TOKENS),
  parts: new Int32Array(FIRST_TOKENS),
  sentences: new Int32Array(FIRST_TOKENS),
  clauses: new Int32Array(FIRST_TOKENS),
  sentence: 0,
  clause: 0,
  questions: [],
  emoji: [],
  found: new Int32Array(FIRST_TOKENS),
  foundCount: 0,
});

export const clearPage = (page: Page): void => {
  page.draft.length = 0;
  page.count = 0;
  page.sentence = 0;
  page.clause = 0;
  // Emptying an array costs even when it is empty, and most are.
  if (page.questions.length > 0) page.questions.length = 0;
  if (page.emoji.length > 0) page.emoji.length = 0;
  page.foundCount = 0;
};

const grown = <Column extends Int32Array | Int8Array | Uint8Array>(
  column: Column,
  larger: Column,
): Column => {
  larger.set(column);
  return larger;
};

/** Makes room for one more token. */
export const reserveToken = (page: Page): void => {
  if (page.count < page.keys.length) return;
  const length = page.keys.length * 2;
  page.begins = grown(page.begins, new Int32Array(length));
  page.ends = grown(page.ends, new Int32Array(length));
  page.keys = grown(page.keys, new Int32Array(length));
  page.values = grown(page.values, new Int8Array(length));
  page.marks = grown(page.marks, new Uint8Array(length));
  page.parts = grown(page.parts, new Int32Array(length));
  page.sentences = grown(page.sentences, new Int32Array(length));
  page.clauses = grown(page.clauses, new Int32Array(length));
};

/** Adds a term that was found. */
export const addFound = (page: Page, from: number, to: number, meaning: number): void => {
  const at = page.foundCount;
  if (at + 3 > page.found.length) page.found = grown(page.found, new Int32Array(page.found.length * 2));
  page.found[at] = from;
  page.found[at + 1] = to;
  page.found[at + 2] = meaning;
  page.foundCount = at + 3;
};

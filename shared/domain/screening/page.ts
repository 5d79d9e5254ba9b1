import { emptyDraft, type Draft } from './draft.js';

/**
 * A text being read: its normal form (`draft`), its tokens in columns, and the terms found among them. A screener
 * has one page and uses it for every post, since most posts need nothing but these numbers.
 *
 *     text      a y o   n m r   2 !   …
 *     begins    0       4       8              where a token stands in the draft
 *     ends      3       7       9
 *     keys      17      5       0              ids in the vocabulary: ayo, nomor, {n}
 *     marks     WORD    WORD    2 as value     the marks below, and what a number counts
 */
export interface Page {
  readonly draft: Draft;
  count: number;
  begins: Int32Array;
  ends: Int32Array;
  keys: Int32Array;
  marks: Int32Array;
  /** How many tokens there are up to the end of each part. */
  readonly partEnds: number[];
  /** The breaks since the last token; the next one carries them. */
  breaks: number;
  /** The marks of all tokens together. */
  seen: number;
  /** Emoji of the sentence in hand that packs know, each once, three numbers: where it begins and ends, and its id. */
  readonly emoji: number[];
  /** Found terms, three numbers each: first token, last token (exclusive), meaning; `foundCount` numbers in all. */
  found: Int32Array;
  foundCount: number;
}

/** Marks of a token: a word of one's own, a number like `02`, without a gap before it, first of a hashtag, … */
export const WORD = 1;
export const BALLOT_LIKE = 2;
export const GLUED = 4;
export const TAG = 8;
export const QUOTED = 16;
export const EMOJI = 32;
/** A question mark ends its sentence. */
export const ASKS = 64;
/** The breaks. Neither is before the first token. */
export const BEGINS_CLAUSE = 128;
export const BEGINS_SENTENCE = 256;

/** The value of a number stands above the marks, one higher, so that 0 is none. */
const VALUE = 16;
export const withValue = (value: number): number => (value + 1) << VALUE;
export const valueIn = (marks: number): number => (marks >> VALUE) - 1;

const FIRST_TOKENS = 256;

export const emptyPage = (): Page => ({
  draft: emptyDraft(),
  count: 0,
  begins: new Int32Array(FIRST_TOKENS),
  ends: new Int32Array(FIRST_TOKENS),
  keys: new Int32Array(FIRST_TOKENS),
  marks: new Int32Array(FIRST_TOKENS),
  partEnds: [],
  breaks: 0,
  seen: 0,
  emoji: [],
  found: new Int32Array(FIRST_TOKENS),
  foundCount: 0,
});

export const clearPage = (page: Page): void => {
  page.draft.length = 0;
  page.count = 0;
  page.breaks = 0;
  page.seen = 0;
  page.foundCount = 0;
};

const grown = (column: Int32Array): Int32Array => {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
};

/** Adds a token with the breaks before it. */
export const addToken = (page: Page, begin: number, end: number, key: number, marks: number): void => {
  const token = page.count;
  if (token === page.keys.length) {
    page.begins = grown(page.begins);
    page.ends = grown(page.ends);
    page.keys = grown(page.keys);
    page.marks = grown(page.marks);
  }
  page.begins[token] = begin;
  page.ends[token] = end;
  page.keys[token] = key;
  page.marks[token] = marks | page.breaks;
  page.breaks = 0;
  page.seen |= marks;
  page.count = token + 1;
};

/** Marks tokens from one on. */
export const markFrom = (page: Page, token: number, mark: number): void => {
  for (let at = token; at < page.count; at += 1) page.marks[at] = (page.marks[at] ?? 0) | mark;
};

/** Adds a term that was found. */
export const addFound = (page: Page, from: number, to: number, meaning: number): void => {
  const at = page.foundCount;
  if (at + 3 > page.found.length) page.found = grown(page.found);
  page.found[at] = from;
  page.found[at + 1] = to;
  page.found[at + 2] = meaning;
  page.foundCount = at + 3;
};

import type { Vocabulary } from './vocabulary.js';

/** Any whole number of one or two digits, in digits or words. No term can tell one ballot number from another. */
export const NUMBER = '{n}';

/** What the packs know of single words; the tokens need it to read spellings, numbers and hashtags. */
export interface Lexicon {
  /** Every word of every term, with the word it stands for. */
  readonly words: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
  /** Words after which a glued digit is a number (`paslon2`); after others it doubles the word (`sama2`). */
  readonly introducers: ReadonlySet<string>;
  /** Titles that are written with a full stop, which ends no sentence: `prof.` */
  readonly abbreviations: ReadonlySet<string>;
  /** The same, as texts are read with it. */
  readonly vocabulary: Vocabulary;
}

export interface Token {
  /** By which terms know it: the word, `{n}`, or other digits as they stand. */
  readonly key: string;
  /** The number that `{n}` stands for. */
  readonly value: number | null;
  /** Written like a ballot number, `02` or a keycap. */
  readonly ballotLike: boolean;
  /** Written in letters, and not somebody's handle. */
  readonly word: boolean;
  /** An emoji that a pack knows. It stands behind the words of its sentence, wherever it was written. */
  readonly emoji: boolean;
  /** Follows the token before it without a gap. */
  readonly glued: boolean;
  /** A hashtag begins here. */
  readonly tag: boolean;
  readonly part: number | 'context';
  /** UTF-16 offsets into the original text of the part. */
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly clause: number;
}

/** A text as tokens. Sentences and clauses count on from one part to the next. */
export interface Reading {
  readonly tokens: readonly Token[];
  /** Sentences that a question mark ends. */
  readonly questions: ReadonlySet<number>;
  /** Tokens between quotation marks, by their position. */
  readonly quoted: ReadonlySet<number>;
}

import { textOf } from './letters.js';
import { NUMBER, type Lexicon } from './tokens.js';

/**
 * All words that packs know, found by their letters without making a string of them.
 *
 *     slots     [ 0, part of hash | id+1, 0, … ]          a power of two, at most half of them taken
 *                                    |
 *                                    v
 *     offsets   [ 0, 3, 8, 14, … ]                        word `id` lies from offsets[id] to offsets[id + 1] of
 *     letters   { n } n o m o r c o b l o s …
 *     standsFor [ 0, 1, 1, … ]                            the id that terms use (*nmr* -> *nomor*, *satu* -> {n})
 *     value     [ -1, -1, … ]                             what a number word counts, else -1
 *     traits    [ KNOWN, LEXICAL | KNOWN, … ]
 *
 * A word's place among the slots is its hash; if another word has it, the next free one. In the bits that no id needs
 * stand those of the hash, so nearly every stranger is turned away without a look at its letters.
 * Texts never add a word, so nobody can make these chains longer by what he posts.
 */
export interface Vocabulary {
  readonly letters: Uint16Array;
  readonly offsets: Uint32Array;
  readonly slots: Int32Array;
  readonly standsFor: Int32Array;
  readonly value: Int8Array;
  readonly traits: Uint8Array;
}

/** The id of `NUMBER`, which no word in a text can have. */
export const NUMBER_ID = 0;
/** The id of a word that no pack knows. */
export const UNKNOWN = -1;

/** Stands in the lexicon, so that a hashtag may be cut into it. Words of handles do not. */
export const LEXICAL = 1;
/** As the key of a token it shows that a pack is for this language. */
export const KNOWN = 2;
export const INTRODUCER = 4;
export const ABBREVIATION = 8;

/** FNV-1a over UTF-16 units. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const hashOn = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

/** FNV leaves the last letters in the low bits; this brings the high ones down to where the slot is taken from. */
const slotOf = (hash: number, idBits: number): number => (hash ^ (hash >>> 15)) & idBits;

/** The hash of part of a text. */
export const hashOf = (codes: Uint16Array, from: number, to: number): number => {
  let hash = HASH_SEED;
  for (let index = from; index < to; index += 1) hash = hashOn(hash, codes[index] ?? 0);
  return hash;
};

/** The vocabulary of a lexicon, and of keys beyond it that terms have: handles, years. */
export const vocabularyOf = (
  { words, numbers, introducers, abbreviations }: Omit<Lexicon, 'vocabulary'>,
  keys: Iterable<string> = [],
): Vocabulary => {
  const all = [...new Set([NUMBER, ...words.keys(), ...words.values(), ...numbers.keys(), ...keys])];
  const ids = new Map(all.map((word, id) => [word, id] as const));
  const offsets = new Uint32Array(all.length + 1);
  all.forEach((word, id) => (offsets[id + 1] = (offsets[id] ?? 0) + word.length));
  const letters = new Uint16Array(offsets[all.length] ?? 0);
  let slotCount = 16;
  while (slotCount < all.length * 2) slotCount *= 2;
  const slots = new Int32Array(slotCount);
  const idBits = slotCount - 1;
  all.forEach((word, id) => {
    for (let index = 0; index < word.length; index += 1)
      letters[(offsets[id] ?? 0) + index] = word.charCodeAt(index);
    const hash = hashOf(letters, offsets[id] ?? 0, offsets[id + 1] ?? 0);
    let slot = slotOf(hash, idBits);
    while (slots[slot] !== 0) slot = (slot + 1) & idBits;
    slots[slot] = (hash & ~idBits) | (id + 1);
  });
  const traitsOf = (word: string): number =>
    (words.has(word) ? LEXICAL | KNOWN : 0) |
    (numbers.has(word) || word === NUMBER ? KNOWN : 0) |
    (introducers.has(word) ? INTRODUCER : 0) |
    (abbreviations.has(word) ? ABBREVIATION : 0);
  return {
    letters,
    offsets,
    slots,
    standsFor: Int32Array.from(all, (word, id) =>
      numbers.has(word) ? NUMBER_ID : (ids.get(words.get(word) ?? word) ?? id),
    ),
    value: Int8Array.from(all, (word) => numbers.get(word) ?? -1),
    traits: Uint8Array.from(all, traitsOf),
  };
};

/** Whether a word stands in `codes`, letter by letter. */
export const isSpelt = (
  { letters, offsets }: Vocabulary,
  id: number,
  codes: Uint16Array,
  from: number,
  to: number,
): boolean => {
  const first = offsets[id] ?? 0;
  if ((offsets[id + 1] ?? 0) - first !== to - from) return false;
  for (let index = from; index < to; index += 1)
    if (letters[first + index - from] !== codes[index]) return false;
  return true;
};

/** The id of the word that stands in `codes`, whose hash the caller has taken while reading it; else `UNKNOWN`. */
export const wordIn = (
  vocabulary: Vocabulary,
  hash: number,
  codes: Uint16Array,
  from: number,
  to: number,
): number => {
  const { slots } = vocabulary;
  const idBits = slots.length - 1;
  for (let slot = slotOf(hash, idBits); ; slot = (slot + 1) & idBits) {
    const word = slots[slot] ?? 0;
    if (word === 0) return UNKNOWN;
    const id = (word & idBits) - 1;
    if (((word ^ hash) & ~idBits) === 0 && isSpelt(vocabulary, id, codes, from, to)) return id;
  }
};

/** The letters of a word. */
export const spellingOf = ({ letters, offsets }: Vocabulary, id: number): string =>
  textOf(letters, offsets[id] ?? 0, offsets[id + 1] ?? 0);

export const hasTrait = ({ traits }: Vocabulary, id: number, trait: number): boolean =>
  id !== UNKNOWN && ((traits[id] ?? 0) & trait) !== 0;

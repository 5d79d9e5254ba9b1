import { KEYCAP, type Draft } from './draft.js';
import { codeOf, codesOf, isAlphanumeric, isDigit, isLower } from './letters.js';

const HASH = codeOf('#');
const ZERO = codeOf('0');
const ONE = codeOf('1');
const AT = codeOf('@');
const V = codeOf('v');
const U = codeOf('u');
const L = codeOf('l');
const I = codeOf('i');

/** One letter after another with the same sign between them: `c.o.b.l.o.s`. Fewer are initials. */
const SPELT_OUT = 4;
/** No more signs than these stand for letters next to one another. */
const LEET_RUN = 3;
/** So many of a letter in a row are one. Two may be spelling (*maaf*, *saat*). */
const STRETCHED = 3;

const VOWELS = codesOf('aeiou');
const HIDES_IN_WORDS = codesOf("*'");
const SPELLS_OUT = codesOf(' .-_|');
const LEET: ReadonlyMap<number, number> = new Map(
  Array.from('034578@$9', (sign, index) => [codeOf(sign), codeOf('oeastbasg'[index] ?? '')] as const),
);
const isConsonant = (c: number): boolean => isLower(c) && !VOWELS.has(c);

/** A unit of the part in hand; 0, which no folded text has, on either side of it. */
const at = (draft: Draft, index: number): number => (index < draft.length ? (draft.codes[index] ?? 0) : 0);

const move = (draft: Draft, from: number, to: number): void => {
  draft.codes[to] = draft.codes[from] ?? 0;
  draft.starts[to] = draft.starts[from] ?? 0;
};

/**
 * Whether a letter follows, at once or after a few more signs for letters: `p45lon`. Digits that begin with a zero are
 * rather a ballot number, `paslon01menang`.
 */
const reachesLetter = (draft: Draft, index: number): boolean => {
  if (isLower(at(draft, index + 1))) return true;
  if (at(draft, index) === ZERO) return false;
  for (let next = index + 1; next < index + LEET_RUN; next += 1) {
    const unit = at(draft, next);
    if (isLower(unit)) return true;
    if (unit !== ONE && !LEET.has(unit)) return false;
  }
  return isLower(at(draft, index + LEET_RUN));
};

/** The letter that a sign stands for where letters stand on both sides; 0 if it is no such sign or place. */
const leetLetter = (draft: Draft, index: number): number => {
  const sign = at(draft, index);
  if (isLower(sign) || !isLower(at(draft, index - 1))) return 0;
  const letter = sign === ONE ? I : (LEET.get(sign) ?? 0);
  if (letter === 0) return 0;
  const next = at(draft, index + 1);
  const ends = !isAlphanumeric(next) && next !== KEYCAP && (sign === ZERO || sign === AT);
  if (!ends && !reachesLetter(draft, index)) return 0;
  return sign === ONE && (VOWELS.has(next) || VOWELS.has(at(draft, index - 1))) ? L : letter;
};

/**
 * Digits that stand for letters, where letters stand on both sides: `p4sl0n`. A digit at either end of a word
 * is left alone, for it may be a number: `4G`, `SDN01`, `paslon1`, `sama2`. Only a last zero, which is no
 * ballot number, is an o.
 */
const readLeet = (draft: Draft): void => {
  for (let index = draft.from + 1; index < draft.length; index += 1) {
    const letter = leetLetter(draft, index);
    if (letter !== 0) draft.codes[index] = letter;
  }
};

/** `co*blos`, `do'a`: one sign inside a word hides nothing from a reader. */
const joinWords = (draft: Draft): void => {
  let write = draft.from;
  for (let read = draft.from; read < draft.length; read += 1) {
    const hidden =
      HIDES_IN_WORDS.has(at(draft, read)) && isLower(at(draft, write - 1)) && isLower(at(draft, read + 1));
    if (hidden) continue;
    move(draft, read, write);
    write += 1;
  }
  draft.length = write;
};

/** `cobloooos`: a stretched letter is one. A word that is nothing else is an acronym, `PPP`. */
const shorten = (draft: Draft): void => {
  let write = draft.from;
  for (let read = draft.from; read < draft.length;) {
    const letter = at(draft, read);
    let next = read + 1;
    while (isLower(letter) && at(draft, next) === letter) next += 1;
    const alone = !isLower(at(draft, read - 1)) && !isLower(at(draft, next));
    const kept = next - read >= STRETCHED && !alone ? 1 : next - read;
    for (let index = 0; index < kept; index += 1) move(draft, read + index, write + index);
    write += kept;
    read = next;
  }
  draft.length = write;
};

/** Where a word that is spelt out from `first` ends (exclusive), and whether it may be joined. */
const speltOut = (draft: Draft, first: number): { readonly end: number; readonly joins: boolean } => {
  const sign = at(draft, first + 1);
  let letters = 1;
  let alike = 1;
  let longestAlike = 1;
  let last = first;
  while (
    SPELLS_OUT.has(sign) &&
    at(draft, last + 1) === sign &&
    isLower(at(draft, last + 2)) &&
    !isAlphanumeric(at(draft, last + 3))
  ) {
    alike = at(draft, last) === at(draft, last + 2) ? alike + 1 : 1;
    longestAlike = Math.max(longestAlike, alike);
    letters += 1;
    last += 2;
  }
  return { end: last + 1, joins: letters >= SPELT_OUT && longestAlike < STRETCHED };
};

const joinLetters = (draft: Draft): void => {
  let write = draft.from;
  for (let read = draft.from; read < draft.length;) {
    const before = at(draft, write - 1);
    const alone =
      isLower(at(draft, read)) &&
      !isAlphanumeric(before) &&
      before !== HASH &&
      !isAlphanumeric(at(draft, read + 1));
    const { end, joins } = alone ? speltOut(draft, read) : { end: read + 1, joins: false };
    const step = joins ? 2 : 1;
    for (let index = read; index < end; index += step) {
      move(draft, index, write);
      write += 1;
    }
    read = end;
  }
  draft.length = write;
};

/** `dukvng`: between two consonants a v can only be a u. */
const readVAsU = (draft: Draft): void => {
  for (let index = draft.from + 1; index < draft.length; index += 1)
    if (at(draft, index) === V && isConsonant(at(draft, index - 1)) && isConsonant(at(draft, index + 1)))
      draft.codes[index] = U;
};

/** In this order each stage leaves nothing for an earlier one to find, so normalising twice changes nothing. */
export const STAGES: readonly ((draft: Draft) => void)[] = [
  readLeet,
  joinWords,
  shorten,
  joinLetters,
  readVAsU,
];
const [READ_LEET, JOIN_WORDS, SHORTEN, JOIN_LETTERS, READ_V] = [0, 1, 2, 3, 4] as const;

/** What a unit may be part of, one bit each; nothing beyond ASCII is part of anything. */
const LOWER = 1;
const DIGIT = 2;
const VOWEL = 4;
const LEET_SIGN = 8;
const HIDING_SIGN = 16;
const TRAITS = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  const bit = (condition: boolean, trait: number): number => (condition ? trait : 0);
  return (
    bit(isLower(unit), LOWER) |
    bit(isDigit(unit), DIGIT) |
    bit(VOWELS.has(unit), VOWEL) |
    bit(unit === ONE || LEET.has(unit), LEET_SIGN) |
    bit(HIDES_IN_WORDS.has(unit), HIDING_SIGN)
  );
});

/**
 * The stages that have something to do, one bit each, in one look over the text, so that most texts, which need
 * none, are spared five. It may name a stage in vain, but never leaves out the first that would change anything.
 */
export const stagesDue = (draft: Draft): number => {
  const { codes, from, length } = draft;
  let due = 0;
  let alone = 0;
  let before = 0;
  let last = 0;
  let lastUnit = 0;
  let lastAlike = false;
  for (let index = from; index < length; index += 1) {
    const unit = codes[index] ?? 0;
    const traits = unit < 0x80 ? (TRAITS[unit] ?? 0) : 0;
    if ((traits & LOWER) !== 0) {
      const alike = unit === lastUnit;
      if (alike && lastAlike) due |= 1 << SHORTEN;
      lastAlike = alike;
      if (lastUnit === V && (traits & VOWEL) === 0 && (before & (LOWER | VOWEL)) === LOWER)
        due |= 1 << READ_V;
    } else {
      if ((last & LOWER) !== 0) {
        if ((traits & HIDING_SIGN) !== 0) due |= 1 << JOIN_WORDS;
        if ((traits & LEET_SIGN) !== 0 && leetLetter(draft, index) !== 0) due |= 1 << READ_LEET;
        if ((traits & DIGIT) === 0 && (before & (LOWER | DIGIT)) === 0) alone += 1;
      }
      lastAlike = false;
    }
    before = last;
    last = traits;
    lastUnit = unit;
  }
  // The last letter of a text may stand alone as well.
  return alone + 1 >= SPELT_OUT ? due | (1 << JOIN_LETTERS) : due;
};

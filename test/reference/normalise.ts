import { foldCodePoint } from '../../shared/domain/screening/fold.js';
import type { Normal } from '../../shared/domain/screening/normalise.js';

/** A normal form in the making. Each stage rewrites it in place, from left to right, and may shorten it. */
interface Draft {
  readonly codes: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  length: number;
}

const code = (character: string): number => character.charCodeAt(0);
const SPACE = code(' ');
const HASH = code('#');
const UNDERSCORE = code('_');
const ZERO = code('0');
const AT = code('@');
const V = code('v');
const U = code('u');
const L = code('l');
const I = code('i');
const SCHEME_END = Array.from('://', code);
const KEYCAP = 0x20e3;

/** One letter after another with the same sign between them: `c.o.b.l.o.s`. Fewer are initials. */
const SPELT_OUT = 4;

const isLower = (c: number): boolean => c >= 0x61 && c <= 0x7a;
const isUpper = (c: number): boolean => c >= 0x41 && c <= 0x5a;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isAlphanumeric = (c: number): boolean => isLower(c) || isDigit(c);
const codesOf = (characters: string): ReadonlySet<number> => new Set(Array.from(characters, code));
const VOWELS = codesOf('aeiou');
const HIDES_IN_WORDS = codesOf("*'");
const SPELLS_OUT = codesOf(' .-_|');
const STAYS_IN_TAG = codesOf("@$*'");
const IN_SCHEME = codesOf('+.-');
const LEET: ReadonlyMap<number, number> = new Map(
  Array.from('034578@$9', (sign, index) => [code(sign), code('oeastbasg'[index] ?? '')] as const),
);

const at = (draft: Draft, index: number): number =>
  index >= 0 && index < draft.length ? (draft.codes[index] ?? 0) : 0;

const move = (draft: Draft, from: number, to: number): void => {
  draft.codes[to] = draft.codes[from] ?? 0;
  draft.starts[to] = draft.starts[from] ?? 0;
  draft.ends[to] = draft.ends[from] ?? 0;
};

/** Folds characters and splits hashtags where their capitals say so, while the capitals are still there. */
const draftFrom = (original: string): Draft => {
  let capacity = original.length + 64;
  let codes = new Uint16Array(capacity);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let length = 0;
  const put = (unit: number, start: number, end: number): void => {
    if (length === capacity) {
      capacity *= 2;
      const [oldCodes, oldStarts, oldEnds] = [codes, starts, ends];
      codes = new Uint16Array(capacity);
      codes.set(oldCodes);
      starts = new Uint32Array(capacity);
      starts.set(oldStarts);
      ends = new Uint32Array(capacity);
      ends.set(oldEnds);
    }
    codes[length] = unit;
    starts[length] = start;
    ends[length] = end;
    length += 1;
  };

  /** An address has no words of its own: `https://…`, up to a blank, becomes one space. */
  const dropScheme = (): void => {
    const colon = length - 3;
    length = colon;
    while (length > 0 && (isAlphanumeric(codes[length - 1] ?? 0) || IN_SCHEME.has(codes[length - 1] ?? 0)))
      length -= 1;
    put(SPACE, starts[colon] ?? 0, ends[colon] ?? 0);
  };

  let inTag = false;
  let inLink = false;
  let capitals = 0;
  let start = 0;
  for (const character of original) {
    const point = character.codePointAt(0) ?? 0;
    const end = start + character.length;
    inLink &&= ![' ', '\n'].includes(foldCodePoint(point));
    if (inLink) {
      start = end;
      continue;
    }
    const last = length === 0 ? 0 : (codes[length - 1] ?? 0);
    if (point >= 0x20 && point < 0x7f && point !== 0x60) {
      const next = original.charCodeAt(end);
      const begins = capitals === 0 ? isLower(last) : capitals >= 2 && isLower(next);
      if (inTag && isUpper(point) && begins) put(SPACE, start, end);
      const folded = isUpper(point) ? point + 0x20 : point;
      put(inTag && folded === UNDERSCORE ? SPACE : folded, start, end);
      inTag =
        point === HASH ||
        (inTag && (isAlphanumeric(folded) || folded === UNDERSCORE || STAYS_IN_TAG.has(folded)));
      capitals = isUpper(point) ? capitals + 1 : 0;
    } else if (point === KEYCAP && isDigit(last)) {
      put(KEYCAP, start, end);
      inTag = false;
    } else {
      const folded = foldCodePoint(point);
      for (let index = 0; index < folded.length; index += 1) {
        const unit = folded.charCodeAt(index);
        put(inTag && unit === UNDERSCORE ? SPACE : unit, start, end);
        inTag =
          unit === HASH || (inTag && (isAlphanumeric(unit) || unit === UNDERSCORE || STAYS_IN_TAG.has(unit)));
      }
      if (folded !== '') capitals = 0;
    }
    if (SCHEME_END.every((sign, at) => codes[length - 3 + at] === sign)) {
      dropScheme();
      inLink = true;
    }
    start = end;
  }
  return { codes, starts, ends, length };
};

/**
 * Digits that stand for letters, where letters stand on both sides: `p4sl0n`. A digit at either end of a word
 * is left alone, for it may be a number: `4G`, `SDN01`, `paslon1`, `sama2`. Only a last zero, which is no
 * ballot number, is an o.
 */
const readLeet = (draft: Draft): void => {
  for (let index = 1; index < draft.length; index += 1) {
    const sign = at(draft, index);
    if (isLower(sign) || !isLower(at(draft, index - 1))) continue;
    const next = at(draft, index + 1);
    const ends = !isAlphanumeric(next) && next !== KEYCAP && (sign === ZERO || sign === AT);
    const following = Array.from({ length: 3 }, (_, ahead) => at(draft, index + 1 + ahead));
    const signs = following.findIndex((unit) => unit !== code('1') && !LEET.has(unit));
    const reaches = isLower(next) || (sign !== ZERO && signs >= 0 && isLower(following[signs] ?? 0));
    if (!reaches && !ends) continue;
    const beside = VOWELS.has(next) || VOWELS.has(at(draft, index - 1));
    const letter = sign === code('1') ? (beside ? L : I) : LEET.get(sign);
    if (letter !== undefined) draft.codes[index] = letter;
  }
};

/** `co*blos`, `do'a`: one sign inside a word hides nothing from a reader. */
const joinWords = (draft: Draft): void => {
  let write = 0;
  for (let read = 0; read < draft.length; read += 1) {
    const hidden =
      HIDES_IN_WORDS.has(at(draft, read)) && isLower(at(draft, write - 1)) && isLower(at(draft, read + 1));
    if (hidden) continue;
    move(draft, read, write);
    write += 1;
  }
  draft.length = write;
};

/** `cobloooos`: three or more of a letter are one, unless they are all of a word. Two may be spelling (*maaf*, *saat*). */
const shorten = (draft: Draft): void => {
  let write = 0;
  for (let read = 0; read < draft.length;) {
    const letter = at(draft, read);
    let next = read + 1;
    while (isLower(letter) && at(draft, next) === letter) next += 1;
    const alone = !isLower(at(draft, read - 1)) && !isLower(at(draft, next));
    const kept = next - read >= 3 && !alone ? 1 : next - read;
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
  return { end: last + 1, joins: letters >= SPELT_OUT && longestAlike < 3 };
};

const joinLetters = (draft: Draft): void => {
  let write = 0;
  for (let read = 0; read < draft.length;) {
    const before = write === 0 ? 0 : (draft.codes[write - 1] ?? 0);
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
  const isConsonant = (c: number): boolean => isLower(c) && !VOWELS.has(c);
  for (let index = 1; index < draft.length; index += 1)
    if (at(draft, index) === V && isConsonant(at(draft, index - 1)) && isConsonant(at(draft, index + 1)))
      draft.codes[index] = U;
};

/** In this order each stage leaves nothing for an earlier one to find, so normalising twice changes nothing. */
const STAGES: readonly ((draft: Draft) => void)[] = [readLeet, joinWords, shorten, joinLetters, readVAsU];

const textOf = ({ codes, length }: Draft): string =>
  Buffer.from(codes.buffer, codes.byteOffset, length * 2).toString('utf16le');

/**
 * The normal form of a text: lower-case letters without marks, look-alikes, links, leetspeak or stretching.
 * Takes time linear in the length; any string is good, lone surrogates included. Idempotent.
 */
export const normalise = (original: string): Normal => {
  const draft = draftFrom(original);
  for (const stage of STAGES) stage(draft);
  return {
    text: textOf(draft),
    starts: draft.starts.subarray(0, draft.length),
    ends: draft.ends.subarray(0, draft.length),
  };
};

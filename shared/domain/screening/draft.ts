import { foldSeveral, foldUnit, NOTHING, SEVERAL } from './fold.js';
import { codeOf, codesOf, isAlphanumeric, isDigit, isLower, isUpper, pointAt } from './letters.js';
import { beginsLink, dropLink } from './links.js';

/**
 * Normal forms in the making, one part of a post after another, in memory that the next post uses again:
 *
 *     codes   . p a k . a y o   c o b l o s
 *     starts  . 0 1 2 . 0 1 2 3 5 6 7 8 9 10      offsets into the original text of the part
 *                     ^ ^                 ^
 *                     | from              length
 *                     a zero, which no folded text has, stands before each part
 */
export interface Draft {
  codes: Uint16Array;
  starts: Uint32Array;
  /** Where the part in hand begins, and where it ends (exclusive). */
  from: number;
  length: number;
}

export const KEYCAP = 0x20e3;
const SPACE = codeOf(' ');
const HASH = codeOf('#');
const SLASH = codeOf('/');
const UNDERSCORE = codeOf('_');
const BACKTICK = codeOf('`');
const STAYS_IN_TAG = codesOf("@$*'");

/** A folded character of at most two units, which may split a hashtag. */
const MOST_PER_UNIT = 2;
const FIRST_CAPACITY = 1024;
/** So many capitals together are an acronym, and the next one begins a word if it goes on in small letters. */
const ACRONYM = 2;

export const emptyDraft = (): Draft => ({
  codes: new Uint16Array(FIRST_CAPACITY),
  starts: new Uint32Array(FIRST_CAPACITY),
  from: 0,
  length: 0,
});

/** Makes room for so many more units; twice as much as there was, so that growing takes linear time. */
const reserve = (draft: Draft, more: number): void => {
  const needed = draft.length + more;
  if (needed <= draft.codes.length) return;
  const { codes, starts } = draft;
  draft.codes = new Uint16Array(needed * 2);
  draft.codes.set(codes);
  draft.starts = new Uint32Array(needed * 2);
  draft.starts.set(starts);
};

const put = (draft: Draft, unit: number, start: number): void => {
  draft.codes[draft.length] = unit;
  draft.starts[draft.length] = start;
  draft.length += 1;
};

const staysInTag = (unit: number): boolean =>
  isAlphanumeric(unit) || unit === UNDERSCORE || STAYS_IN_TAG.has(unit);

/** What printable ASCII folds to; 0 for what takes a closer look. */
const PLAIN = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  if (unit < SPACE || unit === 0x7f || unit === BACKTICK || unit === HASH || unit === SLASH) return 0;
  return isUpper(unit) ? unit + 0x20 : unit;
});

/** What a character folds to after `last`. A keycap stays one, since `2⃣` is a number and not `2` and a sign. */
const foldAfter = (last: number, point: number): number =>
  point > 0xffff ? SEVERAL : point === KEYCAP && isDigit(last) ? KEYCAP : foldUnit(point);

/** Puts a folded unit, and answers whether the next one stands in a hashtag if this one does. */
const putFolded = (draft: Draft, unit: number, start: number, inTag: boolean): boolean => {
  put(draft, inTag && unit === UNDERSCORE ? SPACE : unit, start);
  return unit === HASH || (inTag && staysInTag(unit));
};

/** Whether a capital, of which so many stand before it, begins the word behind an acronym: `#PPPMenang`. */
const endsAcronym = (capitals: number, original: string, place: number): boolean =>
  capitals >= ACRONYM && isLower(original.charCodeAt(place + 1));

/**
 * Adds a part: its characters folded, its hashtags split where their capitals say so, while they are still there, and
 * its links dropped.
 */
export const foldInto = (draft: Draft, original: string): void => {
  reserve(draft, 1 + original.length * MOST_PER_UNIT);
  put(draft, 0, 0);
  draft.from = draft.length;
  let { codes, starts, length } = draft;
  let inTag = false;
  let capitals = 0;
  for (let start = 0; start < original.length; start += 1) {
    const unit = original.charCodeAt(start);
    const plain = unit < 0x80 ? (PLAIN[unit] ?? 0) : 0;
    if (plain !== 0 && !inTag) {
      codes[length] = plain;
      starts[length] = start;
      length += 1;
      continue;
    }
    const first = start;
    const point = plain === 0 ? pointAt(original, first) : unit;
    if (point > 0xffff) start += 1;
    const last = codes[length - 1] ?? 0;
    const folded = plain === 0 ? foldAfter(last, point) : plain;
    const several = folded === SEVERAL ? foldSeveral(point) : '';
    if (folded === NOTHING || (folded === SEVERAL && several === '')) continue;
    draft.length = length;
    const capital = isUpper(unit);
    if (inTag && capital && (capitals === 0 ? isLower(last) : endsAcronym(capitals, original, first)))
      put(draft, SPACE, first);
    capitals = capital ? capitals + 1 : 0;
    if (folded === SEVERAL) {
      reserve(draft, several.length + (original.length - first) * MOST_PER_UNIT);
      for (let index = 0; index < several.length; index += 1)
        inTag = putFolded(draft, several.charCodeAt(index), first, inTag);
    } else inTag = putFolded(draft, folded, first, inTag);
    if (folded === SLASH && beginsLink(draft)) start = dropLink(draft, original, start);
    ({ codes, starts, length } = draft);
  }
  draft.length = length;
};

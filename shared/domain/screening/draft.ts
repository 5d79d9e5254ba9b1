import { foldCodePoint, foldSeveral, foldUnit, NOTHING, SEVERAL } from './fold.js';
import { codeOf, codesOf, isAlphanumeric, isDigit, isLower, isUpper } from './letters.js';

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
const UNDERSCORE = codeOf('_');
const BACKTICK = codeOf('`');
const STAYS_IN_TAG = codesOf("@$*'");

/** A folded character of at most two units, which may split a hashtag. */
const MOST_PER_UNIT = 2;
const FIRST_CAPACITY = 1024;

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

/** Adds a part, its characters folded and its hashtags split where their capitals say so, while they are still there. */
export const foldInto = (draft: Draft, original: string): void => {
  reserve(draft, 1 + original.length * MOST_PER_UNIT);
  put(draft, 0, 0);
  draft.from = draft.length;
  let inTag = false;
  let afterCapital = false;
  for (let start = 0; start < original.length; start += 1) {
    const unit = original.charCodeAt(start);
    if (unit >= SPACE && unit < 0x7f && unit !== BACKTICK) {
      const capital = isUpper(unit);
      const folded = capital ? unit + 0x20 : unit;
      if (inTag) {
        if (capital && !afterCapital && isLower(draft.codes[draft.length - 1] ?? 0)) put(draft, SPACE, start);
        put(draft, unit === UNDERSCORE ? SPACE : folded, start);
        inTag = unit === HASH || staysInTag(folded);
      } else {
        put(draft, folded, start);
        inTag = unit === HASH;
      }
      afterCapital = capital;
      continue;
    }
    if (unit === KEYCAP && isDigit(draft.codes[draft.length - 1] ?? 0)) {
      put(draft, KEYCAP, start);
      inTag = false;
      continue;
    }
    const one = foldUnit(unit);
    if (one === NOTHING) continue;
    const point = original.codePointAt(start) ?? 0;
    const folded =
      point > 0xffff ? foldCodePoint(point) : one === SEVERAL ? foldSeveral(unit) : String.fromCharCode(one);
    reserve(draft, folded.length + (original.length - start) * MOST_PER_UNIT);
    for (let index = 0; index < folded.length; index += 1) {
      const each = folded.charCodeAt(index);
      put(draft, inTag && each === UNDERSCORE ? SPACE : each, start);
      inTag = each === HASH || (inTag && staysInTag(each));
    }
    if (folded !== '') afterCapital = false;
    if (point > 0xffff) start += 1;
  }
};

import type { Draft } from './draft.js';
import { foldUnit } from './fold.js';
import { codeOf, codesOf, isAlphanumeric, pointAt, widthAt } from './letters.js';

const SPACE = codeOf(' ');
const NEW_LINE = codeOf('\n');
const COLON = codeOf(':');
const SLASH = codeOf('/');
const IN_SCHEME = codesOf('+.-');

/** Whether a draft ends in `://`. */
export const beginsLink = ({ codes, from, length }: Draft): boolean =>
  length >= from + 3 &&
  codes[length - 1] === SLASH &&
  codes[length - 2] === SLASH &&
  codes[length - 3] === COLON;

const isBlank = (text: string, index: number): boolean => {
  const point = pointAt(text, index);
  const folded = point > 0xffff ? 0 : foldUnit(point);
  return folded === SPACE || folded === NEW_LINE;
};

/**
 * An address has no words of its own: `https://…` becomes one space. Takes its scheme back from a draft that ends in
 * `://`, and answers with the last unit of the address in the original, of which `slash` is the second slash.
 */
export const dropLink = (draft: Draft, original: string, slash: number): number => {
  const { codes, starts } = draft;
  const colon = draft.length - 3;
  let write = colon;
  while (isAlphanumeric(codes[write - 1] ?? 0) || IN_SCHEME.has(codes[write - 1] ?? 0)) write -= 1;
  codes[write] = SPACE;
  starts[write] = starts[colon] ?? 0;
  draft.length = write + 1;
  let end = slash + 1;
  while (end < original.length && !isBlank(original, end)) end += widthAt(original, end);
  return end - 1;
};

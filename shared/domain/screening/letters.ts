const LETTER = /\p{L}/u;

export const isLower = (c: number): boolean => c >= 0x61 && c <= 0x7a;
export const isUpper = (c: number): boolean => c >= 0x41 && c <= 0x5a;
export const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
export const isAlphanumeric = (c: number): boolean => isLower(c) || isDigit(c);

const YES = 1;
const NO = 2;
/** Whether each unit beyond ASCII is a letter; 0 until it is met for the first time. */
const foreign = new Uint8Array(0x10000);

const learn = (c: number): number => {
  const isSurrogate = c >= 0xd800 && c <= 0xdfff;
  return (foreign[c] = !isSurrogate && LETTER.test(String.fromCharCode(c)) ? YES : NO);
};

/** A letter of any script in folded text, where ASCII has no capitals. Half of a surrogate pair is none. */
export const isLetter = (c: number): boolean => (c <= 0x7f ? isLower(c) : (foreign[c] || learn(c)) === YES);

export const codeOf = (character: string): number => character.charCodeAt(0);
export const codesOf = (characters: string): ReadonlySet<number> => new Set(Array.from(characters, codeOf));

export const isLead = (c: number): boolean => c >= 0xd800 && c <= 0xdbff;
const isTrail = (c: number): boolean => c >= 0xdc00 && c <= 0xdfff;

/**
 * The code point at a place. Not `codePointAt`: in Node 24.21, once compiled by Maglev, it reads past the end of a
 * text that was cut out of a longer one between the halves of a pair.
 */
export const pointAt = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  if (!isLead(unit) || at + 1 >= text.length) return unit;
  const trail = text.charCodeAt(at + 1);
  return isTrail(trail) ? (unit - 0xd800) * 0x400 + (trail - 0xdc00) + 0x10000 : unit;
};

/** How many UTF-16 units the character at `start` of a text takes. */
export const widthAt = (text: string, start: number): number => (pointAt(text, start) > 0xffff ? 2 : 1);

/** Part of a text that is held as UTF-16 units. */
export const textOf = (codes: Uint16Array, from: number, to: number): string =>
  Buffer.from(codes.buffer, codes.byteOffset + from * 2, (to - from) * 2).toString('utf16le');

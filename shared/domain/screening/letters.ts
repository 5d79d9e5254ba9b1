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

/** Part of a text that is held as UTF-16 units. */
export const textOf = (codes: Uint16Array, from: number, to: number): string =>
  Buffer.from(codes.buffer, codes.byteOffset + from * 2, (to - from) * 2).toString('utf16le');

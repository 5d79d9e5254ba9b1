/** Characters that reorder the text around them: a mark in a name could turn a sentence of ours round. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
/** A dot, colon or at sign inside a word is what mail programs make a link of. */
const LINK_JOINTS = /(?<=\S)[.:@](?=\S)/g;
const WORD_JOINER = '\u2060';

const withoutControls = (text: string): string =>
  text
    .toWellFormed()
    .replace(BIDI_CONTROLS, '')
    .replace(/\p{Cc}/gu, ' ');

/** Text as lines that hold no control characters, wherever and however it broke before. */
export const linesOf = (text: string): readonly string[] => text.split(LINE_ENDS).map(withoutControls);

/** Text for a place that has one line: a header, a heading, a fact. */
export const oneLine = (text: string): string => linesOf(text).join(' ').replace(/\s+/g, ' ').trim();

/** Somebody else's text, reading the same, in which mail programs find nothing to click on. */
export const unlinked = (text: string): string => text.replace(LINK_JOINTS, `$&${WORD_JOINER}`);

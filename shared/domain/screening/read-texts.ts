import { normalise } from './normalise.js';
import { emptyReading, readTokens, type Lexicon, type Reading } from './tokens.js';

interface Text {
  readonly text: string;
}

/** Texts as one reading, the tokens of each with the part that they stand in. */
export const readTexts = (texts: readonly Text[], lexicon: Lexicon): Reading => {
  const reading = emptyReading();
  texts.forEach(({ text }, part) => {
    readTokens(normalise(text), part, lexicon, reading);
  });
  return reading;
};

/** The tokens of a reading that begin with a capital letter, and those in capitals throughout. */
export const capitalsIn = (
  { tokens }: Reading,
  texts: readonly Text[],
): { readonly capitals: ReadonlySet<number>; readonly shouted: ReadonlySet<number> } => {
  const capitals = new Set<number>();
  const shouted = new Set<number>();
  tokens.forEach(({ part, start, end }, index) => {
    const [first = '', second = ''] = texts[part === 'context' ? 0 : part]?.text.slice(start, end) ?? '';
    if (first === first.toLowerCase()) return;
    capitals.add(index);
    if (second !== second.toLowerCase()) shouted.add(index);
  });
  return { capitals, shouted };
};

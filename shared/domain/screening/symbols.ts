import type { Hit } from './scene.js';
import type { Reading } from './tokens.js';

/** Where words stand, counted in symbols. */
export type Place = Omit<Hit, 'rule'>;

/** A text counted in symbols: a name of any length is one, and an emoji is none. */
export interface Symbols {
  readonly count: number;
  readonly quoted: number;
  /** How many symbols there are up to and with each token. */
  readonly upTo: readonly number[];
}

export const symbolsOf = (
  { tokens, quoted }: Reading,
  names: readonly { readonly from: number; readonly to: number }[],
): Symbols => {
  const upTo: number[] = [];
  let count = 0;
  let inQuotes = 0;
  let name = 0;
  tokens.forEach(({ emoji }, index) => {
    while (index >= (names[name]?.to ?? Infinity)) name += 1;
    const isInside = index > (names[name]?.from ?? Infinity);
    if (!isInside && !emoji) {
      count += 1;
      if (quoted.has(index)) inQuotes += 1;
    }
    upTo.push(count);
  });
  return { count, quoted: inQuotes, upTo };
};

export const placeOf = (
  { tokens }: Reading,
  { upTo }: Symbols,
  { from, to }: { readonly from: number; readonly to: number },
): Place => ({
  from,
  to,
  start: upTo[from] ?? 0,
  end: (upTo[to - 1] ?? 0) + 1,
  sentence: tokens[from]?.sentence ?? 0,
  clause: tokens[from]?.clause ?? 0,
});

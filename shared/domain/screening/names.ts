import { longest, type Match } from './match.js';
import type { Meaning } from './terms.js';
import type { Token } from './tokens.js';

/** Words that stand for one side: tokens `from` to `to` (exclusive). It goes no further than the mask. */
export interface Named {
  readonly from: number;
  readonly to: number;
  readonly side: number;
  readonly rule: 'contestant' | 'ballot-number';
}

export type Of<Kind extends Meaning['kind']> = Match<Extract<Meaning, { kind: Kind }>>;

/** The matches of one kind of meaning. */
export const only = <Kind extends Meaning['kind']>(
  matches: readonly Match<Meaning>[],
  kind: Kind,
): Of<Kind>[] => {
  const isKind = (meaning: Meaning): meaning is Extract<Meaning, { kind: Kind }> => meaning.kind === kind;
  return matches.flatMap(({ from, to, meaning }) => (isKind(meaning) ? [{ from, to, meaning }] : []));
};

/** The longest names, slogans and hashtags; `sure` if they name a contestant wherever they stand. */
export const namesIn = (
  tokens: readonly Token[],
  matches: readonly Of<'contestant'>[],
): (Named & { readonly sure: boolean })[] => {
  const isTag = ({ from }: { readonly from: number }): boolean => tokens[from]?.tag === true;
  const chosen = longest(matches.filter((match) => match.meaning.role !== 'hashtag' || isTag(match)));
  const surest = new Map<number, Named & { readonly sure: boolean }>();
  for (const match of chosen) {
    const { from, to, meaning } = match;
    const sure = meaning.role === 'name' || isTag(match) || surest.get(from)?.sure === true;
    surest.set(from, { from, to, side: meaning.contestant, rule: 'contestant', sure });
  }
  return [...surest.values()];
};

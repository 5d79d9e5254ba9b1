import type { Claims } from './claims.js';
import { cuesOf } from './claims.js';
import type { Named } from './names.js';
import type { Token } from './tokens.js';

/** How many of those who stand a text names, without saying whom. */
export interface Balance {
  /** Of each clause that names anybody. */
  readonly byClause: ReadonlyMap<number, number>;
  readonly sides: number;
  /** As many as stand are named, and called to be voted for. */
  readonly listsAll: boolean;
  readonly callsAll: boolean;
}

/** `standing` is how many stand. */
export const balanceOf = (
  tokens: readonly Token[],
  { acts, cues, suppressors }: Claims,
  named: readonly Named[],
  standing: number,
): Balance => {
  const clauseOf = (index: number): number => tokens[index]?.clause ?? 0;
  // *Arga daripada Candra* is about Arga alone.
  const preferredTo = new Set(cuesOf(cues, 'than').map(({ to }) => to));
  const inClause = new Map<number, Set<number>>();
  for (const { from, side } of named) {
    if (preferredTo.has(from)) continue;
    inClause.set(clauseOf(from), (inClause.get(clauseOf(from)) ?? new Set()).add(side));
  }
  // *Nggak pilih Arga, saya pilih Binar* calls for one of the two.
  const refused = suppressors.filter(({ meaning }) => meaning.scope === 'next');
  const isRefused = (call: number): boolean =>
    refused.some(({ from }) => from < call && clauseOf(from) === clauseOf(call));
  const called = new Set(
    acts
      .filter(({ meaning }) => meaning.strength === 'strong' && meaning.act !== 'oppose')
      .flatMap(({ from }) => (isRefused(from) ? [] : [...(inClause.get(clauseOf(from)) ?? [])])),
  );
  const sides = new Set(named.map(({ side }) => side)).size;
  return {
    byClause: new Map(Array.from(inClause, ([clause, here]) => [clause, here.size])),
    sides,
    listsAll: standing > 1 && sides >= standing,
    callsAll: standing > 1 && called.size >= standing,
  };
};

import type { Match, Term } from '../../shared/domain/screening/match.js';

/** What finding terms is: every term at every place, compared word by word. */
export const everyMatch = <Meaning>(
  terms: readonly Term<Meaning>[],
): ((tokens: readonly { readonly key: string }[]) => Match<Meaning>[]) => {
  const byFirst = Map.groupBy(terms, ({ keys }) => keys[0]);
  return (tokens) => {
    const matches = tokens.flatMap(({ key: first }, from) =>
      (byFirst.get(first) ?? []).flatMap(({ keys, meaning }) =>
        keys.every((key, index) => tokens[from + index]?.key === key)
          ? [{ from, to: from + keys.length, meaning }]
          : [],
      ),
    );
    return matches.toSorted((left, right) => left.from - right.from || left.to - right.to);
  };
};

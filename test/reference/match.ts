import type { Match, Term } from '../../shared/domain/screening/match.js';

/** What finding terms is: every term at every place, compared word by word. */
export const everyMatch = <Meaning>(
  terms: readonly Term<Meaning>[],
  tokens: readonly { readonly key: string }[],
): Match<Meaning>[] => {
  const matches = tokens.flatMap((_, from) =>
    terms.flatMap(({ keys, meaning }) =>
      keys.length > 0 && keys.every((key, index) => tokens[from + index]?.key === key)
        ? [{ from, to: from + keys.length, meaning }]
        : [],
    ),
  );
  return matches.toSorted((left, right) => left.from - right.from || left.to - right.to);
};

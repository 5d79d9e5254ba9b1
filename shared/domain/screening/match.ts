/** A sequence of token keys with what it means. */
export interface Term<Meaning> {
  readonly keys: readonly string[];
  readonly meaning: Meaning;
}

/** A term found in a text: tokens `from` to `to` (exclusive). */
export interface Match<Meaning> {
  readonly from: number;
  readonly to: number;
  readonly meaning: Meaning;
}

interface Node<Meaning> {
  readonly next: Map<string, Node<Meaning>>;
  readonly meanings: Meaning[];
}

const node = <Meaning>(): Node<Meaning> => ({ next: new Map(), meanings: [] });

/**
 * A matcher for all terms at once, in one pass over whole tokens, so a term never matches inside a word.
 * From each token it goes no further than the longest term: the work is linear in the text.
 * Matches come by their first token, shorter ones first.
 */
export const compileMatcher = <Meaning>(
  terms: Iterable<Term<Meaning>>,
): ((tokens: readonly { readonly key: string }[]) => Match<Meaning>[]) => {
  const root = node<Meaning>();
  for (const { keys, meaning } of terms) {
    let place = root;
    for (const key of keys) {
      const known = place.next.get(key);
      const next = known ?? node<Meaning>();
      if (known === undefined) place.next.set(key, next);
      place = next;
    }
    if (keys.length > 0) place.meanings.push(meaning);
  }
  return (tokens) => {
    const matches: Match<Meaning>[] = [];
    for (let from = 0; from < tokens.length; from += 1) {
      let place: Node<Meaning> | undefined = root;
      for (let to = from; place !== undefined && to < tokens.length && place.next.size > 0; to += 1) {
        place = place.next.get(tokens[to]?.key ?? '');
        for (const meaning of place?.meanings ?? []) matches.push({ from, to: to + 1, meaning });
      }
    }
    return matches;
  };
};

/** The longest matches from left to right, none overlapping another; several meanings of the same words stay together. */
export const longest = <Meaning>(
  matches: readonly Match<Meaning>[],
  allowed: (match: Match<Meaning>) => boolean = () => true,
): Match<Meaning>[] => {
  const chosen: Match<Meaning>[] = [];
  let free = 0;
  for (let index = 0; index < matches.length;) {
    const from = matches[index]?.from ?? 0;
    const here: Match<Meaning>[] = [];
    for (let match = matches[index]; match?.from === from; match = matches[index]) {
      if (from >= free && allowed(match)) here.push(match);
      index += 1;
    }
    const to = here.at(-1)?.to ?? free;
    chosen.push(...here.filter((match) => match.to === to));
    free = Math.max(free, to);
  }
  return chosen;
};

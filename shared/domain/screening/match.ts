/** A sequence of token keys with what it means. */
export interface Term<Meaning, Key = string> {
  readonly keys: readonly Key[];
  readonly meaning: Meaning;
}

/** A term found in a text: tokens `from` to `to` (exclusive). */
export interface Match<Meaning> {
  readonly from: number;
  readonly to: number;
  readonly meaning: Meaning;
}

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

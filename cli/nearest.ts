/** How many letters to add, drop or change to get from one word to another (Wagner and Fischer, 1974). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries())
      next.push(
        Math.min(
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          (row[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** The word that somebody probably meant: at most a third of its letters are wrong. */
export const nearest = (written: string, words: readonly string[]): string | null => {
  const plain = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, '');
  const [best] = words
    .map((word) => ({ word, wrong: distance(plain(written), plain(word)) }))
    .filter(({ word, wrong }) => wrong <= word.length / 3)
    .sort((left, right) => left.wrong - right.wrong);
  return best?.word ?? null;
};

const ALL = /^\s*(?:all|semua)\s*$/i;
const RANGE = /^\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*$/;

/** The items that `1,3-5` or `all` names, in their order; `null` for what is no choice from so many. */
export const chosen = <Item>(items: readonly Item[], written: string): readonly Item[] | null => {
  if (written.trim() === '') return [];
  if (ALL.test(written)) return items;
  const numbers = new Set<number>();
  for (const piece of written.split(',')) {
    const [, first, last = first] = RANGE.exec(piece) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || from < 1 || to < from || to > items.length) return null;
    for (let number = from; number <= to; number += 1) numbers.add(number);
  }
  return items.filter((_, index) => numbers.has(index + 1));
};

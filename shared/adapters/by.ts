/** For sorting by a text of each value, ascending. */
export const by =
  <Row>(text: (row: Row) => string) =>
  (left: Row, right: Row): number => {
    const [a, b] = [text(left), text(right)];
    if (a === b) return 0;
    return a < b ? -1 : 1;
  };

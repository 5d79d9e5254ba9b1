/** What a terminal must not be told to do: control characters in what others wrote become visible. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (control) => (control === '\n' ? '\n' : '\ufffd'));

/** Columns as wide as their widest cell, two spaces apart. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const lines = [header, ...rows].map((cells) => cells.map((cell) => printable(cell).replaceAll('\n', ' ')));
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  return lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/**
 * What a spreadsheet would run as a formula, also after blanks and written full-width. Such a cell begins with an
 * apostrophe, which spreadsheets show as text.
 */
const FORMULA = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

const cell = (value: string): string => {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One row of a table, without its end. */
export const csvRow = (cells: readonly string[]): string => cells.map(cell).join(',');

/** A table as RFC 4180 has it, for people's spreadsheets: UTF-8 with its mark, and no cell that does anything. */
export const csvText = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  `\uFEFF${[header, ...rows].map(csvRow).join('\r\n')}\r\n`;

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { csvText } from '../../../shared/domain/export/csv.js';

const Table = z.array(z.array(z.string()));
const rowsOf = (text: string) => Table.parse(parse(text, { bom: true }));
/** The apostrophe before what a spreadsheet would run. */
const GUARD = /^'(?=[\s\uFEFF]*[=+\-@＝＋－＠]|[\t\r\n])/;
const unguarded = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => cells.map((cell) => cell.replace(GUARD, '')));
/** What a spreadsheet takes for a formula, by the first character that it looks at. */
const DANGEROUS = /^[=+\-@\t\r\n＝＋－＠]/;

describe('a table as CSV', () => {
  it.each([
    '=1+1',
    '+62 812',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '  =HYPERLINK("https://x")',
    '＝1+1',
    '\uFEFF=1',
    '\u00a0@x',
  ])('holds %j as text', (value) => {
    const [, [cell] = []] = rowsOf(csvText(['a'], [[value]]));
    expect(cell).toBe(`'${value}`);
  });

  it('gives every cell back, but for the apostrophe before what would run, and none runs', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ',', ' ', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        const [header, ...read] = rowsOf(csvText(['one', 'two'], rows));
        expect(header).toEqual(['one', 'two']);
        expect(unguarded(read)).toEqual(unguarded(rows));
        for (const cell of read.flat()) expect(cell.trimStart()).not.toMatch(DANGEROUS);
      }),
      { numRuns: 2_000 },
    );
  });
});

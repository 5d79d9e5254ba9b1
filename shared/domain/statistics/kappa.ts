import * as z from 'zod';
import { Count } from '../fields.js';

/** Cohen's kappa with a 95 % interval; `null` where nothing, or nothing but one answer, was given. */
export const Kappa = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: Count,
});
export type Kappa = z.infer<typeof Kappa>;

/** How often two raters said what of the same items: `counts[one][other]`. */
type Table = readonly (readonly number[])[];

const Z = 1.959964;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Agreement beyond chance (Cohen 1960), with the large-sample error of Fleiss, Cohen and Everitt (1969). */
export const kappaOf = (counts: Table): Kappa => {
  const n = sum(counts.flat());
  const none = { value: null, low: null, high: null, n };
  if (n === 0) return none;
  const share = counts.map((row) => row.map((count) => count / n));
  const rows = share.map(sum);
  const columns = share.map((_, index) => sum(share.map((row) => row[index] ?? 0)));
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;
  const agreed = sum(share.map((row, index) => at(row, index)));
  const expected = sum(rows.map((row, index) => row * at(columns, index)));
  if (expected === 1) return none;
  const value = (agreed - expected) / (1 - expected);
  const diagonal = sum(
    share.map(
      (row, index) => at(row, index) * (1 - (at(rows, index) + at(columns, index)) * (1 - value)) ** 2,
    ),
  );
  const others = sum(
    share.flatMap((row, one) =>
      row.map((part, other) => (one === other ? 0 : part * (at(columns, one) + at(rows, other)) ** 2)),
    ),
  );
  const variance =
    (diagonal + (1 - value) ** 2 * others - (value - expected * (1 - value)) ** 2) /
    (n * (1 - expected) ** 2);
  const error = Z * Math.sqrt(Math.max(0, variance));
  return { value, low: Math.max(-1, value - error), high: Math.min(1, value + error), n };
};

import * as z from 'zod';
import { Count } from '../fields.js';

/** A share with its 95 % Wilson interval; `value` is `null` and the interval is everything if nothing was counted. */
export const Share = z.strictObject({
  value: z.number().nullable(),
  low: z.number(),
  high: z.number(),
  n: Count,
});
export type Share = z.infer<typeof Share>;

/** The normal quantile of a two-sided 95 % interval. */
const Z = 1.959964;

/** `hits` of `n` as a share. Wilson 1927; it stays within 0 and 1 however few there are. */
export const share = (hits: number, n: number): Share => {
  if (n === 0) return { value: null, low: 0, high: 1, n };
  const p = hits / n;
  const centre = p + Z ** 2 / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  return {
    value: p,
    low: Math.max(0, (centre - spread) / whole),
    high: Math.min(1, (centre + spread) / whole),
    n,
  };
};

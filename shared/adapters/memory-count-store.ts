import { rowsOf, summed, type CountRow, type Month } from '../domain/statistics/counts.js';
import type { CountStore } from '../ports.js';
import { promised } from './memory-rows.js';

/** Counts for one process. */
export const memoryCountStore = (): CountStore => {
  const months = new Map<Month, CountRow[]>();
  return {
    add: (month, counts) =>
      promised(() => {
        months.set(month, summed([...(months.get(month) ?? []), ...rowsOf(counts)]));
      }),
    read: (asked) => promised(() => summed(asked.flatMap((month) => months.get(month) ?? []))),
  };
};

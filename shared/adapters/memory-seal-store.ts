import { Seal } from '../domain/record/seal.js';
import type { SealStore } from '../ports.js';
import { memoryRows, promised } from './memory-rows.js';

/** Seals for one process. */
export const memorySealStore = (): SealStore => {
  const seals = memoryRows(Seal);
  return {
    byDay: (day) => promised(() => seals.get(day)),
    put: (seal) =>
      promised(() => {
        if (seals.get(seal.day) !== null) return 'there';
        seals.set(seal.day, seal);
        return 'sealed';
      }),
    days: () =>
      promised(() =>
        seals
          .all()
          .map(({ day }) => day)
          .sort(),
      ),
  };
};

import { Drills, GoldenSet } from '../domain/review/golden.js';
import type { GoldenStore } from '../ports.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';

/** Items with known answers, for one process. */
export const memoryGoldenStore = (): GoldenStore => {
  const sets = memoryRows(GoldenSet);
  const drills = memoryRows(Drills);
  return {
    set: () => promised(() => sets.get('set')),
    saveSet: (set) => promised(() => saveRow(sets, 'set', set)),
    drillsOf: (analyst) => promised(() => drills.get(analyst)),
    saveDrills: (kept) => promised(() => saveRow(drills, kept.analyst, kept)),
    everyDrills: () => promised(() => drills.all()),
    removeDrills: (analyst) =>
      promised(() => {
        drills.delete(analyst);
      }),
  };
};

import type { Scheduler } from './scheduler.js';

/** Lets `setTimeout` of this process run by simulated time: the deadline that `sqsBatch` gives a record is one. */
export const installTimers = (scheduler: Scheduler) => {
  const { setTimeout, clearTimeout } = globalThis;
  const waiting = new Set<number>();
  let last = 0;
  Object.assign(globalThis, {
    setTimeout: (task: () => void, milliseconds: number): number => {
      last += 1;
      const id = last;
      waiting.add(id);
      scheduler.after(milliseconds, () => {
        if (waiting.delete(id)) task();
      });
      return id;
    },
    clearTimeout: (id: number): void => {
      waiting.delete(id);
    },
  });
  return {
    restore: (): void => {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
};

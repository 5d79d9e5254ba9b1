import { totalOf, type Tally, type Trial } from '../domain/screening/shadow.js';
import type { LocalDate } from '../domain/time.js';
import type { ShadowStore } from '../ports.js';
import { by } from './by.js';
import { promised } from './memory-rows.js';

/** Counts of trials for one process. */
export const memoryShadowStore = (): ShadowStore => {
  const trials = new Map<string, Map<LocalDate, Tally>>();
  const daysOf = ({ candidate, active }: Trial): Map<LocalDate, Tally> => {
    const name = `${candidate}#${active}`;
    const days = trials.get(name) ?? new Map<LocalDate, Tally>();
    trials.set(name, days);
    return days;
  };
  return {
    add: (trial, day, tally) =>
      promised(() => {
        if (Object.keys(tally).length === 0) return;
        const days = daysOf(trial);
        days.set(day, totalOf([days.get(day) ?? {}, tally]));
      }),
    days: (trial) =>
      promised(() => [...daysOf(trial)].map(([day, tally]) => ({ day, tally })).sort(by(({ day }) => day))),
  };
};

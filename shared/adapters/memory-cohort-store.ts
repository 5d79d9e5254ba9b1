import { COHORT_ACCOUNTS, Cohort, cohortId, turnOf } from '../domain/scanning/cohort.js';
import type { CohortStore } from '../ports.js';
import { by } from './by.js';
import { memoryRows, promised } from './memory-rows.js';

const placeOf = ({ network, host }: Pick<Cohort, 'network' | 'host'>): string => `${network} ${host}`;

/** Cohorts for one process. */
export const memoryCohortStore = (): CohortStore => {
  const cohorts = memoryRows(Cohort);
  return {
    turnOf: (id) =>
      promised(() => {
        const cohort = cohorts.get(id);
        return cohort === null ? null : turnOf(cohort);
      }),
    enrol: ({ network, host, dueAt }, account) =>
      promised(() => {
        for (let ordinal = 0; ; ordinal += 1) {
          const id = cohortId(network, host, ordinal);
          const empty = { lease: null, lastRunAt: null, emptyRuns: 0, failedRuns: 0 };
          const cohort = cohorts.get(id) ?? { id, network, host, accounts: [], dueAt, ...empty };
          if (cohort.accounts.includes(account)) return id;
          if (cohort.accounts.length >= COHORT_ACCOUNTS) continue;
          cohorts.set(id, { ...cohort, accounts: [...cohort.accounts, account] });
          return id;
        }
      }),
    countOf: (place) =>
      promised(() => cohorts.all().filter((cohort) => placeOf(cohort) === placeOf(place)).length),
    dueBy: (at, limit) =>
      promised(() =>
        cohorts
          .all()
          .filter(({ dueAt }) => dueAt <= at)
          .sort(by(({ dueAt }) => dueAt))
          .slice(0, limit),
      ),
    lease: ({ id, dueAt }, lease, until) =>
      promised(() => {
        const stored = cohorts.get(id);
        if (stored?.dueAt !== dueAt) return 'taken';
        cohorts.set(id, { ...stored, lease, dueAt: until });
        return 'leased';
      }),
    finish: (id, lease, { dueAt, lastRunAt, emptyRuns, failedRuns, leaving }) =>
      promised(() => {
        const stored = cohorts.get(id);
        if (stored?.lease !== lease) return 'lost';
        const accounts = stored.accounts.filter((account) => !leaving.includes(account));
        cohorts.set(id, { ...stored, accounts, lease: null, dueAt, lastRunAt, emptyRuns, failedRuns });
        return 'finished';
      }),
  };
};

import type { QuotaStore } from '../ports.js';

/** Quotas for one process. */
export const memoryQuotaStore = (): QuotaStore => {
  const used = new Map<string, number>();
  return {
    take: ({ network, host, day }, units, limit) => {
      const name = `${network} ${host} ${day}`;
      const after = (used.get(name) ?? 0) + units;
      if (after > limit) return Promise.resolve('spent');
      used.set(name, after);
      return Promise.resolve('taken');
    },
  };
};

import { AccountScan, lostSince } from '../domain/scanning/account-scan.js';
import type { AccountScanStore } from '../ports.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';

/** Cursors, windows and coverage for one process. */
export const memoryAccountScanStore = (): AccountScanStore => {
  const scans = memoryRows(AccountScan);
  return {
    byAccounts: (ids) => promised(() => scans.all().filter(({ account }) => ids.includes(account))),
    lostSince: (since, limit) =>
      promised(() =>
        scans
          .all()
          .filter((scan) => (lostSince(scan) ?? ' ') >= since)
          .map(({ account }) => account)
          .slice(0, limit),
      ),
    remove: (id) =>
      promised(() => {
        scans.delete(id);
      }),
    save: (scan) => promised(() => saveRow(scans, scan.account, scan)),
  };
};

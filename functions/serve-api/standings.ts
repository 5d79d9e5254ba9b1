import type { Account } from '../../shared/domain/registry/account.js';
import { standingOf, type AccountStanding } from '../../shared/domain/scanning/account-standing.js';
import { ledgerDays } from '../../shared/domain/scanning/coverage.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { ApiDeps } from './api.js';

export type StandingDeps = Pick<ApiDeps, 'agency' | 'scans' | 'cohorts' | 'networks' | 'now'>;

/** What the coverage ledger says of each of these accounts. */
export const standingsOf =
  ({ agency, scans, cohorts, networks, now }: StandingDeps) =>
  async <Item extends Account>(
    accounts: readonly Item[],
  ): Promise<(Item & { readonly standing: AccountStanding })[]> => {
    const days = ledgerDays((await agency.read())?.gates.retention ?? null);
    const at = now();
    const kept = await scans.byAccounts(accounts.map(({ id }) => id));
    const scanOf = new Map(kept.map((scan) => [scan.account, scan]));
    const ids = [...new Set(accounts.flatMap(({ cohort }) => (cohort === null ? [] : [cohort])))];
    const runs = await inParallel(
      ids,
      async (id) => [id, (await cohorts.turnOf(id))?.lastRunAt ?? null] as const,
    );
    const lookedAt = new Map(runs);
    return accounts.map((account) => ({
      ...account,
      standing: standingOf(account, {
        scan: scanOf.get(account.id) ?? null,
        lookedAt: account.cohort === null ? null : (lookedAt.get(account.cohort) ?? null),
        isRead: networks.some((network) => network === account.network),
        at,
        days,
      }),
    }));
  };

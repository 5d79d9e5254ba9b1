import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import type { AccountId } from '../../shared/domain/ids.js';
import { ANSWER } from '../../shared/domain/limits.js';
import { readHandle } from '../../shared/domain/registry/read-handle.js';
import { Cohort } from '../../shared/domain/scanning/cohort.js';
import { Instant, plus } from '../../shared/domain/time.js';
import { hasConnector, NETWORKS } from '../../shared/networks.js';
import { json, routes, type ApiDeps } from './api.js';

const MOST_COHORTS = 10_000;
const MOST_LOOKUPS = 1000;
/** A host asks all its readers for a token, so a few accounts tell; some of them may be gone or paused. */
const ACCOUNTS_THAT_TELL = 10;

const HostStatus = z.strictObject({
  network: Cohort.shape.network,
  host: Cohort.shape.host,
  accounts: z.int().nonnegative(),
  lastRunAt: Instant.nullable(),
  /** When the host is asked again at the earliest. */
  nextRunAt: Instant,
  /** Runs in a row in which the host asked for peace or could not be reached; while there are any, it is asked ever more rarely. */
  failedRuns: z.int().nonnegative(),
});
type HostStatus = z.infer<typeof HostStatus>;

/** A host that answers only to who has a token, as the last looks and look-ups found it. */
const Tokenless = z.strictObject({
  network: Cohort.shape.network,
  /** `null` where the network has one host, and no account there was ever found. */
  host: Cohort.shape.host.nullable(),
});
type Tokenless = z.infer<typeof Tokenless>;

const status = createRoute({
  method: 'get',
  path: '/networks/status',
  summary:
    'Each host that serves accounts: how many, when it was last asked, and whether it fails; and which lack a token',
  responses: {
    200: json(
      z.strictObject({
        hosts: z.array(HostStatus).max(ANSWER),
        /** Hosts that ask for a token where there is none or it is refused. */
        tokenless: z.array(Tokenless).max(ANSWER),
        /** Whether there are more hosts, or accounts to be looked up, than one answer holds. */
        isWhole: z.boolean(),
      }),
      'The hosts',
    ),
  },
});

const latest = (times: readonly (Instant | null)[]): Instant | null =>
  times
    .filter((time) => time !== null)
    .sort()
    .at(-1) ?? null;

const statusOf = (cohorts: readonly [Cohort, ...Cohort[]]): HostStatus => {
  const [{ network, host, dueAt }] = cohorts;
  return {
    network,
    host,
    accounts: cohorts.reduce((sum, { accounts }) => sum + accounts.length, 0),
    lastRunAt: latest(cohorts.map(({ lastRunAt }) => lastRunAt)),
    nextRunAt: cohorts.map((cohort) => cohort.dueAt).sort()[0] ?? dueAt,
    failedRuns: Math.max(...cohorts.map(({ failedRuns }) => failedRuns)),
  };
};

type TokenDeps = Pick<ApiDeps, 'accounts' | 'scans' | 'guard'>;

/** Of the hosts that are looked at, those where a look now ends for want of a token. */
const tokenlessHosts = async (
  { scans }: TokenDeps,
  byHost: ReadonlyMap<string, readonly Cohort[]>,
): Promise<Tokenless[]> => {
  const asked = [...byHost.values()].flatMap((cohorts) => {
    const [first] = cohorts;
    if (first === undefined || NETWORKS[first.network].tokenHeader === null) return [];
    const accounts = cohorts.flatMap((cohort) => cohort.accounts).slice(0, ACCOUNTS_THAT_TELL);
    return [{ network: first.network, host: first.host, accounts }];
  });
  const kept = await scans.byAccounts(asked.flatMap(({ accounts }) => accounts));
  const refused: ReadonlySet<AccountId> = new Set(
    kept.filter(({ coverage }) => coverage.at(-1)?.reason === 'needs-token').map(({ account }) => account),
  );
  return asked.flatMap(({ network, host, accounts }) =>
    accounts.some((account) => refused.has(account)) ? [{ network, host }] : [],
  );
};

const hostsAndLookups = async (deps: Pick<ApiDeps, 'cohorts' | 'now'> & TokenDeps) => {
  const { accounts, cohorts, guard, now } = deps;
  const [all, waiting] = await Promise.all([
    // Whatever is ever due is due within a year.
    cohorts.dueBy(plus(now(), { days: 365 }), MOST_COHORTS),
    // An account whose look-up ended for want of a token is looked up again within a day.
    accounts.lookupsDue(plus(now(), { days: 1 }), MOST_LOOKUPS),
  ]);
  const byHost = Map.groupBy(all, ({ network, host }) => `${network} ${host}`);
  const found = await tokenlessHosts(deps, byHost);
  for (const { network, handle, identity, lookup } of waiting) {
    if (lookup?.end !== 'needs-token' || !hasConnector(network)) continue;
    const read = readHandle(network, handle, guard);
    const host = identity?.host ?? (read.kind === 'accepted' ? read.host : null);
    if (!found.some((known) => known.network === network && (host === null || known.host === host)))
      found.push({ network, host });
  }
  return { byHost, tokenless: found, isWhole: all.length < MOST_COHORTS && waiting.length < MOST_LOOKUPS };
};

export const networkStatusRoutes = (deps: Pick<ApiDeps, 'cohorts' | 'now'> & TokenDeps) => {
  const app = routes();
  app.openapi(status, async (c) => {
    const { byHost, tokenless, isWhole } = await hostsAndLookups(deps);
    const hosts = [...byHost.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [HostStatus.parse(statusOf([first, ...others]))],
    );
    hosts.sort((left, right) => right.failedRuns - left.failedRuns || right.accounts - left.accounts);
    return c.json({ hosts, tokenless, isWhole }, 200);
  });
  return app;
};

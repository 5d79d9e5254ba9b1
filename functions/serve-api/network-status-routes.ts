import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import { Cohort } from '../../shared/domain/scanning/cohort.js';
import { Instant, plus } from '../../shared/domain/time.js';
import { json, problems, routes, type ApiDeps } from './api.js';

const MOST_COHORTS = 10_000;

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

const status = createRoute({
  method: 'get',
  path: '/networks/status',
  summary: 'Each host that serves accounts: how many, when it was last asked, and whether it fails',
  responses: {
    200: json(
      z.strictObject({
        hosts: z.array(HostStatus).max(ANSWER),
        /** Whether there are more hosts than one answer holds. */
        isWhole: z.boolean(),
      }),
      'The hosts',
    ),
    ...problems,
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

export const networkStatusRoutes = ({ cohorts, now }: Pick<ApiDeps, 'cohorts' | 'now'>) => {
  const app = routes();
  app.openapi(status, async (c) => {
    // Whatever is ever due is due within a year.
    const all = await cohorts.dueBy(plus(now(), { days: 365 }), MOST_COHORTS);
    const byHost = Map.groupBy(all, ({ network, host }) => `${network} ${host}`);
    const hosts = [...byHost.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [HostStatus.parse(statusOf([first, ...others]))],
    );
    hosts.sort((left, right) => right.failedRuns - left.failedRuns || right.accounts - left.accounts);
    return c.json({ hosts, isWhole: all.length < MOST_COHORTS }, 200);
  });
  return app;
};

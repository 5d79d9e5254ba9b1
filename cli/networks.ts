import { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';
import { table } from './table.js';

const Status = z.object({
  hosts: z.array(
    z.object({
      network: z.string(),
      host: z.string(),
      accounts: z.number(),
      lastRunAt: z.string().nullable(),
      nextRunAt: z.string(),
      failedRuns: z.number(),
    }),
  ),
  isWhole: z.boolean(),
});

/** `netral networks`: the hosts that serve accounts. */
export const networksCommand = (around: Surroundings): Command => {
  const networks = new Command('networks').description('the hosts that serve accounts');
  networks
    .command('status')
    .description('show each host: its accounts, when it was last asked, and whether it fails')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      const status = Status.parse(await api.get('/networks/status'));
      show(status, () => {
        const rows = status.hosts.map(({ network, host, accounts, lastRunAt, nextRunAt, failedRuns }) => [
          network,
          host,
          String(accounts),
          lastRunAt ?? 'never',
          nextRunAt,
          failedRuns === 0 ? 'ok' : `failed ${failedRuns} times in a row`,
        ]);
        return [
          ...table(['NETWORK', 'HOST', 'ACCOUNTS', 'LAST RUN', 'NEXT RUN', 'STATE'], rows),
          ...(status.isWhole ? [] : ['', 'There are more hosts than one answer holds.']),
        ];
      });
    });
  return networks;
};

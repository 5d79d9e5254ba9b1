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
  tokenless: z.array(z.object({ network: z.string(), host: z.string().nullable() })),
  isWhole: z.boolean(),
});

const Networks = z.object({
  read: z.array(z.string()),
  mastodonHosts: z.array(z.string()),
  respectOptOuts: z.boolean(),
});

const stateOf = (failedRuns: number): string => {
  if (failedRuns === 0) return 'ok';
  return failedRuns === 1 ? 'failed once' : `failed ${failedRuns} times in a row`;
};

const tokenLines = ({ tokenless }: z.infer<typeof Status>): readonly string[] =>
  tokenless.length === 0
    ? []
    : [
        '',
        'No token, or one that is refused; put one into the secret of the network’s tokens (docs/runbook.md, “Keys and secrets”):',
        ...tokenless.map(({ network, host }) => `  ${host === null ? network : `${network} ${host}`}`),
      ];

const lines = (answer: unknown) => (): readonly string[] => {
  const { read, mastodonHosts, respectOptOuts } = Networks.parse(answer);
  return [
    `Read here: ${read.join(', ')}`,
    `Approved Mastodon-compatible hosts: ${mastodonHosts.length === 0 ? 'none' : mastodonHosts.join(', ')}`,
    `Profiles that ask not to be found by search engines: ${respectOptOuts ? 'not read' : 'read, as their holders confirmed'}`,
  ];
};

/** `netral networks`: which networks are read, and the hosts that serve accounts. */
export const networksCommand = (around: Surroundings): Command => {
  const networks = new Command('networks').description('which networks are read, and at which hosts');
  networks
    .command('status')
    .description(
      'show each host: its accounts, when it was last asked, whether it fails; and which lack a token',
    )
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
          stateOf(failedRuns),
        ]);
        return [
          ...table(['NETWORK', 'HOST', 'ACCOUNTS', 'LAST RUN', 'NEXT RUN', 'STATE'], rows),
          ...tokenLines(status),
          ...(status.isWhole ? [] : ['', 'There is more than one answer holds.']),
        ];
      });
    });
  const changes = (name: string, description: string, body: (host: string) => unknown): void => {
    networks
      .command(name)
      .description(description)
      .argument('<host>', 'the name of the host, like sosial.example')
      .action(async (host: string, _options: unknown, command: Command) => {
        const { api, show } = sessionOf(command, 'administrator', around);
        const { tag } = await api.seen('/networks');
        const answer = await api.patch('/networks', body(host), tag);
        show(answer, lines(answer));
      });
  };
  networks
    .command('show')
    .description('show which networks are read, and the approved hosts')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      const answer = await api.get('/networks');
      show(answer, lines(answer));
    });
  changes('approve', 'approve a Mastodon-compatible host whose terms were read', (host) => ({
    approve: [host],
  }));
  changes('disapprove', 'take an approval back; accounts there are no longer looked at', (host) => ({
    disapprove: [host],
  }));
  return networks;
};

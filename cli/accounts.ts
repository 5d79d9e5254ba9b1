import { Command } from 'commander';
import pc from 'picocolors';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';
import { importRegistry, type ImportResult } from './import-registry.js';
import { addOwnCommands, Mine, ownLines } from './own-accounts.js';
import { table } from './table.js';

const Page = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      holder: z.string(),
      network: z.string(),
      handle: z.string(),
      state: z.string(),
    }),
  ),
  next: z.string().nullable(),
});

interface ListOptions {
  readonly mine?: boolean;
  readonly limit: string;
  readonly cursor?: string;
}

const counted = (what: string, { created, updated, unchanged }: ImportResult['people']): string =>
  `${what}  ${created} new, ${updated} changed, ${unchanged} as before`;

const faultLines = (faults: ImportResult['faults']): string[] =>
  faults.map(({ line, column, reason }) => `line ${line}: ${column === '' ? reason : `${column} ${reason}`}`);

const outcome = ({ rows, people, accounts, faults }: ImportResult, file: string): string[] => {
  const taken = [
    `${rows} rows of ${file} imported`,
    counted('people  ', people),
    counted('accounts', accounts),
    ...(accounts.withdrawn === 0
      ? []
      : [
          `${accounts.withdrawn} of them stay withdrawn by their holders; ` +
            'only a declaration signed on a later day registers one again.',
        ]),
  ];
  if (faults.length === 0) return taken;
  const advice =
    rows === 0
      ? 'Nothing was imported. Correct these lines and import the file again, or take the good rows with --partial.'
      : 'Correct the lines above and import the file again; what is on record stays as it is.';
  return [...faultLines(faults), '', ...(rows === 0 ? [] : taken), advice];
};

/** `netral accounts`: the registry. */
export const accountsCommand = (around: Surroundings): Command => {
  const colour = pc.createColors(around.colours);
  const accounts = new Command('accounts').description('the registry of people and their declared accounts');

  accounts
    .command('import')
    .description('check registry.csv whole and import it; with any fault nothing is imported')
    .argument('<file>', 'registry.csv: UTF-8, with a header')
    .option('--partial', 'import the good rows although others are not')
    .action(async (file: string, { partial = false }: { partial?: boolean }, command: Command) => {
      const { api, isLocal, show } = sessionOf(command, 'administrator', around);
      const guard = isLocal ? 'loopback' : 'public';
      const result = await importRegistry({ api, file, guard, partial });
      show(result, () => outcome(result, file));
      if (result.faults.length > 0)
        command.error(colour.red(result.faults.length === 1 ? '1 fault' : `${result.faults.length} faults`), {
          exitCode: 1,
        });
    });

  accounts
    .command('list')
    .description('list the registered accounts; holders are shown masked')
    .option('--mine', 'your own, with what is known of them')
    .option('--limit <number>', 'how many at most', '100')
    .option('--cursor <text>', 'go on where a page ended')
    .action(async ({ mine = false, ...query }: ListOptions, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      if (mine) {
        const own = Mine.parse(await api.get('/me'));
        show(own, () => ownLines(own));
        return;
      }
      const answer = await api.get(`/accounts?${new URLSearchParams(query).toString()}`);
      show(answer, () => {
        const { items, next } = Page.parse(answer);
        const rows = items.map(({ id, holder, network, handle, state }) => [
          id,
          holder,
          network,
          state,
          handle,
        ]);
        const more = next === null ? [] : ['', `There is more: --cursor ${next}`];
        return [...table(['ID', 'HOLDER', 'NETWORK', 'STATE', 'HANDLE'], rows), ...more];
      });
    });

  addOwnCommands(accounts, around);
  return accounts;
};

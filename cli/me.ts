import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';
import { CliError } from './cli-error.js';
import { printable, table } from './table.js';

const Mine = z.object({
  person: z.object({ name: z.string(), unit: z.string(), employeeNumber: z.string() }),
  accounts: z.array(
    z.object({
      handle: z.string(),
      state: z.string(),
      coverage: z.object({ reason: z.string(), posts: z.number(), runs: z.array(z.unknown()) }),
    }),
  ),
  findings: z.array(z.object({ id: z.string(), state: z.string(), postedAt: z.string() })),
  looks: z.array(
    z.object({ finding: z.string(), looks: z.array(z.object({ at: z.string(), by: z.string() })) }),
  ),
  requests: z.array(z.object({ number: z.string(), kind: z.string(), dueAt: z.string() })),
});
type Mine = z.infer<typeof Mine>;

const Copy = z.object({ files: z.array(z.object({ name: z.string(), link: z.string() })) });

const section = (title: string, header: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? ['', `${title}: none`] : ['', title, ...table(header, rows)];

const lines = ({ person, accounts, findings, looks, requests }: Mine): string[] => [
  printable(`${person.name}, ${person.unit}, ${person.employeeNumber}`),
  ...section(
    'Accounts',
    ['ACCOUNT', 'STATE', 'COVERAGE', 'POSTS READ', 'SCAN PERIODS'],
    accounts.map(({ handle, state, coverage }) => [
      handle,
      state,
      coverage.reason,
      String(coverage.posts),
      String(coverage.runs.length),
    ]),
  ),
  ...section(
    'Findings',
    ['FINDING', 'STATE', 'POSTED'],
    findings.map(({ id, state, postedAt }) => [id, state, postedAt]),
  ),
  ...section(
    'Who looked',
    ['FINDING', 'WHEN', 'WHO'],
    looks.flatMap(({ finding, looks: at }) => at.map((look) => [finding, look.at, look.by])),
  ),
  ...section(
    'Requests',
    ['NUMBER', 'KIND', 'DUE'],
    requests.map(({ number, kind, dueAt }) => [number, kind, dueAt]),
  ),
];

/** `netral me`: what is on record of oneself. */
export const meCommand = (around: Surroundings): Command => {
  const me = new Command('me').description('what is on record of yourself');

  me.command('show')
    .description('your accounts, what was scanned and found, who looked, your requests')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.get('/me');
      show(answer, () => lines(Mine.parse(answer)));
    });

  me.command('export')
    .description('take a copy of all of it, as JSON and as CSV')
    .option('--to <folder>', 'where to write the files', 'my-data')
    .action(async ({ to }: { to: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const { files } = Copy.parse(await api.post('/me/exports', {}));
      const folder = resolve(around.folder, to);
      await mkdir(folder, { recursive: true });
      for (const { name, link } of files) {
        const answer = await around.fetch(link);
        if (!answer.ok) throw new CliError(`${name} could not be fetched.`, 'Take another copy.');
        await writeFile(join(folder, name), new Uint8Array(await answer.arrayBuffer()), { mode: 0o600 });
      }
      show({ folder, files: files.map(({ name }) => name) }, () => [
        ...files.map(({ name }) => join(folder, name)),
        'Readable by you alone. Whoever reads them reads all that is on record of you.',
      ]);
    });

  return me;
};

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import * as z from 'zod';
import { AnswerKind } from '../shared/domain/review/acts.js';
import { FindingView } from '../shared/domain/review/views.js';
import type { ApiClient } from './api-client.js';
import { sessionOf, type Surroundings } from './context.js';
import { CliError } from './cli-error.js';
import { draftFrom } from './draft.js';
import { findingLines } from './findings.js';
import { printable, table } from './table.js';
import { uploadFile } from './upload.js';

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

interface SayOptions {
  readonly file?: string;
  readonly attach?: readonly string[];
}

const attach = (): Option =>
  new Option('--attach <file...>', 'up to five files: png, jpg, webp, pdf, txt, mp4 or webm');

/** `netral me`: what is on record of oneself. */
export const meCommand = (around: Surroundings): Command => {
  const me = new Command('me').description('what is on record of yourself');

  const attached = async (api: ApiClient, { attach: paths = [] }: SayOptions): Promise<unknown[]> => {
    const upload = uploadFile(api, around);
    const files: unknown[] = [];
    for (const path of paths) files.push(await upload(path));
    return files;
  };

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

  me.command('answer')
    .description(
      'answer what you were asked about a post of yours; a late answer is attached too, until something is concluded',
    )
    .argument('<finding>', 'as the mail or netral me show says it')
    .addArgument(new Argument('<answer>', 'what you say of it').choices(AnswerKind.options))
    .argument('[words]', 'in your own words')
    .option('--file <path>', 'read your words from a file')
    .addOption(attach())
    .action(
      async (
        id: string,
        answer: string,
        given: string | undefined,
        options: SayOptions,
        command: Command,
      ) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const none = given === undefined && options.file === undefined;
        const words = none ? '' : await draftFrom(given, options, around.folder);
        const body = { answer, words, attachments: await attached(api, options) };
        const view = await api.post(`/me/findings/${encodeURIComponent(id)}/answers`, body);
        show(view, () => findingLines(FindingView.parse(view)));
      },
    );

  me.command('object')
    .description('object to a referral; somebody who decided nothing before judges it')
    .argument('<finding>', 'as the mail or netral me show says it')
    .argument('[words]', 'why, in your own words')
    .option('--file <path>', 'read your words from a file')
    .addOption(attach())
    .action(async (id: string, given: string | undefined, options: SayOptions, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const words = await draftFrom(given, options, around.folder);
      const body = { words, attachments: await attached(api, options) };
      const view = await api.post(`/me/findings/${encodeURIComponent(id)}/objections`, body);
      show(view, () => findingLines(FindingView.parse(view)));
    });

  return me;
};

import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { addDays, LocalDate, startOfDay, TimeZone } from '../shared/domain/time.js';
import {
  ARCHIVE_NETWORKS,
  type ArchiveNetwork,
  type ArchivePost,
  type Period,
} from './archive/archive-post.js';
import { chosen } from './archive/choice.js';
import { readArchive, type ArchiveContents } from './archive/read-archive.js';
import { ArchiveRefusal } from './archive/refusal.js';
import { ChosenPosts, sendChosen, type Sent } from './archive/send-chosen.js';
import {
  headerOf,
  LANGUAGES,
  leftLine,
  NETWORK_NAMES,
  refusalWords,
  rowOf,
  word,
  type Language,
} from './archive/words.js';
import { CliError } from './cli-error.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import { printable, table } from './table.js';

interface ReadOptions {
  readonly network?: ArchiveNetwork;
  readonly from?: string;
  readonly to?: string;
  readonly choose?: string;
  readonly out?: string;
  readonly account?: string;
  readonly language: Language;
}

const Agency = z.object({
  timeZone: TimeZone,
  contests: z.array(z.object({ from: LocalDate, to: LocalDate })),
});

/** The days that the agency's contests span, or those that were given. */
const periodOf = async (
  { from, to, language }: ReadOptions,
  command: Command,
  around: Surroundings,
): Promise<Period> => {
  const days = z.object({ from: LocalDate, to: LocalDate });
  let zone: TimeZone = 'Asia/Jakarta';
  let given = { from, to };
  if (from === undefined || to === undefined) {
    const { api } = sessionOf(command, 'analyst', around);
    const agency = Agency.parse(await api.get('/agency'));
    zone = agency.timeZone;
    const first = agency.contests.map((contest) => contest.from).sort()[0];
    const last = agency.contests
      .map((contest) => contest.to)
      .sort()
      .at(-1);
    if (first === undefined || last === undefined) throw new CliError(word('no-contest', language));
    given = { from: from ?? first, to: to ?? last };
  }
  const read = days.safeParse(given);
  if (!read.success || read.data.from > read.data.to) throw new CliError(word('bad-dates', language));
  return {
    from: startOfDay(read.data.from, zone),
    before: startOfDay(addDays(read.data.to, 1), zone),
  };
};

const listLines = (
  { network, owner, posts, left }: ArchiveContents,
  language: Language,
): readonly string[] => [
  `${NETWORK_NAMES[network]}, ${word('account', language)} ${printable(owner.handle ?? word('unnamed', language))}`,
  '',
  ...(posts.length === 0
    ? [word('none', language)]
    : table(
        headerOf(language),
        posts.map((post, index) => rowOf(post, index, language)),
      )),
  ...leftLine(left, language),
  ...(posts.some((post) => post.public === 'holder') ? ['', word('ask-public', language)] : []),
  word('local', language),
];

/** What the holder chose: by the option, or else when asked at the terminal. */
const choiceOf = async (
  posts: readonly ArchivePost[],
  { choose, out, language }: ReadOptions,
  { ask }: Surroundings,
): Promise<readonly ArchivePost[]> => {
  const question = out === undefined ? 'choose-to-send' : 'choose';
  const written = choose ?? (await ask?.(word(question, language)));
  if (written === undefined) throw new CliError(word('not-chosen', language));
  const choice = chosen(posts, written);
  if (choice === null) throw new CliError(word('bad-choice', language));
  return choice;
};

const reading = async (
  file: string,
  options: ReadOptions,
  command: Command,
  around: Surroundings,
): Promise<ArchiveContents> => {
  const period = await periodOf(options, command, around);
  try {
    return await readArchive(resolve(around.folder, file), { network: options.network ?? null, period });
  } catch (error) {
    if (!(error instanceof ArchiveRefusal)) throw error;
    throw new CliError(printable(refusalWords(error.kind, error.about, options.language)));
  }
};

/** Readable by its owner only, and never in the place of another file. */
const put = async (file: string, chosenPosts: ChosenPosts, language: Language): Promise<void> => {
  try {
    await writeFile(file, `${JSON.stringify(chosenPosts, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new CliError(`${file}: ${word(error.code === 'EEXIST' ? 'exists' : 'unwritable', language)}`);
    throw error;
  }
};

const chosenIn = async (file: string, language: Language): Promise<ChosenPosts> => {
  const refusal = new CliError(`${printable(file)} ${word('bad-file', language)}`);
  try {
    return ChosenPosts.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const isExpected =
      error instanceof z.ZodError ||
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error);
    throw isExpected ? refusal : error;
  }
};

const sentLines =
  ({ account, sent }: Sent, language: Language) =>
  (): readonly string[] => [`${printable(account)}: ${sent} ${word('sent', language)}`];

const languageOption = () =>
  new Option('--language <language>', 'of what is said').choices(LANGUAGES).default('id');
const ACCOUNT_OPTION = [
  '--account <handle>',
  'your registered account, where the archive calls it otherwise',
] as const;

/** `netral archive`: the way in for the networks that no connector may read. */
export const archiveCommand = (around: Surroundings): Command => {
  const archive = new Command('archive').description(
    'the holder’s own “download your data”, read on this machine',
  );
  archive
    .command('read')
    .description(
      'list what an archive holds that is public and within the contest, and send your agency what you choose, or put it aside',
    )
    .argument(
      '<file>',
      'the ZIP as it was downloaded from Facebook, Instagram, Threads, TikTok, X or YouTube',
    )
    .addOption(new Option('--network <name>', 'where an archive has several').choices(ARCHIVE_NETWORKS))
    .option('--from <day>', 'the first day (default: of the agency’s contests)')
    .option('--to <day>', 'the last day (default: of the agency’s contests)')
    .option('--choose <numbers>', '1,3-5 or all, instead of being asked')
    .option(
      '--out <file>',
      'write what you chose here and send nothing; a file that is there is not replaced',
    )
    .option(...ACCOUNT_OPTION)
    .addOption(languageOption())
    .action(async (file: string, options: ReadOptions, command: Command) => {
      const { language, out, account } = options;
      const contents = await reading(file, options, command, around);
      const listed = listLines(contents, language);
      const silent = options.choose !== undefined;
      const { json } = z.object({ json: z.boolean().default(false) }).parse(command.optsWithGlobals());
      if (!silent) (json ? around.err : around.out)(`${listed.join('\n')}\n\n`);
      const posts = contents.posts.length === 0 ? [] : await choiceOf(contents.posts, options, around);
      const { network, owner, left } = contents;
      const chosenPosts: ChosenPosts = { version: 1, network, handle: owner.handle, posts: [...posts] };
      const show = showing(command, around);
      if (posts.length > 0 && out === undefined) {
        const { api } = sessionOf(command, 'analyst', around);
        const sent = await sendChosen(chosenPosts, { api, account, language });
        show({ network, ...sent, left }, () => [...(silent ? listed : []), ...sentLines(sent, language)()]);
        return;
      }
      if (posts.length > 0 && out !== undefined)
        await put(resolve(around.folder, out), chosenPosts, language);
      show({ network, handle: owner.handle, left, posts }, () => [
        ...(silent ? listed : []),
        posts.length === 0
          ? word('chosen-none', language)
          : `${posts.length} ${word('written', language)} ${out ?? ''}`,
      ]);
    });
  archive
    .command('send')
    .description('send your agency what archive read --out has put aside')
    .argument('<file>', 'the file that it wrote')
    .option(...ACCOUNT_OPTION)
    .addOption(languageOption())
    .action(
      async (
        file: string,
        { account, language }: Pick<ReadOptions, 'account' | 'language'>,
        command: Command,
      ) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const posts = await chosenIn(resolve(around.folder, file), language);
        const sent = await sendChosen(posts, { api, account, language });
        show({ network: posts.network, ...sent }, sentLines(sent, language));
      },
    );
  return archive;
};

import { writeFile } from 'node:fs/promises';
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
  readonly out: string;
  readonly language: Language;
}

/** What a holder puts aside to submit: the posts that they chose, and the account they are of. */
interface ChosenPosts {
  readonly version: 1;
  readonly network: ArchiveNetwork;
  readonly handle: string | null;
  readonly posts: readonly ArchivePost[];
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
  { choose, language }: ReadOptions,
  { ask }: Surroundings,
): Promise<readonly ArchivePost[]> => {
  const written = choose ?? (await ask?.(word('choose', language)));
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

/** `netral archive`: the way in for the networks that no connector may read. */
export const archiveCommand = (around: Surroundings): Command => {
  const archive = new Command('archive').description(
    'the holder’s own “download your data”, read on this machine',
  );
  archive
    .command('read')
    .description(
      'list what an archive holds that is public and within the contest, and put aside what you choose',
    )
    .argument(
      '<file>',
      'the ZIP as it was downloaded from Facebook, Instagram, Threads, TikTok, X or YouTube',
    )
    .addOption(new Option('--network <name>', 'where an archive has several').choices(ARCHIVE_NETWORKS))
    .option('--from <day>', 'the first day (default: of the agency’s contests)')
    .option('--to <day>', 'the last day (default: of the agency’s contests)')
    .option('--choose <numbers>', '1,3-5 or all, instead of being asked')
    .requiredOption('--out <file>', 'where what you chose is written; a file that is there is not replaced')
    .addOption(new Option('--language <language>', 'of what is said').choices(LANGUAGES).default('id'))
    .action(async (file: string, options: ReadOptions, command: Command) => {
      const { language } = options;
      const contents = await reading(file, options, command, around);
      const listed = listLines(contents, language);
      const silent = options.choose !== undefined;
      const { json } = z.object({ json: z.boolean().default(false) }).parse(command.optsWithGlobals());
      if (!silent) (json ? around.err : around.out)(`${listed.join('\n')}\n\n`);
      const posts = contents.posts.length === 0 ? [] : await choiceOf(contents.posts, options, around);
      const { network, owner } = contents;
      if (posts.length > 0)
        await put(
          resolve(around.folder, options.out),
          { version: 1, network, handle: owner.handle, posts },
          language,
        );
      showing(command, around)({ network, handle: owner.handle, left: contents.left, posts }, () => [
        ...(silent ? listed : []),
        posts.length === 0
          ? word('chosen-none', language)
          : `${posts.length} ${word('written', language)} ${options.out}`,
      ]);
    });
  return archive;
};

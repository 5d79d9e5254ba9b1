import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { addDays, LocalDate, startOfDay, TimeZone } from '../shared/domain/time.js';
import { ARCHIVE_NETWORKS, type ArchiveNetwork, type ArchivePost, type Period } from './archive/archive-post.js';
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
    const { api } = sessionOf(command, 'holder', around);
    const agency = Agency.parse(await api.get('/agency'));
    zone = agency.timeZone;
    const first = agency.contests.map((contest) => contest.from).sort()[0];
    const last = agency.contests.map((contest) => contest.to).sort().at(-1);
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

const listLines = ({ network, owner, posts, left }: ArchiveContents, language: Language): readonly string[] => [
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

import { resolve } from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import { explain, type Explanation, type Found } from '../shared/domain/screening/explain.js';
import { Instant } from '../shared/domain/time.js';
import { CliError } from './cli-error.js';
import { showing, type Surroundings } from './context.js';
import { readPackFiles } from './pack-sources.js';
import { printable, table } from './table.js';

/** The text with what was found in it underlined, and in a second line where there are no colours. */
const underlined = (text: string, found: readonly Found[], colours: boolean): string[] => {
  const marked = Array.from({ length: text.length }, (_, at) =>
    found.some(({ start, end }) => start <= at && at < end),
  );
  if (!colours)
    return [
      printable(text).replaceAll('\n', ' '),
      marked
        .map((is) => (is ? '~' : ' '))
        .join('')
        .trimEnd(),
    ];
  const { underline } = pc.createColors(true);
  let out = '';
  for (let at = 0; at < text.length;) {
    let end = at + 1;
    while (end < text.length && marked[end] === marked[at]) end += 1;
    const piece = printable(text.slice(at, end));
    out += marked[at] === true ? underline(piece) : piece;
    at = end;
  }
  return [out];
};

const linesOf = (text: string, { normal, contests, verdict, reason }: Explanation, colours: boolean) => [
  `normalised  ${printable(normal.join(' '))}`,
  ...contests.flatMap(({ contest, masked, electoral, listsAll, found, weighed }) => [
    '',
    `contest     ${contest}`,
    `masked      ${printable(masked)}`,
    `            ${electoral ? 'an election is spoken of' : 'no election is spoken of'}${listsAll ? '; all who stand are named' : ''}`,
    ...underlined(text, found, colours),
    ...table(
      ['FOUND', 'RULE', 'SAYS', 'WORDS'],
      found.map(({ kind, rule, says, words }) => [kind, rule, says, words]),
    ),
    `weighed     ${weighed.enough ? weighed.acts.join(', ') : 'not enough'}` +
      (weighed.against.length > 0 ? `; against it: ${weighed.against.join(', ')}` : ''),
  ]),
  '',
  `verdict     ${verdict.kind === 'indicated' ? `${verdict.provisions.join(', ')}, stage ${verdict.stage ?? 'unknown'}` : verdict.kind}`,
  reason,
];

/** `netral pack explain`: every step from a text to its verdict. */
export const packExplain = (program: Command, around: Surroundings): Command =>
  program
    .command('explain')
    .description('show every step from a text to its verdict')
    .argument('<text>', 'a text of your own; real posts do not belong on a command line')
    .option('--contests <folders...>', 'the contest packs (default: those of --packs)')
    .option('--packs <folder>', 'the packs', 'packs')
    .option('--at <instant>', 'when it was posted (default: the first day of the first contest’s campaign)')
    .action(
      (text: string, options: { contests?: string[]; packs: string; at?: string }, command: Command) => {
        const inFolder = (path: string): string => resolve(around.folder, path);
        const packs = readPackFiles(inFolder(options.packs), options.contests?.map(inFolder));
        const stages = packs.contests[0]?.stages ?? [];
        const campaign = stages.find(({ stage }) => stage === 'campaign') ?? stages[0];
        const at = Instant.safeParse(options.at ?? `${campaign?.from ?? '1970-01-01'}T05:00:00.000Z`);
        if (!at.success)
          throw new CliError('--at is not an instant.', 'Write it like 2029-10-10T03:00:00.000Z.');
        const explanation = explain(packs, {
          parts: [{ field: 'body', text }],
          context: null,
          postedAt: at.data,
          contests: packs.contests.map(({ id }) => id),
        });
        showing(command, around)(explanation, () => linesOf(text, explanation, around.colours));
      },
    );

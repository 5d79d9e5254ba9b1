import { Command } from 'commander';
import { replay, type Difference, type Replay } from '../shared/domain/screening/replay.js';
import { CliError } from './cli-error.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import { packsIn } from './pack-folder.js';
import { rowsOfFile, rowsOfFindings } from './replay-rows.js';
import { printable, table } from './table.js';

interface ReplayOptions {
  readonly texts?: string;
  readonly findings?: string;
}

const HEADINGS = {
  indicated: 'became indicated',
  'no-longer-indicated': 'no longer indicated',
  'provisions-changed': 'other provisions',
  'otherwise-changed': 'changed otherwise',
} as const satisfies Record<Difference['change'], string>;

const told = ({ kind, provisions }: Difference['before']): string =>
  kind === 'indicated' ? provisions.join(', ') : kind;

const lines = (result: Replay, textOf: (row: number) => string | undefined): string[] => [
  `${result.rows} texts, ${result.differences.length} of them differ.`,
  ...(result.unread === 0 ? [] : [`${result.unread} texts were not read: neither folder has their contest.`]),
  '',
  ...table(
    ['LABEL', 'TEXTS', 'INDICATED BEFORE', 'AFTER'],
    result.labels.map((row) => [
      row.label ?? 'none given',
      ...[row.rows, row.indicatedBefore, row.indicatedAfter].map(String),
    ]),
  ),
  ...result.differences.flatMap((difference, index) => {
    const { change, row, id, label, before, after } = difference;
    const text = textOf(row);
    return [
      ...(result.differences[index - 1]?.change === change
        ? []
        : ['', `${HEADINGS[change]}: ${result.changes[change]}`]),
      `  ${printable(id)}${label === null ? '' : ` (${printable(label)})`}  ${told(before)} → ${told(after)}`,
      ...(text === undefined
        ? []
        : printable(text)
            .split('\n')
            .map((line) => `    | ${line}`)),
    ];
  }),
];

const counted = (written: string): number => {
  const number = Number(written);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new CliError(`--findings ${written} is not a number of findings.`, 'Write it in digits, 100.');
  return number;
};

/** `netral pack replay`: what changes between two sets of packs. */
export const replayCommand = (around: Surroundings): Command =>
  new Command('replay')
    .description('what would change between two folders of packs, on labelled texts or on stored findings')
    .argument('<before>', 'a folder with codes, language and contests')
    .argument('<after>', 'another one')
    .option('--texts <file>', 'JSON lines with text and, as known, id, label, election and date')
    .option('--findings <number>', 'the newest findings, read as an analyst; every look is put on record')
    .addHelpText(
      'after',
      '\nTexts are shown only from the file. A text that names no election is read under every contest;' +
        '\none without a date as if on the first day of the campaign.',
    )
    .action(async (before: string, after: string, { texts, findings }: ReplayOptions, command: Command) => {
      if (texts === undefined && findings === undefined)
        throw new CliError(
          'There is nothing to replay.',
          'Name a file with --texts, or take --findings 100.',
        );
      const packs = [await packsIn(before), await packsIn(after)] as const;
      const labelled = texts === undefined ? [] : await rowsOfFile(texts);
      const stored =
        findings === undefined
          ? []
          : await rowsOfFindings(sessionOf(command, 'analyst', around).api, counted(findings));
      const result = replay([...labelled, ...stored], ...packs);
      const textOf = (row: number): string | undefined => labelled[row]?.parts[0]?.text;
      const differences = result.differences.map((difference) => {
        const text = textOf(difference.row);
        return text === undefined ? difference : { ...difference, text };
      });
      showing(command, around)({ ...result, differences }, () => lines(result, textOf));
    });

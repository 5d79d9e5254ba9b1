import { resolve } from 'node:path';
import type { Command } from 'commander';
import { evaluate, EvaluationRow, type Evaluation } from '../shared/domain/screening/evaluation.js';
import { packFaults } from '../shared/domain/screening/pack-faults.js';
import { compileScreener } from '../shared/domain/screening/screen.js';
import type { Share } from '../shared/domain/statistics/wilson.js';
import { showing, type Surroundings } from './context.js';
import { readPackFiles, readRows } from './pack-sources.js';
import { printable, table } from './table.js';

const ERRORS_SHOWN = 20;
const TEXT_SHOWN = 160;

const written = ({ value, low, high, n }: Share): string =>
  value === null ? 'none counted' : `${value.toFixed(3)}  (${low.toFixed(2)}–${high.toFixed(2)}, n ${n})`;

const linesOf = (evaluation: Evaluation): string[] => {
  const { precision, recall, falseAlarmRate, apart } = evaluation;
  const groups = [
    ...Object.entries(evaluation.byContest).map(([name, figures]) => ({ name: `contest ${name}`, figures })),
    ...Object.entries(evaluation.byLanguage).map(([name, figures]) => ({
      name: `language ${name}`,
      figures,
    })),
  ];
  return [
    `rows                ${evaluation.rows}`,
    `precision           ${written(precision)}`,
    `recall of calls     ${written(recall.call)}`,
    `recall of support   ${written(recall.support)}`,
    `false alarms        ${written(falseAlarmRate)}`,
    `undecided           ${evaluation.undecided}`,
    '',
    ...table(
      ['', 'PRECISION', 'CALLS', 'SUPPORT', 'FALSE ALARMS'],
      groups.map(({ name, figures }) => [
        name,
        ...[figures.precision, figures.recall.call, figures.recall.support, figures.falseAlarmRate].map(
          written,
        ),
      ]),
    ),
    '',
    ...table(
      ['LABEL', 'ROWS', 'INDICATED'],
      Object.entries(evaluation.byLabel).map(([label, { rows, indicated }]) => [
        label,
        String(rows),
        String(indicated),
      ]),
    ),
    '',
    ...table(
      ['PROVISION', 'PRECISION'],
      Object.entries(evaluation.byProvision).map(([id, share]) => [id, written(share)]),
    ),
    '',
    `In no figure: ${apart.open.rows} ambiguous or opposing (${apart.open.indicated} indicated), ` +
      `${apart.withoutElection.rows} that name no election (${apart.withoutElection.indicated} indicated).`,
    ...Object.entries(apart.withoutPack).map(([name, { rows }]) => `No pack for ${name}: ${rows} rows.`),
    ...evaluation.errors
      .slice(0, ERRORS_SHOWN)
      .map(({ id, kind, text, rules }) =>
        printable(`${kind}  ${id}  ${rules.join(' ')}\n    ${text.slice(0, TEXT_SHOWN)}`),
      ),
  ];
};

/** `netral pack evaluate`: measures the packs on labelled texts. */
export const packEvaluate = (program: Command, around: Surroundings): Command =>
  program
    .command('evaluate')
    .description('measure the screening on labelled texts, with intervals')
    .argument('<file>', 'JSON lines, zipped or not: id, text, election, label, polarity, ambiguous')
    .option('--contests <folders...>', 'the contest packs that the rows name (default: those of --packs)')
    .option('--packs <folder>', 'the packs', 'packs')
    .action((file: string, options: { contests?: string[]; packs: string }, command: Command) => {
      const inFolder = (path: string): string => resolve(around.folder, path);
      const packs = readPackFiles(inFolder(options.packs), options.contests?.map(inFolder));
      for (const fault of packFaults(packs)) around.err(`${printable(fault)}\n`);
      const rows = readRows(EvaluationRow, inFolder(file));
      const evaluation = evaluate(rows, compileScreener(packs), packs.contests);
      showing(command, around)(evaluation, () => linesOf(evaluation));
    });

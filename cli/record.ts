import { Command } from 'commander';
import type { RecordEntry } from '../shared/domain/record/entry.js';
import { sealHash } from '../shared/domain/record/seal.js';
import { verifyRecord } from '../shared/domain/record/verify.js';
import { CliError } from './cli-error.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import {
  asRows,
  exportRows,
  linesIn,
  refuseExisting,
  sealsIn,
  writeRows,
  type Span,
} from './record-export.js';
import { anchorsOf, countOf, rowsOf, verified } from './record-verify.js';
import { table } from './table.js';

/** More would tell nothing new; the first say where to look. */
const MOST_FAULTS = 50;

const receiptRow = (entry: RecordEntry): readonly string[] | null => {
  switch (entry.kind) {
    case 'read':
    case 'evidence':
    case 'act':
      return null;
    case 'finding-ended':
      return [entry.at, 'finding', entry.finding, `${entry.rule}, ${entry.state}`];
    case 'ended':
      return [entry.at, entry.what, entry.name, entry.rule];
    case 'erasure':
      return [entry.at, 'person', entry.subject, `erasure ${entry.step}`];
  }
};

/** `netral record`: what was done, for whoever does not take our word for it. */
export const recordCommand = (around: Surroundings): Command => {
  const record = new Command('record').description(
    'who looked at, decided and deleted what, and whether that is whole',
  );

  record
    .command('export')
    .description('write the record to a file that can be checked anywhere')
    .argument('<file>', 'a new file')
    .option('--from <day>', 'its first day, 2026-11-23 (default: the very first)')
    .option('--to <day>', 'its last day (default: up to now)')
    .action(async (file: string, span: Span, command: Command) => {
      const { api, show } = sessionOf(command, 'auditor', around);
      await refuseExisting(file);
      const rows = await writeRows(file, asRows(exportRows({ api, fetch: around.fetch }, span)));
      show({ file, rows }, () => [
        `${countOf(rows, 'row')} written to ${file}.`,
        `Check them anywhere: netral record verify ${file}`,
      ]);
    });

  record
    .command('verify')
    .description('check an exported record, with no access to the system')
    .argument('<file>', 'what netral record export wrote')
    .option('--anchor <day=hash...>', 'the hash of a day’s seal, noted when it was made')
    .option('--seals <folder>', 'a copy of the folder days/ of the bucket of seals')
    .action(async (file: string, given: { anchor?: string[]; seals?: string }, command: Command) => {
      const anchors = await anchorsOf(given);
      const found = verifyRecord(await rowsOf(file), anchors);
      if (found.faults.length > 0)
        throw new CliError(
          `${file} does not hold: ${countOf(found.faults.length, 'fault')}.`,
          'Keep the file as it is, and compare it with the bucket of seals.',
          found.faults.slice(0, MOST_FAULTS).map(({ where, what }) => `${where}: ${what}`),
        );
      showing(command, around)(found, () => [`${file} holds.`, ...verified(found)]);
    });

  record
    .command('seals')
    .description('the hash of each day’s seal, to be noted where nobody here can reach it')
    .option('--from <day>', 'the first day')
    .option('--to <day>', 'the last day')
    .action(async (span: Span, command: Command) => {
      const { api, show } = sessionOf(command, 'auditor', around);
      const { seals } = await sealsIn(api, span);
      const hashes = seals.map((seal) => ({ day: seal.day, lines: seal.lines, hash: sealHash(seal) }));
      show(hashes, () => hashes.map(({ day, hash }) => `${day}=${hash}`));
    });

  record
    .command('receipts')
    .description('what was deleted, when and why')
    .option('--from <day>', 'the first sealed day to look at')
    .action(async (span: Span, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const { seals, at } = await sealsIn(api, span);
      const lines = await linesIn(api, { from: seals[0]?.from ?? undefined, to: at });
      const rows = lines.map(({ entry }) => [entry, receiptRow(entry)] as const);
      const receipts = rows.flatMap(([entry, row]) => (row === null ? [] : [{ entry, row }]));
      show(
        receipts.map(({ entry }) => entry),
        () =>
          receipts.length === 0
            ? ['Nothing was deleted.']
            : table(
                ['WHEN', 'WHAT', 'ID', 'WHY'],
                receipts.map(({ row }) => row),
              ),
      );
    });

  return record;
};

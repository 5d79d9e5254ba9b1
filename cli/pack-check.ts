import { resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { checkPacks } from '../shared/domain/screening/check-packs.js';
import { CliError } from './cli-error.js';
import { showing, type Surroundings } from './context.js';
import { readPackFiles, readRows } from './pack-sources.js';
import { printable } from './table.js';

const LookAlike = z.object({ text: z.string() });

/** `netral pack check`: all that can be said of packs before they are used. Fails if something must be mended. */
export const packCheck = (program: Command, around: Surroundings): Command =>
  program
    .command('check')
    .description('check packs: schema, terms, look-alikes, swapped contestants, words that indicate alone')
    .argument('[folder]', 'codes, language and contests', 'packs')
    .option('--contests <folders...>', 'the contest packs (default: those of the folder)')
    .option('--look-alikes <file>', 'JSON lines with texts that no contest may indicate')
    .action((folder: string, options: { contests?: string[]; lookAlikes?: string }, command: Command) => {
      const inFolder = (path: string): string => resolve(around.folder, path);
      const packs = readPackFiles(inFolder(folder), options.contests?.map(inFolder));
      const lookAlikes =
        options.lookAlikes === undefined ? [] : readRows(LookAlike, inFolder(options.lookAlikes));
      const report = checkPacks(
        packs,
        lookAlikes.map(({ text }) => text),
      );
      showing(command, around)(report, () => [
        ...report.faults.map((fault) => `fault    ${printable(fault)}`),
        ...report.warnings.map((warning) => `warning  ${printable(warning)}`),
        `${report.faults.length} faults, ${report.warnings.length} warnings`,
      ]);
      if (report.faults.length > 0) throw new CliError('These packs must be mended before they are used.');
    });

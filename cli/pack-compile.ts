import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { parsePackFiles, readPackFolder } from '../shared/adapters/pack-files.js';
import { compilePacks } from '../shared/domain/screening/compiled-file.js';
import { packRef } from '../shared/domain/screening/packs.js';
import { BadPackError } from '../shared/errors.js';
import { CliError } from './cli-error.js';
import type { Surroundings } from './context.js';

const Options = z.object({ out: z.string(), json: z.boolean().default(false) });

const readPacks = async (folder: string) => {
  try {
    return parsePackFiles(await readPackFolder(folder));
  } catch (error) {
    if (error instanceof BadPackError)
      throw new CliError('These packs do not hold.', 'Mend them, then compile again.', error.faults);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new CliError(`${folder} has no codes, language and contests in it.`);
    throw error;
  }
};

/** `netral pack compile`: the packs of a folder as one file that a screener is made from in milliseconds. */
export const packCompile = (pack: Command, { out, folder: here }: Surroundings): Command =>
  pack
    .command('compile')
    .description('write packs as one file that the screening starts from in milliseconds')
    .argument('[folder]', 'codes, language and contests', 'packs')
    .option('--out <file>', 'the file to write', 'packs.bin')
    .action(async (folder: string, _options: unknown, command: Command) => {
      const options = Options.parse(command.optsWithGlobals());
      const packs = await readPacks(resolve(here, folder));
      const bytes = compilePacks(packs);
      writeFileSync(resolve(here, options.out), bytes);
      const refs = [packs.code, ...packs.languages, ...packs.contests].map(packRef);
      const lines = [
        ...refs.map(({ id, version, hash }) => `${id} ${version} ${hash.slice(0, 12)}`),
        `${options.out}: ${bytes.length} bytes`,
      ];
      const answer = { file: options.out, bytes: bytes.length, packs: refs };
      out(options.json ? `${JSON.stringify(answer, null, 2)}\n` : `${lines.join('\n')}\n`);
    });

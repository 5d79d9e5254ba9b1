import { copyFile, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { CliError } from './cli-error.js';
import { showing, type Surroundings } from './context.js';

const TEMPLATE = join(import.meta.dirname, '../packs/template/contest.yaml');

const ADVICE = {
  EEXIST: 'It is there already; choose another name.',
  ENOENT: 'Its folder is not there; make it first.',
} as const;

/** `netral pack new`: a pack to fill in. */
export const newCommand = (around: Surroundings): Command => {
  const create = new Command('new').description('begin a pack');
  create
    .command('contest')
    .description('write a contest pack to fill in')
    .argument('<file>', 'packs/contests/pilbup-sukamaju.yaml')
    .action(async (file: string, _options: unknown, command: Command) => {
      try {
        await copyFile(TEMPLATE, resolve(around.folder, file), constants.COPYFILE_EXCL);
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT'))
          throw new CliError(`${file} cannot be written.`, ADVICE[error.code]);
        throw error;
      }
      showing(command, around)({ file }, () => [
        `${file} is written.`,
        'Fill in what is marked ~; what is left is refused with its place when the packs are published.',
      ]);
    });
  return create;
};

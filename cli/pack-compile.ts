import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { compilePacks } from '../shared/domain/screening/compiled-file.js';
import { packRef } from '../shared/domain/screening/pack-ref.js';
import { showing, type Surroundings } from './context.js';
import { packsIn } from './pack-folder.js';

/** `netral pack compile`: the packs of a folder as one file that a screener is made from in milliseconds. */
export const packCompile = (pack: Command, around: Surroundings): Command =>
  pack
    .command('compile')
    .description('write packs as one file that the screening starts from in milliseconds')
    .argument('[folder]', 'codes, language and contests', 'packs')
    .option('--out <file>', 'the file to write', 'packs.bin')
    .action(async (folder: string, { out }: { out: string }, command: Command) => {
      const packs = await packsIn(resolve(around.folder, folder));
      const bytes = compilePacks(packs);
      writeFileSync(resolve(around.folder, out), bytes);
      const refs = [packs.code, ...packs.languages, ...packs.contests].map(packRef);
      showing(command, around)({ file: out, bytes: bytes.length, packs: refs }, () => [
        ...refs.map(({ id, version, hash }) => `${id} ${version} ${hash.slice(0, 12)}`),
        `${out}: ${bytes.length} bytes`,
      ]);
    });

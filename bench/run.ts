import { benchArchive } from './archive.js';
import { benchScreening } from './screening.js';

/** `npm run bench -- <name> [arguments]`. */
const BENCHES: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  archive: benchArchive,
  screening: benchScreening,
};

const [name = '', ...words] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 2;
} else await bench(words);

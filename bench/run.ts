import { benchArchive } from './archive.js';
import { benchCold } from './cold.js';
import { benchCost } from './cost.js';
import { benchMemory } from './memory.js';
import { PriceError } from './prices.js';
import { benchScreening } from './screening.js';

/** `npm run bench -- <name> [arguments]`. */
const BENCHES: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  archive: benchArchive,
  cold: benchCold,
  cost: benchCost,
  memory: benchMemory,
  screening: benchScreening,
};

const [name = '', ...words] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 2;
} else
  try {
    await bench(words);
  } catch (error) {
    if (!(error instanceof PriceError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }

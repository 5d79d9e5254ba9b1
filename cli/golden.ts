import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { parse, YAMLParseError } from 'yaml';
import * as z from 'zod';
import { GoldenItem, GoldenItems } from '../shared/domain/review/golden.js';
import { CliError } from './cli-error.js';
import { sessionOf, type Surroundings } from './context.js';
import { isMissing } from './record-export.js';
import { printable, table } from './table.js';

const View = z.object({ items: z.array(GoldenItem), contests: z.array(z.string()) });

/** As `packs/golden` has them. */
const File = z.strictObject({ items: GoldenItems });

const itemsIn = async (file: string, folder: string): Promise<z.infer<typeof GoldenItems>> => {
  const text = await readFile(resolve(folder, file), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) throw new CliError(`There is no file ${file}.`, null);
    throw error;
  });
  try {
    return File.parse(parse(text)).items;
  } catch (error) {
    if (error instanceof YAMLParseError) throw new CliError(`${file} is not YAML.`, error.message);
    if (error instanceof z.ZodError)
      throw new CliError(
        `${file} is not a list of items.`,
        'See packs/golden for one.',
        error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      );
    throw error;
  }
};

/** `netral golden`: invented items with known answers, for officers and administrators who do not review. */
export const goldenCommand = (around: Surroundings): Command => {
  const golden = new Command('golden').description(
    'invented items with known answers, shown to analysts among real ones',
  );

  golden
    .command('show')
    .description('the items and their answers; no analyst may read them')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.get('/golden');
      show(answer, () => {
        const { items, contests } = View.parse(answer);
        if (items.length === 0) return ['There is none.'];
        return table(
          ['CONTEST', 'EXPECTED', 'TEXT'],
          items.map(({ contest, expected, text }) => [
            contests.includes(contest) ? contest : `${contest} (not in use)`,
            expected,
            printable(text),
          ]),
        );
      });
    });

  golden
    .command('set')
    .description('replace the items by those of a file')
    .argument('<file>', 'YAML, as packs/golden/pilbup-sukamaju.yaml')
    .action(async (file: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const items = await itemsIn(file, around.folder);
      const { tag } = await api.seen('/golden');
      const answer = await api.put('/golden', { items }, tag);
      show(answer, () => [`${items.length} items. Analysts get them among real ones from now on.`]);
    });

  return golden;
};

import { parsePackFiles, readPackFolder, type PackText } from '../shared/adapters/pack-files.js';
import type { Packs } from '../shared/domain/screening/packs.js';
import { BadPackError } from '../shared/errors.js';
import { CliError } from './cli-error.js';

/** The texts of a folder of packs as somebody named it. */
export const packTextsIn = async (folder: string): Promise<PackText[]> => {
  try {
    return await readPackFolder(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      throw new CliError(
        `${folder} is not a folder of packs.`,
        'It holds the folders codes, language and contests.',
      );
    throw error;
  }
};

/** The packs of a folder, if they hold. */
export const packsIn = async (folder: string): Promise<Packs> => {
  try {
    return parsePackFiles(await packTextsIn(folder));
  } catch (error) {
    if (error instanceof BadPackError)
      throw new CliError(`The packs in ${folder} do not hold.`, null, error.faults);
    throw error;
  }
};

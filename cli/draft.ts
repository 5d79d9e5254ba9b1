import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from './cli-error.js';

/** A text that is given on the command line or in a file. */
export const draftFrom = async (
  text: string | undefined,
  { file }: { readonly file?: string },
  folder: string,
): Promise<string> => {
  if ((text === undefined) === (file === undefined))
    throw new CliError('Give the draft either as an argument or with --file.');
  if (file === undefined) return text ?? '';
  try {
    return await readFile(resolve(folder, file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new CliError(`${file} cannot be read.`);
    throw error;
  }
};

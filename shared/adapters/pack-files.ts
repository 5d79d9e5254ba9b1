import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Packs } from '../domain/screening/packs.js';
import { parsePacks, type PackFile } from '../domain/screening/parse-packs.js';
import { BadPackError } from '../errors.js';

/** A pack as people write it. Its name is its path among the packs, `codes/skb-2-2022.yaml`. */
export interface PackText {
  readonly name: string;
  readonly text: string;
}

const FOLDERS = ['codes', 'language', 'contests'] as const;
type Folder = (typeof FOLDERS)[number];

/** Reads every `.yaml` file of a folder with `codes`, `language` and `contests` in it. */
export const readPackFolder = async (folder: string): Promise<PackText[]> => {
  const files: PackText[] = [];
  for (const kind of FOLDERS) {
    const names = (await readdir(join(folder, kind))).filter((name) => name.endsWith('.yaml')).sort();
    for (const name of names)
      files.push({ name: `${kind}/${name}`, text: await readFile(join(folder, kind, name), 'utf8') });
  }
  return files;
};

/** The content of a file, or what is wrong with it as YAML, with lines and columns. */
const contentOf = ({ name, text }: PackText): PackFile | { readonly faults: readonly string[] } => {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return { faults: document.errors.map(({ message }) => `${name}: ${message}`) };
  try {
    return { name, content: document.toJS() };
  } catch (error) {
    // Aliases to nothing, or to so much that it would fill the memory.
    if (error instanceof ReferenceError) return { faults: [`${name}: ${error.message}`] };
    throw error;
  }
};

/** The packs that these files make. Throws `BadPackError` with everything that is wrong in any of them. */
export const parsePackFiles = (texts: readonly PackText[]): Packs => {
  const faults: string[] = [];
  const files: Record<Folder, PackFile[]> = { codes: [], language: [], contests: [] };
  for (const text of texts) {
    const folder = FOLDERS.find((candidate) => text.name.startsWith(`${candidate}/`));
    const read = contentOf(text);
    if ('faults' in read) faults.push(...read.faults);
    else if (folder === undefined) faults.push(`${text.name}: not in ${FOLDERS.join(', ')}`);
    else files[folder].push(read);
  }
  const codes = texts.filter(({ name }) => name.startsWith('codes/'));
  if (codes.length !== 1) faults.push(`codes: ${codes.length} packs, but it takes exactly one`);
  const [code] = files.codes;
  if (code === undefined) throw new BadPackError(faults);
  const parsed = parsePacks({ code, languages: files.language, contests: files.contests });
  if (parsed.kind === 'faults') throw new BadPackError([...faults, ...parsed.faults]);
  if (faults.length > 0) throw new BadPackError(faults);
  return parsed.packs;
};

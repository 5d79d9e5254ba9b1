import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse, YAMLError } from 'yaml';
import * as z from 'zod';
import { LanguagePack, type Packs } from '../shared/domain/screening/packs.js';
import { CodePack } from '../shared/domain/screening/code-pack.js';
import { ContestPack } from '../shared/domain/screening/rules.js';
import { CliError } from './cli-error.js';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const namesIn = (folder: string, ending: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (isMissing(error)) throw new CliError(`There is no folder ${folder}.`);
    throw error;
  }
};

/** Where something stands in a pack: `stages[0].from`. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((place, key) => {
    if (typeof key === 'number') return `${place}[${key}]`;
    return place === '' ? String(key) : `${place}.${String(key)}`;
  }, '');

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    content,
  );

/** A line for everything that is wrong with a file. Where the template's `~` still stands, that is all there is to say. */
const faultsIn = (file: string, content: unknown, { issues }: z.ZodError): string[] =>
  issues.map(({ path, message }) =>
    valueAt(content, path) === null && path.length > 0
      ? `${file}: ${placeOf(path)} is not filled in.`
      : `${file}: ${[placeOf(path), message].filter((part) => part !== '').join(': ')}`,
  );

const readPack = <Pack>(schema: z.ZodType<Pack>, file: string, faults: string[]): Pack[] => {
  try {
    const content: unknown = parse(readFileSync(file, 'utf8'));
    const parsed = schema.safeParse(content);
    if (parsed.success) return [parsed.data];
    faults.push(...faultsIn(file, content, parsed.error));
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    faults.push(`${file}: ${error.message}`);
  }
  return [];
};

/**
 * Packs as files: code and languages of `folder`, contests of the folders `contests` or else of `folder` too. Refuses what no
 * schema knows; what is wrong between packs is for `pack check` to say.
 */
export const readPackFiles = (
  folder: string,
  contests: readonly string[] = [join(folder, 'contests')],
): Packs => {
  const faults: string[] = [];
  const read = <Pack>(schema: z.ZodType<Pack>, from: string): Pack[] =>
    namesIn(from, '.yaml').flatMap((file) => readPack(schema, file, faults));
  const [code, ...others] = read(CodePack, join(folder, 'codes'));
  const packs = {
    languages: read(LanguagePack, join(folder, 'language')),
    contests: contests.flatMap((from) => read(ContestPack, from)),
  };
  if (faults.length > 0) throw new CliError('These packs cannot be read.', null, faults);
  if (code === undefined || others.length > 0)
    throw new CliError(`${join(folder, 'codes')} must hold exactly one pack.`);
  return { code, ...packs };
};

/** The rows of a file of JSON lines, zipped or not, each as `schema` has it. */
export const readRows = <Row>(schema: z.ZodType<Row>, file: string): Row[] => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (isMissing(error)) throw new CliError(`There is no file ${file}.`);
    throw error;
  }
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${file}, line ${index + 1}`;
    let content: unknown;
    try {
      content = JSON.parse(line);
    } catch {
      throw new CliError(`${place}: this is not JSON.`);
    }
    const row = schema.safeParse(content);
    if (row.success) return [row.data];
    throw new CliError(`${place}: this row cannot be used.`, null, [
      z.prettifyError(row.error).replaceAll('\n', ' '),
    ]);
  });
};

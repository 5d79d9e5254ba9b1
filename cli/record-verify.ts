import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import * as z from 'zod';
import { Hash, Seal, sealHash } from '../shared/domain/record/seal.js';
import type { Anchors, Verification } from '../shared/domain/record/verify.js';
import { LocalDate } from '../shared/domain/time.js';
import { CliError } from './cli-error.js';
import { isMissing } from './record-export.js';

export const rowsOf = async (file: string): Promise<readonly string[]> => {
  const rows: string[] = [];
  try {
    for await (const row of createInterface({ input: createReadStream(file, 'utf8') })) rows.push(row);
  } catch (error) {
    if (isMissing(error))
      throw new CliError(`There is no file ${file}.`, 'Name one that netral record export wrote.');
    throw error;
  }
  return rows;
};

const notedAnchor = (written: string): readonly [LocalDate, string] => {
  const parsed = z.tuple([LocalDate, Hash]).safeParse(written.split('='));
  if (!parsed.success)
    throw new CliError(
      `--anchor ${written} is none.`,
      'Write a day and the hash of its seal as netral record seals says it, DAY=HASH.',
    );
  return parsed.data;
};

const sealIn = (text: string): Seal | null => {
  try {
    return Seal.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
};

const keptSeals = async (folder: string): Promise<readonly (readonly [LocalDate, string])[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error))
      throw new CliError(
        `There is no folder ${folder}.`,
        'Name a copy of the folder days/ of the bucket of seals.',
      );
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
  return Promise.all(
    files.map(async (file) => {
      const seal = sealIn(await readFile(file, 'utf8'));
      if (seal === null) throw new CliError(`${file} is no seal.`, 'Copy it from the bucket of seals again.');
      return [seal.day, sealHash(seal)] as const;
    }),
  );
};

/** What somebody kept elsewhere: hashes that they noted, and seals that they copied from the bucket. */
export const anchorsOf = async (given: {
  readonly anchor?: readonly string[];
  readonly seals?: string;
}): Promise<Anchors> =>
  new Map([
    ...(given.seals === undefined ? [] : await keptSeals(given.seals)),
    ...(given.anchor ?? []).map(notedAnchor),
  ]);

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const historiesOf = (count: number): string => countOf(count, 'history', 'histories');

/** What was checked, and what the file cannot show. */
export const verified = (found: Verification): readonly string[] => [
  `${countOf(found.seals, 'sealed day')}${found.lastDay === null ? '' : `, ${found.firstDay ?? ''} to ${found.lastDay}`}; ` +
    `${countOf(found.lines, 'line')}, ${historiesOf(found.histories)} of findings that exist, ` +
    `${countOf(found.decisions, 'decision')}.`,
  ...(found.lastSeal === null ? [] : [`Last seal: ${found.lastDay ?? ''}=${found.lastSeal}`]),
  found.anchored === 0
    ? 'No seal was compared with one kept elsewhere: a record made anew from end to end would look like this one. Give --anchor or --seals.'
    : `${countOf(found.anchored, 'seal')} compared with what was kept elsewhere.`,
  ...(found.unsealedLines + found.unsealedHistories === 0
    ? []
    : [
        `Not under a seal of this file: ${countOf(found.unsealedLines, 'line')}, and the end of ${historiesOf(found.unsealedHistories)}.`,
      ]),
  ...(found.unfollowedHeads === 0
    ? []
    : [`${historiesOf(found.unfollowedHeads)} cannot be followed beyond the last day of this file.`]),
];

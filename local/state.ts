import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalDate } from '../shared/domain/time.js';

/** Grows when what lies in the folder cannot be gone on with: other tables, other ports, another sample. */
export const STATE_VERSION = 3;

/** What one start leaves for the next, and for the `netral` command. */
const State = z.object({
  version: z.literal(STATE_VERSION),
  /** The sample's first day; contest and posts are dated from it. */
  today: LocalDate,
  api: z.url(),
  issuer: z.url(),
  mailbox: z.url(),
  seeded: z.boolean(),
  /** It is played once, and only in a sample that nobody has used yet. */
  walkthrough: z.enum(['due', 'begun', 'over']),
});
export type State = z.infer<typeof State>;

/** The folder holds something that this version cannot go on with; the advice says what to do next. */
export class StateError extends Error {
  override readonly name = 'StateError';

  constructor(
    message: string,
    readonly advice = 'Start over with: npm start -- --fresh',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const FILE = 'stack.json';

/** What a file of the state holds, `null` when there is none. */
export const readKept = <T>(file: string, schema: z.ZodType<T>): T | null => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new StateError(`${file} is damaged`, undefined, { cause });
  }
};

/** Whole or not at all: whatever ends the process, no half of a file is left. */
export const keep = (file: string, content: unknown): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.new`, file);
};

const Versioned = z.object({ version: z.int() });

/** `null` when there is no state yet. */
export const readState = (folder: string): State | null => {
  const file = join(folder, FILE);
  const kept = readKept(file, Versioned);
  if (kept !== null && kept.version !== STATE_VERSION)
    throw new StateError(`${folder} is the state of another version of Netral`);
  return readKept(file, State);
};

export const writeState = (folder: string, state: State): void => {
  mkdirSync(folder, { recursive: true });
  keep(join(folder, FILE), state);
};

/** Everything that a stack writes into its folder. */
const ENTRIES = [
  'dynamodb',
  's3',
  'mailbox.json',
  'mailbox.json.new',
  'netral.log',
  'stack.json.new',
  // Last, so that what was cut off in the middle may be gone on with.
  FILE,
] as const;

const entriesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new StateError(`${folder} is no folder that can be read`, 'Choose another with --folder', {
      cause,
    });
  }
};

/** Deletes a stack's own entries and nothing else, and only from a folder that a stack has been in. */
export const forgetState = (folder: string): void => {
  const entries = entriesOf(folder);
  if (entries.length === 0) return;
  if (!entries.includes(FILE))
    throw new StateError(
      `${folder} has no ${FILE}, so it is not the state of a Netral, and nothing in it was deleted`,
      'Choose another folder with --folder, or empty this one yourself',
    );
  for (const entry of ENTRIES) rmSync(join(folder, entry), { recursive: true, force: true });
  if (entriesOf(folder).length === 0) rmdirSync(folder);
};

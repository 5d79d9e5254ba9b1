import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalDate } from '../shared/domain/time.js';

/** What one start leaves for the next, and for the `netral` command. */
const State = z.object({
  version: z.literal(1),
  /** The sample's first day; contest and posts are dated from it. */
  today: LocalDate,
  api: z.url(),
  issuer: z.url(),
  mailbox: z.url(),
  seeded: z.boolean(),
});
export type State = z.infer<typeof State>;

/** The folder holds something that this version cannot go on with. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

const FILE = 'stack.json';

/** `null` when there is no state yet. */
export const readState = (folder: string): State | null => {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch {
    return null;
  }
  try {
    return State.parse(JSON.parse(text));
  } catch (cause) {
    throw new StateError(`${join(folder, FILE)} is damaged`, { cause });
  }
};

export const writeState = (folder: string, state: State): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), `${JSON.stringify(state, null, 2)}\n`);
};

export const forgetState = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};

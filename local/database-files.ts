import { existsSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';
import { StateError } from './state.js';

const codeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : null;

/** The embedded database dies of damaged or locked files without a word of ours, so they are tried before. */
const tried = async (path: string): Promise<'good' | 'in-use' | 'damaged'> => {
  if (!existsSync(path)) return 'good';
  const files = new ClassicLevel(path);
  try {
    await files.open();
    await files.close();
    return 'good';
  } catch (error) {
    return codeOf(error) === 'LEVEL_LOCKED' ? 'in-use' : 'damaged';
  }
};

export const refuseInUse = async (path: string): Promise<void> => {
  if ((await tried(path)) === 'in-use')
    throw new StateError(`${path} is in use`, 'Another Netral runs on this folder: stop it first');
};

export const refuseDamaged = async (path: string): Promise<void> => {
  if ((await tried(path)) === 'damaged') throw new StateError(`${path} is damaged`);
};

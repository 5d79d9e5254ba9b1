import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Text } from '../domain/fields.js';

const PackFile = z.object({ name: Text, sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export type PackFile = z.infer<typeof PackFile>;

/**
 * A set of packs. Their texts lie beside it under their hash, so that old ones stay and none is ever overwritten; so
 * does what was made of them for those who only use them, which sets of earlier versions do not have.
 */
export const PackList = z.object({
  files: z.array(PackFile),
  /** For the screening. */
  compiled: PackFile.nullable().default(null),
  /** The code and the contests as JSON, for all others: reading YAML takes ten times as long as their whole start. */
  rules: PackFile.nullable().default(null),
});
export type PackList = z.infer<typeof PackList>;

export const COMPILED = 'packs.bin';
export const RULES = 'rules.json';

/** Which set is in use, and which is tried beside it. */
export const LISTS = { active: 'active.json', candidate: 'candidate.json' } as const;

export const keyOf = ({ name, sha256 }: PackFile) => `${sha256}/${name}`;
export const hashOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

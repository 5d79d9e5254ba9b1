import * as z from 'zod';
import type { CodePack } from './code-pack.js';
import { ContestPack } from './rules.js';
import type { Tables } from './tables.js';
import { PackRef } from './verdict.js';

export const CompiledContest = z.strictObject({ pack: ContestPack, ref: PackRef });
export type CompiledContest = z.infer<typeof CompiledContest>;

/** Packs as the screening uses them. Of the languages only what they have put into the tables is left. */
export interface CompiledPacks {
  readonly code: () => CodePack;
  /** Of the code and the languages. */
  readonly refs: () => readonly PackRef[];
  /** The contests by their positions in the packs. */
  readonly contestIds: readonly string[];
  readonly contestAt: (index: number) => CompiledContest | undefined;
  readonly tables: Tables;
}

/** Every pack of the set, the code first. */
export const refsOf = ({ refs, contestIds, contestAt }: CompiledPacks): PackRef[] => [
  ...refs(),
  ...contestIds.flatMap((_, index) => contestAt(index)?.ref ?? []),
];

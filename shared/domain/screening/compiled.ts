import * as z from 'zod';
import { packRef, type Packs } from './packs.js';
import { ContestPack, type CodePack } from './rules.js';
import { tablesOf, type Tables } from './tables.js';
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

/** Tens of milliseconds for the packs of the project, and hundreds for 20,000 terms. */
export const compile = ({ code, languages, contests }: Packs): CompiledPacks => {
  const refs = [code, ...languages].map(packRef);
  const compiled = contests.map((pack) => ({ pack, ref: packRef(pack) }));
  return {
    code: () => code,
    refs: () => refs,
    contestIds: contests.map(({ id }) => id),
    contestAt: (index) => compiled[index],
    tables: tablesOf(languages, contests),
  };
};

/** Every pack of the set, the code first. */
export const refsOf = ({ refs, contestIds, contestAt }: CompiledPacks): PackRef[] => [
  ...refs(),
  ...contestIds.flatMap((_, index) => contestAt(index)?.ref ?? []),
];

import { packRef, type CodePack, type ContestPack, type Packs } from './packs.js';
import { tablesOf, type Tables } from './tables.js';
import type { PackRef } from './verdict.js';

/** Packs as the screening uses them. Of the languages only their tables are left. */
export interface CompiledPacks {
  readonly code: CodePack;
  readonly contests: readonly ContestPack[];
  /** Of the code and the languages, then of the contests in their order. */
  readonly refs: readonly PackRef[];
  readonly contestRefs: readonly PackRef[];
  readonly tables: Tables;
}

export const compile = ({ code, languages, contests }: Packs): CompiledPacks => ({
  code,
  contests,
  refs: [code, ...languages].map(packRef),
  contestRefs: contests.map(packRef),
  tables: tablesOf(languages, contests),
});

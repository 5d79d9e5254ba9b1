import type { CompiledPacks } from './compiled.js';
import { packRef } from './pack-ref.js';
import type { Packs } from './packs.js';
import { tablesOf } from './tables.js';

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

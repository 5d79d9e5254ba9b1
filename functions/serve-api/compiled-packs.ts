import { compile } from '../../shared/domain/screening/compile.js';
import type { CompiledPacks } from '../../shared/domain/screening/compiled.js';
import type { Packs } from '../../shared/domain/screening/packs.js';

const compiled = new WeakMap<Packs, CompiledPacks>();

/** Packs are the very same value until others are published, so they are compiled once. */
export const compiledOf = (packs: Packs): CompiledPacks => {
  const found = compiled.get(packs) ?? compile(packs);
  compiled.set(packs, found);
  return found;
};

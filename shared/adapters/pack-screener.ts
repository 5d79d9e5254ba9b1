import { compileScreener } from '../domain/screening/screen.js';
import type { Packs } from '../domain/screening/packs.js';
import type { Screener } from '../domain/screening/verdict.js';
import type { PackStore } from '../ports.js';

/** The screener of the active packs, compiled anew only when other packs became active. */
export const packScreener = (packs: PackStore): (() => Promise<Screener>) => {
  let compiled: { readonly packs: Packs; readonly screen: Screener } | null = null;
  return async () => {
    const active = await packs.active();
    if (compiled?.packs !== active) compiled = { packs: active, screen: compileScreener(active) };
    return compiled.screen;
  };
};

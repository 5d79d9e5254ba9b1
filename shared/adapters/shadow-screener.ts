import type { Packs } from '../domain/screening/packs.js';
import { compileScreener } from '../domain/screening/screen.js';
import { trialOf, type ShadowScreener } from '../domain/screening/shadow.js';
import type { CandidateStore, PackStore } from '../ports.js';

/**
 * The screener of the candidate packs, compiled anew only when one of the two sets changed; `null` while there is no
 * candidate, or one that is the same as what is in use.
 */
export const shadowScreener = (packs: PackStore & CandidateStore): (() => Promise<ShadowScreener | null>) => {
  let compiled: {
    readonly active: Packs;
    readonly candidate: Packs;
    readonly shadow: ShadowScreener;
  } | null = null;
  return async () => {
    const candidate = await packs.candidate();
    if (candidate === null) {
      compiled = null;
      return null;
    }
    const active = await packs.active();
    if (compiled?.active !== active || compiled.candidate !== candidate) {
      const trial = trialOf(active, candidate);
      compiled = { active, candidate, shadow: { trial, screen: compileScreener(candidate) } };
    }
    const { shadow } = compiled;
    return shadow.trial.active === shadow.trial.candidate ? null : shadow;
  };
};

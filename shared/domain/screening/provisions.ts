import { tierOf, type Stage } from '../calendar/contest.js';
import type { ProvisionId } from '../ids.js';
import type { Act, CodePack } from './code-pack.js';

/**
 * The provisions that acts may touch at a stage, in the order of the code. A stage that is unknown does not
 * decide between the tiers, so both are named.
 */
export const provisionsFor = (code: CodePack, acts: readonly Act[], stage: Stage | null): ProvisionId[] => {
  const touched = new Set(
    acts.flatMap((act) => {
      const { before, after } = code.acts[act];
      if (stage === null) return [...before, ...after];
      return tierOf(stage) === 'ethics' ? before : after;
    }),
  );
  return code.provisions.filter(({ id, indicable }) => indicable && touched.has(id)).map(({ id }) => id);
};

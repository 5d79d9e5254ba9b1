import * as z from 'zod';
import { ITEM } from '../limits.js';
import { keyedHash, type FindingId } from '../ids.js';
import { Finding, type FindingState } from './finding.js';
import { PersonSpan } from './people-in-text.js';
import type { FirstVerdict } from './first-verdict.js';
import {
  hasDecided,
  judgeRefusal,
  moved,
  refused,
  type Circumstances,
  type Party,
  type RefusalReason,
  type Transition,
} from './transition.js';

/** The words again, and nothing of what became of them. */
export const SecondLookView = z.strictObject({
  id: Finding.shape.id,
  postedAt: Finding.shape.postedAt,
  parts: Finding.shape.parts,
  context: Finding.shape.context,
  indication: Finding.shape.indication,
  people: z.array(PersonSpan).max(ITEM),
});
export type SecondLookView = z.infer<typeof SecondLookView>;

/** Only what has ended is looked at again: an opinion given earlier would use up somebody who may have to judge. */
export const ENDED: readonly FindingState[] = ['dismissed', 'confirmed', 'withdrawn'];

/** Whether a finding is in the sample: so many of a hundred, by a keyed hash that nobody can foresee or choose. */
export const isSampled = (hashKey: string, id: FindingId, percent: number): boolean =>
  (100 * parseInt(keyedHash(hashKey, 'second-look', id).slice(0, 8), 16)) / 0x1_0000_0000 < percent;

/** Why this person cannot look at this finding a second time; `null` when they can. */
export const secondLookRefusal = (finding: Finding, party: Party): RefusalReason | null => {
  const refusal = judgeRefusal(finding, party);
  if (refusal !== null) return refusal;
  if (!ENDED.includes(finding.state)) return 'not-in-this-state';
  if (hasDecided(finding, party.person)) return 'second-person-needed';
  return finding.history.some(({ act }) => act === 'second-look') ? 'already-done' : null;
};

/**
 * A second look is a measure of the team's work. It moves nothing: what has ended for a holder stays ended, since nobody
 * should stand twice for one post because a sample fell on it.
 */
export const secondLook = (
  finding: Finding,
  { verdict, words }: { readonly verdict: FirstVerdict; readonly words: string },
  party: Party,
  { at, salt }: Pick<Circumstances, 'at' | 'salt'>,
): Transition => {
  const refusal = secondLookRefusal(finding, party);
  if (refusal !== null) return refused(refusal);
  const actor = { kind: 'person' as const, person: party.person };
  return moved(
    finding,
    { at, actor, act: 'second-look', code: verdict },
    { salt, text: words, files: [] },
    {},
  );
};

import * as z from 'zod';
import { Count, Positive } from '../fields.js';
import { ITEM } from '../limits.js';
import { ProvisionId } from '../ids.js';
import { LocalDate } from '../time.js';
import type { Tally } from './shadow.js';
import { PackRef } from './verdict.js';

const Kind = z.enum(['none', 'indicated', 'undecided']);
const CandidateKind = z.enum([...Kind.options, 'failed']);

/** A tally as people read it. */
export const ShadowCounts = z.strictObject({
  posts: Count,
  /** Posts with the same verdict and, if it is an indication, the same provisions. */
  same: Count,
  verdicts: z.array(z.strictObject({ active: Kind, candidate: CandidateKind, posts: Positive })).max(ITEM),
  provisions: z
    .array(
      z.strictObject({
        provision: ProvisionId,
        both: Count,
        onlyActive: Count,
        onlyCandidate: Count,
      }),
    )
    .max(ITEM),
});
export type ShadowCounts = z.infer<typeof ShadowCounts>;

/** How a trial stands. */
export const ShadowStatus = z.strictObject({
  active: z.array(PackRef).max(ITEM),
  /** `null` while no candidate is tried. */
  candidate: z.array(PackRef).max(ITEM).nullable(),
  /** The first day, in UTC, with counts of these two sets. */
  since: LocalDate.nullable(),
  counts: ShadowCounts,
});
export type ShadowStatus = z.infer<typeof ShadowStatus>;

export const countsOf = (tally: Tally): ShadowCounts => {
  const cells: ReadonlyMap<string, number> = new Map(Object.entries(tally));
  const at = (cell: string): number => cells.get(cell) ?? 0;
  const provisions = new Set([...cells.keys()].flatMap((cell) => cell.match(/^[A-Z]+-\d+(?=:)/) ?? []));
  return {
    posts: at('posts'),
    same: at('same'),
    verdicts: Kind.options.flatMap((active) =>
      CandidateKind.options.flatMap((candidate) => {
        const posts = at(`${active}>${candidate}`);
        return posts === 0 ? [] : [{ active, candidate, posts }];
      }),
    ),
    provisions: [...provisions].sort(inOrder).map((id) => ({
      provision: ProvisionId.parse(id),
      both: at(`${id}:both`),
      onlyActive: at(`${id}:onlyActive`),
      onlyCandidate: at(`${id}:onlyCandidate`),
    })),
  };
};

/** KE before DIS, and 2 before 13. */
const inOrder = (left: string, right: string): number => {
  const [tier, number] = left.split('-');
  const [otherTier, otherNumber] = right.split('-');
  return tier === otherTier ? Number(number) - Number(otherNumber) : tier === 'KE' ? -1 : 1;
};

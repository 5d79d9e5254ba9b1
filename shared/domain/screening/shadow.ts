import * as z from 'zod';
import { Count } from '../fields.js';
import type { ProvisionId } from '../ids.js';
import { sha256 } from '../ids.js';
import { packRef } from './pack-ref.js';
import type { Packs } from './packs.js';
import type { PackRef } from './verdict.js';
import { type Screener, type Verdict } from './verdict.js';

/** Two sets of packs that read the same posts, each by the hash of all that it holds. */
export interface Trial {
  readonly active: string;
  readonly candidate: string;
}

/** A candidate set of packs, compiled, in its trial against the set that is in use. */
export interface ShadowScreener {
  readonly trial: Trial;
  readonly screen: Screener;
}

/** Every pack of a set, the code first. */
export const packRefs = ({ code, languages, contests }: Packs): PackRef[] =>
  [code, ...languages, ...contests].map(packRef);

const setHash = (refs: readonly PackRef[]): string => sha256('packs', ...refs.map(({ hash }) => hash));

/** Of two sets by the refs of all their packs. */
export const trialOf = (active: readonly PackRef[], candidate: readonly PackRef[]): Trial => ({
  active: setHash(active),
  candidate: setHash(candidate),
});

/** What of a post may be counted: how two verdicts relate. Nothing of its text, of whose it is, or of which it is. */
const Cell = z
  .string()
  .regex(
    /^(posts|same|(none|indicated|undecided)>(none|indicated|undecided|failed)|(KE|DIS)-\d+:(both|onlyActive|onlyCandidate))$/,
  );

/** Counts by cell: `posts`, `same`, `none>indicated`, `DIS-2:onlyCandidate`. */
export const Tally = z.record(Cell, Count);
export type Tally = z.infer<typeof Tally>;

const provisionsOf = (verdict: Verdict | null): readonly ProvisionId[] =>
  verdict?.kind === 'indicated' ? verdict.provisions : [];

const cellsOf = (active: Verdict, candidate: Verdict | null): string[] => {
  const [before, after] = [provisionsOf(active), provisionsOf(candidate)];
  const both = before.filter((id) => after.includes(id));
  const same = active.kind === candidate?.kind && new Set([...before, ...after]).size === both.length;
  return [
    'posts',
    ...(same ? ['same'] : []),
    `${active.kind}>${candidate?.kind ?? 'failed'}`,
    ...both.map((id) => `${id}:both`),
    ...before.filter((id) => !both.includes(id)).map((id) => `${id}:onlyActive`),
    ...after.filter((id) => !both.includes(id)).map((id) => `${id}:onlyCandidate`),
  ];
};

const sumOf = (counted: readonly (readonly [cell: string, count: number])[]): Tally => {
  const sums = new Map<string, number>();
  for (const [cell, count] of counted) sums.set(cell, (sums.get(cell) ?? 0) + count);
  return Tally.parse(Object.fromEntries(sums));
};

/** Counts how the verdicts of two sets of packs relate, post by post; `null` is a candidate that failed on a post. */
export const tallyOf = (
  pairs: readonly { readonly active: Verdict; readonly candidate: Verdict | null }[],
): Tally =>
  sumOf(
    pairs.flatMap(({ active, candidate }) => cellsOf(active, candidate).map((cell) => [cell, 1] as const)),
  );

export const totalOf = (tallies: readonly Tally[]): Tally => sumOf(tallies.flatMap(Object.entries));

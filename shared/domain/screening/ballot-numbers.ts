import type { Named, Of } from './names.js';
import type { Act } from './code-pack.js';
import { NUMBER, type Token } from './tokens.js';

/** The acts whose words make a number after *nomor* a ballot number. */
export const POINTS_AT_NUMBERS: ReadonlySet<Act> = new Set<Act>([
  'vote',
  'support',
  'oppose',
  'pressure',
  'collecting',
]);

/**
 * Ballot numbers: only beside words that make them one, never for their own sake. `free` are the numbers that no
 * name and no phrase has used.
 */
export const ballotNumbers = ({
  tokens,
  cues,
  acts,
  free,
  inElection,
  sideOf,
}: {
  readonly tokens: readonly Token[];
  readonly cues: readonly Of<'cue'>[];
  readonly acts: readonly Of<'act'>[];
  readonly free: (index: number) => boolean;
  readonly inElection: boolean;
  readonly sideOf: (number: number) => number | undefined;
}): Named[] => {
  const endsWith = (cue: string): Set<number> =>
    new Set(cues.filter(({ meaning }) => meaning.cue === cue).map(({ to }) => to));
  const introduced = endsWith('introducer');
  const numbered = endsWith('numbered');
  const counted = new Set(cues.filter(({ meaning }) => meaning.cue === 'counted').map(({ from }) => from));
  const introducerStart = new Map(
    cues.filter(({ meaning }) => meaning.cue === 'introducer').map(({ from, to }) => [to, from]),
  );
  const pointing = acts.filter(({ meaning }) => POINTS_AT_NUMBERS.has(meaning.act));
  const sentences = new Set(pointing.map(({ from }) => tokens[from]?.sentence));
  const clauses = new Set(pointing.map(({ from }) => tokens[from]?.clause));
  return tokens.flatMap((token, index) => {
    if (token.key !== NUMBER || token.value === null || !free(index)) return [];
    const side = sideOf(token.value);
    const namesOther = numbered.has(index) || numbered.has(introducerStart.get(index) ?? index);
    if (side === undefined || namesOther || counted.has(index + 1)) return [];
    const isIntroduced = introduced.has(index);
    // *Nomor satu* in words is mostly praise, so it takes a call in its own clause.
    const spokenOf = token.word ? clauses.has(token.clause) : inElection || sentences.has(token.sentence);
    if (!spokenOf || (token.glued && !isIntroduced)) return [];
    if (!isIntroduced && !token.ballotLike) return [];
    return [{ from: index, to: index + 1, side, rule: 'ballot-number' as const }];
  });
};

import * as z from 'zod';
import { Month, TEAM, type CountRow } from './counts.js';
import { Kappa, kappaOf } from './kappa.js';
import { Share, share } from './wilson.js';

/** How well the team agrees with itself, from looks that neither knew of the other's. */
export const Quality = z.strictObject({
  from: Month,
  to: Month,
  /** First looks that were looked at a second time, by what each would have done. */
  looks: z.strictObject({
    bothDismiss: z.int(),
    bothPursue: z.int(),
    onlyFirstDismisses: z.int(),
    onlySecondDismisses: z.int(),
  }),
  /** Of the dismissals among them, the share that the second would have pursued. */
  doubtedDismissals: Share,
  /** Of the others, the share that the second would have dismissed. */
  doubtedQuestions: Share,
  agreement: Kappa,
  /**
   * The share of answers to invented items that were the expected ones, of the team in the last twelve months, whatever
   * months were asked for; `null` while it could be somebody's.
   */
  golden: Share.nullable(),
});
export type Quality = z.infer<typeof Quality>;

/** Fewer answers say nothing, and of fewer people each could be told from the others. */
const FEWEST_ANSWERS = 5;
const FEWEST_PEOPLE = 3;

/** From the counts of a time that nobody chose, in which so many people have answered. */
export const goldenOf = (rows: readonly CountRow[], people: number): Quality['golden'] => {
  const row = rows.find(({ dimension, value }) => dimension === 'golden' && value === TEAM);
  const { 'golden-agreed': agreed = 0, 'golden-differed': differed = 0 } = row?.events ?? {};
  const answers = agreed + differed;
  return answers < FEWEST_ANSWERS || people < FEWEST_PEOPLE ? null : share(agreed, answers);
};

export const qualityOf = (
  rows: readonly CountRow[],
  period: Pick<Quality, 'from' | 'to'>,
  golden: Quality['golden'],
): Quality => {
  const count = (value: string): number =>
    rows.find((row) => row.dimension === 'agreement' && row.value === value)?.events['second-look'] ?? 0;
  const looks = {
    bothDismiss: count('dismiss/dismiss'),
    bothPursue: count('pursue/pursue'),
    onlyFirstDismisses: count('dismiss/pursue'),
    onlySecondDismisses: count('pursue/dismiss'),
  };
  const { bothDismiss, bothPursue, onlyFirstDismisses, onlySecondDismisses } = looks;
  return {
    ...period,
    looks,
    doubtedDismissals: share(onlyFirstDismisses, bothDismiss + onlyFirstDismisses),
    doubtedQuestions: share(onlySecondDismisses, bothPursue + onlySecondDismisses),
    agreement: kappaOf([
      [bothDismiss, onlyFirstDismisses],
      [onlySecondDismisses, bothPursue],
    ]),
    golden,
  };
};

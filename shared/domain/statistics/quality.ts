import * as z from 'zod';
import { Month, type CountRow } from './counts.js';
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
});
export type Quality = z.infer<typeof Quality>;

export const qualityOf = (rows: readonly CountRow[], period: Pick<Quality, 'from' | 'to'>): Quality => {
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
  };
};

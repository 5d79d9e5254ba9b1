import * as z from 'zod';
import { ANSWER, LINE } from '../limits.js';
import { ProvisionId } from '../ids.js';
import { Month, TEAM, type CountRow, type Events } from './counts.js';
import { Kappa, kappaOf } from './kappa.js';
import { Share, share } from './wilson.js';

/** The share of answers that were the expected ones, by the provision or the rule that led to the item. */
const GoldenShare = z.strictObject({ value: z.string().max(LINE), agreed: Share });

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
  /** Answers to invented items, of the team as a whole and of nobody; `null` while they could be somebody's. */
  golden: z
    .strictObject({
      team: Share,
      provisions: z.array(GoldenShare).max(ANSWER),
      rules: z.array(GoldenShare).max(ANSWER),
      /** Provisions and rules with too few answers to be told. */
      untold: z.int(),
    })
    .nullable(),
});
export type Quality = z.infer<typeof Quality>;

/** Fewer answers say nothing of a provision, and fewer people could be told from each other. */
const FEWEST_ANSWERS = 5;
const FEWEST_PEOPLE = 3;

const agreedIn = ({ 'golden-agreed': agreed = 0, 'golden-differed': differed = 0 }: Events): Share =>
  share(agreed, agreed + differed);

const goldenOf = (rows: readonly CountRow[], people: number): Quality['golden'] => {
  const all = rows
    .filter(({ dimension }) => dimension === 'golden')
    .map(({ value, events }) => ({ value, agreed: agreedIn(events) }))
    .sort((left, right) => (left.value < right.value ? -1 : 1));
  const told = all.filter(({ agreed }) => agreed.n >= FEWEST_ANSWERS);
  const team = told.find(({ value }) => value === TEAM);
  if (team === undefined || people < FEWEST_PEOPLE) return null;
  const parts = told.filter(({ value }) => value !== TEAM);
  const isProvision = ({ value }: { readonly value: string }): boolean =>
    ProvisionId.safeParse(value).success;
  return {
    team: team.agreed,
    provisions: parts.filter(isProvision),
    rules: parts.filter((part) => !isProvision(part)),
    untold: all.length - told.length,
  };
};

export const qualityOf = (
  rows: readonly CountRow[],
  period: Pick<Quality, 'from' | 'to'>,
  /** How many have answered invented items. */
  people: number,
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
    golden: goldenOf(rows, people),
  };
};

import * as z from 'zod';
import { ANSWER, LINE } from '../limits.js';
import { Events, Month, type CountRow, type Dimension } from './counts.js';
import { suppressed } from './suppress.js';
import { Share, share } from './wilson.js';

const Breakdown = z.array(z.strictObject({ value: z.string().max(LINE), events: Events })).max(ANSWER);

/** Groups of which those that are too small are told as one. */
const Groups = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        group: z.string().max(LINE),
        looked: z.int(),
        outcome: z.strictObject({ dismissed: z.int(), referred: z.int() }).nullable(),
      }),
    )
    .max(ANSWER),
  others: z.strictObject({ groups: z.int(), looked: z.int() }),
});

/** What happened, and to nobody in particular. */
export const Statistics = z.strictObject({
  from: Month,
  to: Month,
  /** Of findings by what people did; those counted under `indicate` and nothing else still wait. */
  events: Events,
  provisions: Breakdown,
  networks: Breakdown,
  stages: Breakdown,
  /** How long acts took from the state before, in days. */
  days: Breakdown,
  units: Groups,
  /** By the language whose words led to the indication; small ones could be somebody’s. */
  languages: Groups,
  /** Of the objections that were judged, the share that led to a withdrawal. */
  overturned: Share,
});
export type Statistics = z.infer<typeof Statistics>;

export const statisticsOf = (
  rows: readonly CountRow[],
  period: Pick<Statistics, 'from' | 'to'>,
): Statistics => {
  const by = (dimension: Dimension) => rows.filter((row) => row.dimension === dimension);
  const breakdown = (dimension: Dimension) =>
    by(dimension)
      .map(({ value, events }) => ({ value, events }))
      .sort((left, right) => (left.value < right.value ? -1 : 1));
  const events = by('all')[0]?.events ?? {};
  const { confirm = 0, withdraw = 0 } = events;
  const grouped = (dimension: Dimension): Statistics['units'] => {
    const { groups, others } = suppressed(by(dimension));
    return { groups: [...groups], others };
  };
  return {
    ...period,
    events,
    provisions: breakdown('provision'),
    networks: breakdown('network'),
    stages: breakdown('stage'),
    days: breakdown('days'),
    units: grouped('unit'),
    languages: grouped('language'),
    overturned: share(withdraw, confirm + withdraw),
  };
};

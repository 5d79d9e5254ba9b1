import type { Stage } from '../calendar/contest.js';
import { millisecondsBetween, milliseconds, type Instant } from '../time.js';
import type { Finding } from './finding.js';

/** The closer to the vote, the sooner a mistake hurts somebody: the contestants, or whoever was wrongly suspected. */
const STAGES: readonly (Stage | null)[] = [
  'voting',
  'quiet',
  'campaign',
  'designation',
  'prospective',
  'pre-nomination',
  'aftermath',
  null,
];

/** A report has seven days from the day that the matter was known; the last two of them come before all else. */
const PRESSES_AFTER = milliseconds({ days: 5 });

type Item = Pick<Finding, 'id' | 'foundAt' | 'stateSince' | 'state' | 'indication'>;

const rankOf = ({ foundAt, stateSince, state, indication, id }: Item, at: Instant) =>
  [
    millisecondsBetween(foundAt, at) >= PRESSES_AFTER ? 0 : 1,
    STAGES.indexOf(indication.stage),
    // Whoever has been asked already waits for an answer.
    state === 'indicated' ? 1 : 0,
    stateSince,
    id,
  ] as const;

/** Items in the order in which they are handed out: by clock, by stage of the contest, then the longest waiting. */
export const inWorkOrder = <Work extends Item>(items: readonly Work[], at: Instant): Work[] =>
  items
    .map((item) => ({ item, rank: rankOf(item, at) }))
    .sort((left, right) => {
      for (const [index, one] of left.rank.entries()) {
        const other = right.rank[index];
        if (other === undefined || one === other) continue;
        return one < other ? -1 : 1;
      }
      return 0;
    })
    .map(({ item }) => item);

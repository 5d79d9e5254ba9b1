import type { Finding } from '../../shared/domain/review/finding.js';
import type { HistoryEntry } from '../../shared/domain/review/history.js';
import { milliseconds, millisecondsBetween } from '../../shared/domain/time.js';

const byWhom = (entry: HistoryEntry | undefined): string | null =>
  entry?.actor.kind === 'person' ? entry.actor.person : null;

/**
 * What a history breaks of what nobody may do to a person: no referral without two different analysts and the holder's
 * time to answer between them, no judgement of an objection by either of the two. `null` for a history that holds.
 * Written from the rules, not from the code that keeps them.
 */
export const reviewFault = ({ history }: Pick<Finding, 'history'>, skewMinutes: number): string | null => {
  const place = (act: HistoryEntry['act']): number => history.findIndex((entry) => entry.act === act);
  const referred = place('refer');
  if (referred === -1) return null;
  const asked = place('clarify');
  const heard = history.findIndex(
    ({ act }, index) => index > asked && (act === 'answer' || act === 'close-window'),
  );
  if (asked === -1 || asked > referred) return 'it was referred, and the holder was never asked';
  if (heard === -1 || heard > referred)
    return 'it was referred before the holder was heard or their time was over';
  const closed = history[heard];
  if (closed?.act === 'close-window') {
    const told = history.findLast(({ act }, index) => act === 'notify' && index < heard);
    if (told === undefined) return 'the holder’s time was over before it began';
    // The day of the mail does not count, so a window of one working day is never shorter than a day.
    const least = milliseconds({ days: 1 }) - milliseconds({ minutes: 2 * skewMinutes });
    if (millisecondsBetween(told.at, closed.at) < least) return 'the holder’s time was cut short';
  }
  const [first, second] = [byWhom(history[asked]), byWhom(history[referred])];
  if (first === null || second === null || first === second) return 'one person alone referred it';
  const judged = history.find(({ act }) => act === 'confirm' || act === 'withdraw');
  const third = byWhom(judged);
  if (judged !== undefined && (place('object') === -1 || third === first || third === second))
    return 'the objection was judged by somebody who had decided before';
  return null;
};

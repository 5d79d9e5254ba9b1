import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type { SideReader } from '../../shared/domain/screening/sides.js';
import { countsOfIndication, monthOf, type Count } from '../../shared/domain/statistics/counts.js';
import type { Clock, CountStore, Report } from '../../shared/ports.js';
import type { Classified } from './classify-posts.js';

interface CountSidesDeps {
  readonly sides: () => Promise<SideReader>;
  readonly counts: Pick<CountStore, 'add'>;
  readonly now: Clock;
  readonly report: Report;
}

/**
 * Counts the posts that name one side, and the indications that were made, so that both can be compared. Which post names
 * whom is forgotten at once. Whatever goes wrong is reported and goes no further.
 */
export const countSides =
  ({ sides, counts, now, report }: CountSidesDeps) =>
  async ({ contests }: Pick<PostBundle, 'contests'>, screened: readonly Classified[]): Promise<void> => {
    if (screened.length === 0) return;
    try {
      const sideOf = await sides();
      const counted = screened.flatMap(({ input, created }): Count[] => [
        ...contests
          .map((contest) => sideOf(input, contest))
          .filter((side) => side.includes('/'))
          .map((value): Count => ({ dimension: 'side', value, event: 'post' })),
        ...(created === null ? [] : countsOfIndication(created, sideOf(created, created.indication.contest))),
      ]);
      if (counted.length > 0) await counts.add(monthOf(now()), counted);
    } catch (error) {
      report('count-failed', {
        posts: screened.length,
        error: error instanceof Error ? error.name : 'unknown',
      });
    }
  };

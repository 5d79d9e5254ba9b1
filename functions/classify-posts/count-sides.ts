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
 * whom is forgotten at once: what is `note`d waits as numbers, and `store` adds those of a whole batch together. Whatever
 * goes wrong is reported and goes no further.
 */
export const countSides = ({ sides, counts, now, report }: CountSidesDeps) => {
  let waiting: Count[] = [];

  const reporting = async (
    lost: Readonly<Record<string, number>>,
    work: () => Promise<void>,
  ): Promise<void> => {
    try {
      await work();
    } catch (error) {
      report('count-failed', { ...lost, error: error instanceof Error ? error.name : 'unknown' });
    }
  };

  return {
    note: async (screened: readonly Classified[]): Promise<void> => {
      if (screened.length === 0) return;
      await reporting({ posts: screened.length }, async () => {
        const sideOf = await sides();
        waiting.push(
          ...screened.flatMap(({ input, created }): Count[] => [
            ...input.contests
              .map((contest) => ({ contest, value: sideOf(input, contest) }))
              .filter(({ value }) => value.includes('/'))
              .map((named): Count => ({ ...named, dimension: 'side', event: 'post' })),
            ...(created === null
              ? []
              : countsOfIndication(created, sideOf(created, created.indication.contest))),
          ]),
        );
      });
    },
    store: async (): Promise<void> => {
      const counted = waiting;
      waiting = [];
      if (counted.length > 0)
        await reporting({ counts: counted.length }, () => counts.add(monthOf(now()), counted));
    },
  };
};

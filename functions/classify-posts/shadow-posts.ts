import { tallyOf, type ShadowScreener } from '../../shared/domain/screening/shadow.js';
import type { ScreenInput, Verdict } from '../../shared/domain/screening/verdict.js';
import { LocalDate } from '../../shared/domain/time.js';
import type { Clock, Report, ShadowStore } from '../../shared/ports.js';

/** What the screening saw of a post, and its verdict by the packs in use. */
export interface Screened {
  readonly input: ScreenInput;
  readonly verdict: Verdict;
}

interface ShadowPostsDeps {
  /** `null` while no other set of packs is tried. */
  readonly screener: () => Promise<ShadowScreener | null>;
  readonly counts: Pick<ShadowStore, 'add'>;
  readonly now: Clock;
  readonly report: Report;
}

const verdictBy = ({ screen }: ShadowScreener, input: ScreenInput): Verdict | null => {
  try {
    return screen(input);
  } catch {
    return null;
  }
};

/**
 * Screens posts once more by the candidate packs and counts how the verdicts relate; the candidate's own verdicts are
 * forgotten at once. Whatever goes wrong is reported and goes no further: a trial must not touch what is in use.
 */
export const shadowPosts =
  ({ screener, counts, now, report }: ShadowPostsDeps) =>
  async (screened: readonly Screened[]): Promise<void> => {
    if (screened.length === 0) return;
    try {
      const shadow = await screener();
      if (shadow === null) return;
      const tally = tallyOf(
        screened.map(({ input, verdict }) => ({ active: verdict, candidate: verdictBy(shadow, input) })),
      );
      await counts.add(shadow.trial, LocalDate.parse(now().slice(0, 10)), tally);
    } catch (error) {
      report('shadow-failed', {
        posts: screened.length,
        error: error instanceof Error ? error.name : 'unknown',
      });
    }
  };

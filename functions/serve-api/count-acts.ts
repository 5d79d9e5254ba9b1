import type { Finding } from '../../shared/domain/review/finding.js';
import type { Sighting } from '../../shared/domain/review/views.js';
import type { Packs } from '../../shared/domain/screening/packs.js';
import { sideReaderOf, type SideReader } from '../../shared/domain/screening/sides.js';
import { countsOfAct, monthOf } from '../../shared/domain/statistics/counts.js';
import type { ApiDeps } from './api.js';
import { compiledOf } from './compiled-packs.js';

const readers = new WeakMap<Packs, SideReader>();

const readerOf = (packs: Packs): SideReader => {
  const reader = readers.get(packs) ?? sideReaderOf(compiledOf(packs));
  readers.set(packs, reader);
  return reader;
};

export type CountDeps = Pick<ApiDeps, 'packs' | 'counts' | 'report'>;

/**
 * Counts an act that was kept, by what it concerned and by the side that the text names, which is read from the text for
 * this moment and stored nowhere. A count that fails is reported and keeps nothing from being done.
 */
export const countActs =
  ({ packs, counts, report }: CountDeps) =>
  async ({ finding, holder }: Sighting, after: Finding): Promise<void> => {
    try {
      const side = readerOf(await packs.whole())(finding, finding.indication.contest);
      const counted = countsOfAct(finding, after, { holder, side });
      if (counted.length > 0) await counts.add(monthOf(finding.foundAt), counted);
    } catch (error) {
      report('count-failed', { counts: 1, error: error instanceof Error ? error.name : 'unknown' });
    }
  };

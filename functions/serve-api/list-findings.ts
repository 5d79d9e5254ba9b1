import { matches } from '../../shared/adapters/finding-filter.js';
import { findingCursor } from '../../shared/adapters/page-cursor.js';
import { sealedCursors } from '../../shared/adapters/sealed-cursors.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { waitingIn } from '../../shared/domain/review/golden.js';
import { summaryOf, type FindingSummary } from '../../shared/domain/review/views.js';
import type { FindingQuery, Page } from '../../shared/ports.js';
import type { ApiDeps } from './api.js';
import { drillsOf } from './drills.js';
import { sightingsOf, type SightDeps } from './sightings.js';

const PER_READ = 100;
const MOST_READS = 10;

type Place = Pick<Finding, 'foundAt' | 'id'>;
const orderOf = ({ foundAt, id }: Place): string => `${foundAt}#${id}`;

const after = ({ foundAt, id }: Place): string => findingCursor.write({ foundAt, id });

/**
 * A page of what this analyst may see. It is filled past what they may not see, ends at a finding that they see, and
 * goes on only if they see another: a page is the same whether or not there is something on themself. Only where a
 * thousand findings in a row are not theirs to see does a page end short of its limit.
 */
export const listFindings =
  (deps: SightDeps & Pick<ApiDeps, 'findings' | 'golden'>) =>
  async (caller: Caller, { limit, cursor, ...filter }: FindingQuery): Promise<Page<FindingSummary>> => {
    const cursors = sealedCursors(await deps.agency.hashKey());
    const sighted = sightingsOf(deps);
    const seen: Finding[] = [];
    const start = cursor === null ? null : cursors.open(cursor);
    let next = start;
    let reads = 0;
    do {
      const page: Page<Finding> = await deps.findings.list({ ...filter, limit: PER_READ, cursor: next });
      for (const { finding, view } of await sighted(caller, page.items))
        if (view.view === 'blind' || view.view === 'analyst') seen.push(finding);
      next = page.next;
      reads += 1;
    } while (next !== null && seen.length <= limit && reads < MOST_READS);
    // An item with a known answer stands in its place too: one that was in no list would be told by that.
    const drill = waitingIn(await drillsOf(deps)(caller));
    const isIn = (place: Finding): boolean =>
      (start === null || orderOf(place) < orderOf(findingCursor.read(start))) &&
      (next === null || orderOf(place) > orderOf(findingCursor.read(next)));
    if (drill !== null && matches(filter)(drill) && isIn(drill)) {
      seen.push(drill);
      seen.sort((left, right) => (orderOf(left) < orderOf(right) ? 1 : -1));
    }
    const items = seen.slice(0, limit);
    const last = items.at(-1);
    if (seen.length > limit && last !== undefined) next = after(last);
    return { items: items.map(summaryOf), next: next === null ? null : cursors.seal(next) };
  };

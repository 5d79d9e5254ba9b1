import { isActive } from '../../shared/domain/calendar/contest.js';
import type { FindingId } from '../../shared/domain/ids.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { drillView } from '../../shared/domain/review/drill-view.js';
import {
  afterAct,
  drawn,
  dressed,
  inputOf,
  isDue,
  lastingDrills,
  noDrills,
  waitingIn,
  withDrill,
  type Drills,
} from '../../shared/domain/review/golden.js';
import { FindingView } from '../../shared/domain/review/views.js';
import { contestantWords } from '../../shared/domain/screening/contestant-words.js';
import { screenerOf } from '../../shared/domain/screening/screen.js';
import { monthOf } from '../../shared/domain/statistics/counts.js';
import { countsOfDrill } from '../../shared/domain/statistics/drill-counts.js';
import type { ApiDeps } from './api.js';
import { compiledOf } from './compiled-packs.js';
import type { Matter } from './matter.js';

export type DrillDeps = Pick<ApiDeps, 'golden' | 'agency' | 'packs' | 'counts' | 'salt' | 'now' | 'report'>;

/** What an analyst was shown of the items with known answers, as far as it lasts. */
export const drillsOf =
  ({ golden, now }: Pick<DrillDeps, 'golden' | 'now'>) =>
  async ({ person }: Caller): Promise<Drills | null> => {
    const drills = await golden.drillsOf(person.id);
    return drills === null ? null : lastingDrills(drills, now());
  };

const counted = async ({ counts, now, report }: DrillDeps, before: Drills, after: Drills): Promise<void> => {
  try {
    const events = countsOfDrill(before.current, after.current);
    if (events.length > 0) await counts.add(monthOf(now()), events);
  } catch (error) {
    report('count-failed', { counts: 1, error: error instanceof Error ? error.name : 'unknown' });
  }
};

/** An item with a known answer as the matter that its analyst takes it for; `null` where this is none of theirs. */
export const drillMatter =
  (deps: DrillDeps) =>
  async (caller: Caller, id: FindingId): Promise<Matter | null> => {
    const drills = await drillsOf(deps)(caller);
    if (drills?.current?.finding.id !== id) return null;
    const [agency, { contests }] = await Promise.all([deps.agency.read(), deps.packs.active()]);
    if (agency === null) throw new Error('There are items but no agency');
    const { finding } = drills.current;
    const { person, roles } = caller;
    const contest = contests.find((one) => one.id === finding.indication.contest);
    const around = {
      party: { person: person.id, roles, isHolder: false, isSupervisor: false, conflict: null },
      holder: { name: '', unit: '', roles: [] },
      at: deps.now(),
      timeZone: agency.timeZone,
      contestants: contest === undefined ? [] : contestantWords(contest),
    };
    const viewIn = ({ current }: Drills): FindingView | null =>
      current === null ? null : drillView(current, around);
    const view = viewIn(drills);
    if (view === null) return null;
    return {
      ...around,
      finding,
      view,
      viewAfter: (changed) => viewIn(afterAct(drills, changed)),
      // It is nobody's, so no look at it is on record. The schema puts the fields in the order of every answer.
      handOut: (seen) => Promise.resolve(FindingView.parse(seen)),
      keep: async (changed) => {
        const after = afterAct(drills, changed);
        const outcome = await deps.golden.saveDrills({ ...after, revision: drills.revision + 1 });
        if (outcome === 'saved') await counted(deps, drills, after);
        return outcome;
      },
    };
  };

/**
 * Now and then, an item with a known answer to come before the real one that is next. It is screened as a post is, at
 * about the real one's time, so it looks as the screening would have made it; one that the packs no longer indicate
 * cannot come.
 */
export const drawDrill =
  (deps: DrillDeps) =>
  async ({ person }: Caller, kept: Drills | null, next: Finding): Promise<Finding | null> => {
    const [agency, chance] = [await deps.agency.read(), deps.salt()];
    if (agency === null || waitingIn(kept) !== null || !isDue(agency.review.goldenPercent, chance))
      return null;
    const set = await deps.golden.set();
    if (set === null) return null;
    const packs = await deps.packs.whole();
    const drills = kept ?? noDrills(person.id);
    const contests = packs.contests.filter((contest) => isActive(contest, next.postedAt)).map(({ id }) => id);
    const item = drawn(set, drills, contests, chance);
    if (item === null) return null;
    const input = inputOf(item, next, chance);
    const verdict = screenerOf(compiledOf(packs))(input);
    // Posted a little earlier, it may fall before the contest.
    if (verdict.kind !== 'indicated' || verdict.stage === null) return null;
    const finding = dressed(input, verdict, next, chance);
    const after = withDrill(drills, item, finding, deps.now());
    const outcome = await deps.golden.saveDrills({ ...after, revision: drills.revision + 1 });
    return outcome === 'saved' ? finding : null;
  };

import { resultOf, type Drills } from './golden.js';
import { viewOf, type FindingView, type Sighting } from './views.js';

/** What its analyst sees: the same as of a real one before the first decision, and after their own what it was. */
export const drillView = (
  current: NonNullable<Drills['current']>,
  sighting: Omit<Sighting, 'finding'>,
): FindingView | null => {
  const { finding } = current;
  const { history } = finding;
  const unasked = { ...finding, history: history.filter(({ act }) => act !== 'clarify') };
  const view = viewOf({ ...sighting, finding: unasked });
  if (view?.view !== 'blind') return null;
  return {
    ...view,
    state: finding.state,
    revision: history.at(-1)?.sequence ?? 0,
    golden: resultOf(current),
  };
};

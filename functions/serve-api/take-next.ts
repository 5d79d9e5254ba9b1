import type { Caller } from '../../shared/domain/registry/supervision.js';
import { deskActs } from '../../shared/domain/review/desk-acts.js';
import { isOnHold, leaseAt } from '../../shared/domain/review/desk.js';
import type { Finding, OpenState } from '../../shared/domain/review/finding.js';
import { waitingIn } from '../../shared/domain/review/golden.js';
import type { FindingView } from '../../shared/domain/review/views.js';
import { inWorkOrder } from '../../shared/domain/review/work-order.js';
import { actOnFinding, circumstancesOf, type ActDeps } from './act-on-finding.js';
import { drawDrill, drillMatter, drillsOf } from './drills.js';
import { ProblemError } from './problem.js';
import { standingsTo } from './sightings.js';

/** What waits for an analyst; while a holder's window runs there is nothing to do. */
const WAITING: readonly OpenState[] = ['objected', 'deciding', 'indicated'];

/** The oldest so many of each state are put in order; more are read only if none of them is to be had. */
const WINDOW = 100;
const MOST_WINDOWS = 10;

/** Others take items at the same moment; after so many lost races the caller asks again. */
const MOST_RACES = 20;

/**
 * Gives an analyst the item that they have, or else the next one: nobody picks what, or whom, they judge. A repeat
 * therefore answers with the same item.
 */
export const takeNext =
  (deps: ActDeps) =>
  async (caller: Caller): Promise<FindingView | null> => {
    const around = await circumstancesOf(deps);
    const { at } = around;
    const drills = await drillsOf(deps)(caller);
    const waiting = waitingIn(drills);
    const drill = waiting === null ? null : await drillMatter(deps)(caller, waiting.id);
    const last = new Map<OpenState, Finding | null>();
    for (let windows = 0; windows < MOST_WINDOWS; windows += 1) {
      const pages = await Promise.all(
        WAITING.map(async (state) => {
          const after = last.get(state);
          if (after === null) return [];
          const page = await deps.findings.inState(state, WINDOW, after);
          last.set(state, page.length < WINDOW ? null : (page.at(-1) ?? null));
          return page;
        }),
      );
      const standings = await standingsTo(deps)(caller, pages.flat());
      const free = [...standings, ...(windows === 0 && drill !== null ? [drill] : [])].filter(
        ({ finding, party }) =>
          !isOnHold(finding.desk, at) && deskActs(finding, { kind: 'take' }, party, around).kind === 'moved',
      );
      const isMine = ({ desk }: Finding): boolean => leaseAt(desk, at)?.analyst === caller.person.id;
      const findings = free.map(({ finding }) => finding);
      const order = [
        ...findings.filter(isMine),
        ...inWorkOrder(
          findings.filter((one) => !isMine(one)),
          at,
        ),
      ];
      const [first] = order;
      if (windows === 0 && first?.state === 'indicated' && !isMine(first))
        order.unshift(...[await drawDrill(deps)(caller, drills, first)].filter((one) => one !== null));
      for (const { id } of order.slice(0, MOST_RACES)) {
        const taken = await taking(deps, caller, id);
        if (taken !== null) return taken;
      }
      if ([...last.values()].every((after) => after === null)) break;
    }
    return null;
  };

/** `null` where somebody else was faster, or the item moved on. */
const taking = async (deps: ActDeps, caller: Caller, id: Finding['id']): Promise<FindingView | null> => {
  try {
    return await actOnFinding(deps)({ caller, id, act: { kind: 'take' }, expected: null, key: null });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status !== 500) return null;
    throw error;
  }
};

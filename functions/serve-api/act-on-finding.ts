import type { FindingId } from '../../shared/domain/ids.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { PersonAct } from '../../shared/domain/review/acts.js';
import { personActs, type RefusalReason } from '../../shared/domain/review/transition.js';
import { FindingView, viewOf } from '../../shared/domain/review/views.js';
import type { ApiDeps } from './api.js';
import { ProblemError } from './problem.js';
import { sightingsOf, type Seen } from './sightings.js';

type ReadDeps = Pick<ApiDeps, 'agency' | 'findings' | 'accounts' | 'people' | 'record' | 'now'>;
type ActDeps = ReadDeps & Pick<ApiDeps, 'salt'>;

const seenBy = async (caller: Caller, id: FindingId, deps: ReadDeps): Promise<Seen> => {
  const finding = await deps.findings.byId(id);
  const [seen] = finding === null ? [] : await sightingsOf(deps)(caller, [finding]);
  if (seen === undefined) throw new ProblemError('not-found');
  return seen;
};

/** Every look at a finding is on record before anything of it is answered. */
const handedOut = async (caller: Caller, view: FindingView, deps: ReadDeps): Promise<FindingView> => {
  await deps.record.append({ kind: 'read', at: deps.now(), person: caller.person.id, finding: view.id });
  return FindingView.parse(view);
};

/** One finding as this caller may see it. */
export const readFinding =
  (deps: ReadDeps) =>
  async (caller: Caller, id: FindingId): Promise<FindingView> =>
    handedOut(caller, (await seenBy(caller, id, deps)).view, deps);

const REFUSED = {
  'own-finding': 'Nobody decides on a post of their own.',
  'own-staff': 'Nobody decides on a post of their own staff.',
  'second-person-needed': 'You have decided on this finding before; the next decision is another person’s.',
  'not-in-this-state': 'This act does not belong to the state that the finding is in.',
  'window-still-open': 'The holder’s time to answer is not over.',
  'already-done': 'This was done before.',
} as const satisfies Record<Exclude<RefusalReason, 'not-yours' | 'role-missing'>, string>;

const refusal = (reason: RefusalReason): ProblemError => {
  switch (reason) {
    // Whose a finding is not to act on in this way learns nothing from trying.
    case 'not-yours':
    case 'role-missing':
      return new ProblemError('not-found');
    case 'own-finding':
    case 'own-staff':
      return new ProblemError('not-allowed', { detail: REFUSED[reason] });
    case 'second-person-needed':
    case 'not-in-this-state':
    case 'window-still-open':
    case 'already-done':
      return new ProblemError('not-now', { detail: REFUSED[reason] });
  }
};

interface Attempt {
  readonly caller: Caller;
  readonly id: FindingId;
  readonly act: PersonAct;
  /** The revision that the caller acts on; `null` for whatever it is now. */
  readonly expected: number | null;
}

/** Does what a person asks to a finding, under its version, and answers with what they may see of it then. */
export const actOnFinding =
  (deps: ActDeps) =>
  async ({ caller, id, act, expected }: Attempt): Promise<FindingView> => {
    const seen = await seenBy(caller, id, deps);
    if (expected !== null && expected !== seen.finding.revision) throw new ProblemError('stale');
    const agency = await deps.agency.read();
    if (agency === null) throw new Error('There are findings but no agency');
    const { review: settings, timeZone } = agency;
    const around = { at: deps.now(), settings, timeZone, salt: deps.salt() };
    const outcome = personActs(seen.finding, act, seen.party, around);
    if (outcome.kind === 'refused') throw refusal(outcome.reason);
    const view = viewOf({ ...seen, finding: outcome.finding });
    if (view === null) throw new Error('Whoever acts on a finding may see it afterwards');
    // On record before it is kept: once it is, nothing may keep the caller from hearing so.
    const answer = await handedOut(caller, view, deps);
    if ((await deps.findings.save(outcome.finding)) === 'stale')
      throw new ProblemError(expected === null ? 'changed-meanwhile' : 'stale');
    return answer;
  };

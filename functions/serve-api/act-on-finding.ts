import type { Context } from 'hono';
import { sha256, type FindingId } from '../../shared/domain/ids.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { PersonAct } from '../../shared/domain/review/acts.js';
import { deskActs, DeskAct } from '../../shared/domain/review/desk-acts.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import {
  personActs,
  type Circumstances,
  type RefusalReason,
  type Transition,
} from '../../shared/domain/review/transition.js';
import { changesSince, FindingView, viewOf } from '../../shared/domain/review/views.js';
import { expectedRevision, idempotencyKey, versionTag, type ApiDeps, type ApiEnv } from './api.js';
import { countActs, type CountDeps } from './count-acts.js';
import { drillMatter, type DrillDeps } from './drills.js';
import type { Matter } from './matter.js';
import { ProblemError } from './problem.js';
import { Changes } from './problem-document.js';
import { sightingsOf, type Seen, type SightDeps } from './sightings.js';

export type ReadDeps = SightDeps & Pick<ApiDeps, 'findings' | 'record'>;
export type ActDeps = ReadDeps & CountDeps & DrillDeps;

export const seenBy = async (caller: Caller, id: FindingId, deps: ReadDeps): Promise<Seen> => {
  const finding = await deps.findings.byId(id);
  const [seen] = finding === null ? [] : await sightingsOf(deps)(caller, [finding]);
  if (seen === undefined) throw new ProblemError('not-found');
  return seen;
};

/** Every look at a finding is on record before anything of it is answered. */
export const handedOut = async (caller: Caller, view: FindingView, deps: ReadDeps): Promise<FindingView> => {
  await deps.record.append({ kind: 'read', at: deps.now(), person: caller.person.id, finding: view.id });
  return FindingView.parse(view);
};

/** What is under an id for this caller, and what is to be done with it. */
const matterOf =
  (deps: ActDeps) =>
  async (caller: Caller, id: FindingId): Promise<Matter> => {
    const finding = await deps.findings.byId(id);
    const [seen] = finding === null ? [] : await sightingsOf(deps)(caller, [finding]);
    if (seen === undefined) {
      const drill = finding === null ? await drillMatter(deps)(caller, id) : null;
      if (drill === null) throw new ProblemError('not-found');
      return drill;
    }
    return {
      ...seen,
      viewAfter: (changed) => viewOf({ ...seen, finding: changed }),
      handOut: (view) => handedOut(caller, view, deps),
      keep: async (changed) => {
        const outcome = await deps.findings.save(changed);
        if (outcome === 'saved') await countActs(deps)(seen, changed);
        return outcome;
      },
    };
  };

/** One finding as this caller may see it. */
export const readFinding =
  (deps: ActDeps) =>
  async (caller: Caller, id: FindingId): Promise<FindingView> => {
    const { view, handOut } = await matterOf(deps)(caller, id);
    return handOut(view);
  };

const REFUSED = {
  'own-finding': 'Nobody decides on a post of their own.',
  'own-staff': 'Nobody decides on a post of their own staff.',
  taken:
    'Another analyst has this item; it is free again when they decide, give it back or leave it for 20 minutes.',
  'no-lease': 'Nobody has this item now, or you do not; take it first.',
  'too-many': 'This was done as often as one finding allows.',
  'too-much': 'The files of this finding would be more than 50 MB together.',
  'second-person-needed': 'You have decided on this finding before; the next decision is another person’s.',
  'not-in-this-state': 'This act does not belong to the state that the finding is in.',
  'window-still-open': 'The holder’s time to answer is not over.',
  'already-done': 'This was done before.',
} as const satisfies Record<Exclude<RefusalReason, Hidden>, string>;

/** Whose a finding is not to act on in this way learns nothing from trying. */
type Hidden = 'not-yours' | 'role-missing' | 'conflict-of-interest' | 'away';

export const refusal = (reason: RefusalReason): ProblemError => {
  switch (reason) {
    case 'not-yours':
    case 'role-missing':
    case 'conflict-of-interest':
    case 'away':
      return new ProblemError('not-found');
    case 'own-finding':
    case 'own-staff':
      return new ProblemError('not-allowed', { detail: REFUSED[reason] });
    case 'taken':
    case 'no-lease':
    case 'too-many':
    case 'too-much':
    case 'second-person-needed':
    case 'not-in-this-state':
    case 'window-still-open':
    case 'already-done':
      return new ProblemError('not-now', { detail: REFUSED[reason] });
  }
};

/** What an act happens in. */
export const circumstancesOf = async ({
  agency,
  now,
  salt,
}: Pick<ActDeps, 'agency' | 'now' | 'salt'>): Promise<Circumstances> => {
  const known = await agency.read();
  if (known === null) throw new Error('There are findings but no agency');
  return { at: now(), settings: known.review, timeZone: known.timeZone, salt: salt() };
};

export interface Attempt {
  readonly caller: Caller;
  readonly id: FindingId;
  readonly act: PersonAct | DeskAct;
  /** The version that the caller acts on; `null` for whatever it is now. */
  readonly expected: number | null;
  /** The caller's own name for this request. */
  readonly key: string | null;
  /** What has to be there before the act is kept; it may be done again. */
  readonly before?: () => Promise<void>;
}

type Request = Finding['requests'][number];

const requestOf = ({ caller, act, key }: Attempt): Request | null =>
  key === null
    ? null
    : { key: sha256('request', caller.person.id, key), body: sha256('body', JSON.stringify(act)) };

/** Further back nobody repeats a request whose answer was lost. */
const MOST_REQUESTS = 20;

const withRequest = (finding: Finding, request: Request | null): Finding =>
  request === null ? finding : { ...finding, requests: [...finding.requests, request].slice(-MOST_REQUESTS) };

const isDeskAct = (act: Attempt['act']): act is DeskAct => DeskAct.safeParse(act).success;

const outcomeOf = ({ finding, party }: Seen, act: Attempt['act'], around: Circumstances): Transition =>
  isDeskAct(act) ? deskActs(finding, act, party, around) : personActs(finding, act, party, around);

/** A write that lost against one that changed nothing which the caller could see is tried again. */
const MOST_TRIES = 3;

/**
 * Does what a person asks to a finding, under its version. `null` where they may see nothing of it afterwards, since they
 * stand aside.
 */
export const actOnFinding =
  (deps: ActDeps) =>
  async (attempt: Attempt): Promise<FindingView | null> => {
    const { caller, id, act, expected, before } = attempt;
    const request = requestOf(attempt);
    let basis = expected;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const seen = await matterOf(deps)(caller, id);
      const earlier = seen.finding.requests.find(({ key }) => key === request?.key);
      if (earlier !== undefined) {
        if (earlier.body !== request?.body) throw new ProblemError('key-reused');
        return seen.handOut(seen.view);
      }
      if (basis !== null && basis !== seen.view.revision)
        throw expected === null
          ? new ProblemError('changed-meanwhile')
          : new ProblemError('stale', { changes: Changes.parse(changesSince(seen, expected)) });
      basis = seen.view.revision;
      const outcome = outcomeOf(seen, act, await circumstancesOf(deps));
      if (outcome.kind === 'refused') throw refusal(outcome.reason);
      const changed = withRequest(outcome.finding, request);
      const view = seen.viewAfter(changed);
      await before?.();
      // On record before it is kept: once it is, nothing may keep the caller from hearing so.
      const answer = view === null ? null : await seen.handOut(view);
      if ((await seen.keep(changed)) === 'stale') continue;
      return answer;
    }
    throw new ProblemError('changed-meanwhile');
  };

/** Does what a request asks for, on the version and under the key that its headers name. */
export const actingOn =
  (deps: ActDeps) =>
  async (
    c: Context<ApiEnv>,
    id: FindingId,
    act: Attempt['act'],
    before: () => Promise<void> = () => Promise.resolve(),
  ): Promise<FindingView> => {
    const [expected, key] = [expectedRevision(c), idempotencyKey(c)];
    const view = await actOnFinding(deps)({ caller: c.get('caller'), id, act, expected, key, before });
    if (view === null) throw new Error('Only who stands aside sees nothing afterwards');
    return view;
  };

/** A finding's tag: what a decision on it may name in `If-Match`. */
export const tagOf = ({ revision }: FindingView) => versionTag(revision);

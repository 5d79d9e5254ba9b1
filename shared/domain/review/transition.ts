import { plusWorkingDays } from '../calendar/working-days.js';
import { MOST_BYTES_OF_A_FINDING, type KeptFile } from '../files.js';
import type { PersonId } from '../ids.js';
import type { ReviewSettings } from '../registry/agency.js';
import type { Role } from '../registry/person.js';
import type { Instant, TimeZone } from '../time.js';
import type { JobAct, PersonAct } from './acts.js';
import { DECISIONS, step, type Step } from './decisions.js';
import type { Finding, FindingState } from './finding.js';
import { leaseAt } from './desk.js';
import { appended, TEAM_ACTS, type ActKind, type HistoryContent, type HistoryEntry } from './history.js';

/** The holder is this person's own superior or acting superior, or of their unit where the agency excludes that. */
export type Conflict = 'own-superior' | 'own-unit';

/** A person in their relation to one finding, as the registry knows it at this moment. */
export interface Party {
  readonly person: PersonId;
  readonly roles: readonly Role[];
  /** The finding is on this person's own account. */
  readonly isHolder: boolean;
  /** This person is the superior, or acting superior, of the holder. */
  readonly isSupervisor: boolean;
  /** Why this person may not judge the holder though they are none of these. */
  readonly conflict: Conflict | null;
}

export interface Circumstances {
  readonly at: Instant;
  readonly settings: ReviewSettings;
  readonly timeZone: TimeZone;
  /** 32 hex digits of chance for the commitment. */
  readonly salt: string;
}

export type RefusalReason =
  | 'not-yours'
  | 'own-finding'
  | 'own-staff'
  | 'conflict-of-interest'
  | 'away'
  | 'taken'
  | 'no-lease'
  | 'too-many'
  | 'too-much'
  | 'role-missing'
  | 'second-person-needed'
  | 'not-in-this-state'
  | 'window-still-open'
  | 'already-done';

export type Transition =
  | { readonly kind: 'moved'; readonly finding: Finding }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

const HEARD = step('deciding', null, null);
const OBJECTED = step('objected', 'objected', 'objected');

/** What a supervisor may have been told of. */
const TOLD: readonly FindingState[] = ['referred', 'objected', 'confirmed', 'withdrawn'];

/** A finding is one stored item of bounded size; no number of answers may leave no room for the decision on it. */
const MOST_ANSWERS = 5;

/** Every file that was given with a finding, whoever gave it. */
export const filesOfFinding = ({ capture, contents }: Pick<Finding, 'capture' | 'contents'>): KeptFile[] => [
  ...(capture === null ? [] : [capture.kept]),
  ...Object.values(contents).flatMap(({ files }) => files),
];

const isTooMuch = (finding: Finding, more: readonly KeptFile[]): boolean =>
  more.length > 0 &&
  [...filesOfFinding(finding), ...more].reduce((total, { bytes }) => total + bytes, 0) >
    MOST_BYTES_OF_A_FINDING;

const isDecision = (act: ActKind): boolean => Object.hasOwn(DECISIONS, act);

const isBy = ({ actor }: HistoryEntry, person: PersonId): boolean =>
  actor.kind === 'person' && actor.person === person;

/** Whether a person dismissed, opened, concluded, or judged an objection on this finding. */
export const hasDecided = (finding: Finding, person: PersonId): boolean =>
  finding.history.some((entry) => isDecision(entry.act) && isBy(entry, person));

/** Whether a person acknowledged how things stand now: whatever else happens after a referral changes the state. */
const hasAcknowledged = ({ history }: Finding, person: PersonId): boolean =>
  history
    .slice(history.findLastIndex(({ act }) => act !== 'acknowledge' && !TEAM_ACTS.includes(act)) + 1)
    .some((entry) => isBy(entry, person));

export const refused = (reason: RefusalReason): Transition => ({ kind: 'refused', reason });

type Entry = Pick<HistoryEntry, 'at' | 'actor' | 'act' | 'code'>;

export const moved = (
  finding: Finding,
  entry: Entry,
  content: HistoryContent | null,
  fields: Partial<Pick<Finding, 'state' | 'stateSince' | 'untold' | 'replyBy' | 'desk'>>,
): Transition => ({
  kind: 'moved',
  finding: {
    ...finding,
    ...fields,
    history: appended(finding, entry, content),
    contents:
      content === null
        ? finding.contents
        : { ...finding.contents, [String(finding.history.length)]: content },
    revision: finding.revision + 1,
  },
});

const entering = ({ to, holder, supervisor }: Step, at: Instant) => ({
  state: to,
  stateSince: at,
  untold: { holder, supervisor },
});

/** Why this person may not judge this finding, whatever state it is in; `null` when they may. */
export const judgeRefusal = ({ desk }: Pick<Finding, 'desk'>, party: Party): RefusalReason | null => {
  if (!party.roles.includes('analyst')) return 'role-missing';
  if (party.isHolder) return 'own-finding';
  if (party.isSupervisor) return 'own-staff';
  if (party.conflict !== null) return 'conflict-of-interest';
  return desk.away.includes(party.person) ? 'away' : null;
};

/** What a person does to a finding, with every rule on who may do what and when. */
export const personActs = (
  finding: Finding,
  act: PersonAct,
  party: Party,
  { at, salt }: Circumstances,
): Transition => {
  const { person } = party;
  const entry = (code: string | null): Entry => ({
    at,
    actor: { kind: 'person', person },
    act: act.kind,
    code,
  });
  const content = (text: string, files: readonly KeptFile[] = []): HistoryContent | null =>
    text === '' && files.length === 0 ? null : { salt, text, files: [...files] };

  switch (act.kind) {
    case 'dismiss':
    case 'clarify':
    case 'refer':
    case 'confirm':
    case 'withdraw': {
      const refusal = judgeRefusal(finding, party);
      if (refusal !== null) return refused(refusal);
      const next = DECISIONS[act.kind][finding.state];
      if (next === undefined) return refused('not-in-this-state');
      if (hasDecided(finding, person)) return refused('second-person-needed');
      // An item that nobody has is taken and decided in this one write.
      const lease = leaseAt(finding.desk, at);
      if (lease !== null && lease.analyst !== person) return refused('taken');
      return moved(finding, entry(act.reason), content(act.words), {
        ...entering(next, at),
        desk: { ...finding.desk, lease: null, holdUntil: null },
      });
    }
    case 'answer': {
      if (!party.isHolder) return refused('not-yours');
      // A late answer is still attached: it may weigh with whoever decides next.
      if (finding.state !== 'clarifying' && finding.state !== 'deciding') return refused('not-in-this-state');
      const earlier = finding.history.filter(({ act: kind }) => kind === 'answer').length;
      if (earlier >= MOST_ANSWERS) return refused('already-done');
      if (isTooMuch(finding, act.files)) return refused('too-much');
      const next = finding.state === 'clarifying' ? entering(HEARD, at) : {};
      return moved(finding, entry(act.answer), content(act.words, act.files), next);
    }
    case 'object':
      if (!party.isHolder) return refused('not-yours');
      if (finding.state !== 'referred') return refused('not-in-this-state');
      if (isTooMuch(finding, act.files)) return refused('too-much');
      return moved(finding, entry(null), content(act.words, act.files), entering(OBJECTED, at));
    case 'acknowledge':
      if (!party.isSupervisor || party.isHolder) return refused('not-yours');
      if (!TOLD.includes(finding.state)) return refused('not-in-this-state');
      if (hasAcknowledged(finding, person)) return refused('already-done');
      return moved(finding, entry(null), null, {});
  }
};

/** What a job does to a finding: it starts and ends the holder's window, and decides nothing. */
export const jobActs = (
  finding: Finding,
  act: JobAct,
  { at, settings, timeZone }: Omit<Circumstances, 'salt'>,
): Transition => {
  if (finding.state !== 'clarifying') return refused('not-in-this-state');
  const entry: Entry = { at, actor: { kind: 'job', job: act.job }, act: act.kind, code: null };
  switch (act.kind) {
    case 'notify': {
      if (finding.replyBy !== null) return refused('already-done');
      const replyBy = plusWorkingDays(at, settings.replyWorkingDays, timeZone);
      return moved(finding, entry, null, { replyBy, untold: { ...finding.untold, holder: null } });
    }
    case 'bounce':
      if (finding.replyBy === null) return refused('already-done');
      return moved(finding, entry, null, {
        replyBy: null,
        untold: { ...finding.untold, holder: 'clarification' },
      });
    case 'close-window':
      if (finding.replyBy === null || at < finding.replyBy) return refused('window-still-open');
      return moved(finding, entry, null, entering(HEARD, at));
  }
};

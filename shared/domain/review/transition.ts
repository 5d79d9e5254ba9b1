import { plusWorkingDays } from '../calendar/working-days.js';
import type { PersonId } from '../ids.js';
import type { ReviewSettings } from '../registry/agency.js';
import type { Role } from '../registry/person.js';
import type { Instant, TimeZone } from '../time.js';
import type { JobAct, PersonAct } from './acts.js';
import type { Finding, FindingState, Telling } from './finding.js';
import { appended, type ActKind, type Actor, type HistoryEntry } from './history.js';

/** A person in their relation to one finding, as the registry knows it at this moment. */
export interface Party {
  readonly person: PersonId;
  readonly roles: readonly Role[];
  /** The finding is on this person's own account. */
  readonly isHolder: boolean;
  /** This person is the superior, or acting superior, of the holder. */
  readonly isSupervisor: boolean;
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
  | 'role-missing'
  | 'second-person-needed'
  | 'not-in-this-state'
  | 'window-still-open'
  | 'already-done';

export type Transition =
  | { readonly kind: 'moved'; readonly finding: Finding }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

const refused = (reason: RefusalReason): Transition => ({ kind: 'refused', reason });

/** The people who decided something on this finding: dismissed, opened, concluded, or judged an objection. */
const deciders = (history: readonly HistoryEntry[]): readonly PersonId[] => {
  const deciding: readonly ActKind[] = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'];
  return history.flatMap(({ act, actor }) =>
    deciding.includes(act) && actor.kind === 'person' ? [actor.person] : [],
  );
};

interface Step {
  readonly to: FindingState;
  readonly holder: Telling | null;
  readonly supervisor: Telling | null;
}

const step = (to: FindingState, holder: Telling | null, supervisor: Telling | null): Step => ({
  to,
  holder,
  supervisor,
});

const stepFields = ({ to, holder, supervisor }: Step, at: Instant): Move['fields'] => ({
  state: to,
  stateSince: at,
  untold: { holder, supervisor },
});

/** Who never heard of a matter need not hear of its end. */
const unlessUntold = (finding: Finding, next: Step): Step =>
  finding.untold.holder === 'clarification' ? { ...next, holder: null } : next;

/** A decision that an analyst may take, by the state it is taken in. Everything else is refused. */
const DECISIONS: Readonly<
  Record<'dismiss' | 'clarify' | 'refer' | 'confirm' | 'withdraw', Partial<Record<FindingState, Step>>>
> = {
  dismiss: {
    indicated: step('dismissed', null, null),
    clarifying: step('dismissed', 'dismissed', null),
    deciding: step('dismissed', 'dismissed', null),
  },
  clarify: { indicated: step('clarifying', 'clarification', null) },
  refer: { deciding: step('referred', 'referred', 'referred') },
  confirm: { objected: step('confirmed', 'confirmed', 'confirmed') },
  withdraw: { objected: step('withdrawn', 'withdrawn', 'withdrawn') },
};

interface Move {
  readonly actor: Actor;
  readonly act: ActKind;
  readonly code?: string;
  readonly words?: string;
  readonly fields: Partial<Pick<Finding, 'state' | 'stateSince' | 'untold' | 'replyBy'>>;
}

const moved = (
  finding: Finding,
  { actor, act, code, words, fields }: Move,
  { at, salt }: Circumstances,
): Transition => {
  const content = words === undefined || words === '' ? null : { salt, text: words };
  return {
    kind: 'moved',
    finding: {
      ...finding,
      ...fields,
      history: appended(finding.history, { at, actor, act, code: code ?? null }, content),
      contents:
        content === null
          ? finding.contents
          : { ...finding.contents, [String(finding.history.length)]: content },
      revision: finding.revision + 1,
    },
  };
};

/** What a person does to a finding, with every rule on who may do what and when. */
export const personActs = (
  finding: Finding,
  act: PersonAct,
  party: Party,
  around: Circumstances,
): Transition => {
  const actor: Actor = { kind: 'person', person: party.person };
  switch (act.kind) {
    case 'dismiss':
    case 'clarify':
    case 'refer':
    case 'confirm':
    case 'withdraw': {
      if (!party.roles.includes('analyst')) return refused('role-missing');
      if (party.isHolder) return refused('own-finding');
      if (party.isSupervisor) return refused('own-staff');
      const next = DECISIONS[act.kind][finding.state];
      if (next === undefined) return refused('not-in-this-state');
      if (deciders(finding.history).includes(party.person)) return refused('second-person-needed');
      const fields = stepFields(unlessUntold(finding, next), around.at);
      return moved(finding, { actor, act: act.kind, code: act.reason, words: act.words, fields }, around);
    }
    case 'answer': {
      if (!party.isHolder) return refused('not-yours');
      // A late answer is still attached: it may weigh with whoever decides next.
      if (finding.state !== 'clarifying' && finding.state !== 'deciding') return refused('not-in-this-state');
      const fields =
        finding.state === 'clarifying' ? stepFields(step('deciding', null, null), around.at) : {};
      return moved(finding, { actor, act: 'answer', code: act.answer, words: act.words, fields }, around);
    }
    case 'object':
      if (!party.isHolder) return refused('not-yours');
      if (finding.state !== 'referred') return refused('not-in-this-state');
      return moved(
        finding,
        {
          actor,
          act: 'object',
          words: act.words,
          fields: stepFields(step('objected', null, 'objected'), around.at),
        },
        around,
      );
    case 'acknowledge':
      if (!party.isSupervisor || party.isHolder) return refused('not-yours');
      if (!['referred', 'objected', 'confirmed', 'withdrawn'].includes(finding.state))
        return refused('not-in-this-state');
      if (
        finding.history.some(
          (entry) =>
            entry.act === 'acknowledge' &&
            entry.actor.kind === 'person' &&
            entry.actor.person === party.person,
        )
      )
        return refused('already-done');
      return moved(finding, { actor, act: 'acknowledge', fields: {} }, around);
  }
};

/** What a job does to a finding: it starts and ends the holder's window, and decides nothing. */
export const jobActs = (finding: Finding, act: JobAct, around: Circumstances): Transition => {
  const actor: Actor = { kind: 'job', job: act.job };
  if (finding.state !== 'clarifying') return refused('not-in-this-state');
  switch (act.kind) {
    case 'notify': {
      if (finding.replyBy !== null) return refused('already-done');
      const replyBy = plusWorkingDays(around.at, around.settings.replyWorkingDays, around.timeZone);
      const fields = { replyBy, untold: { ...finding.untold, holder: null } };
      return moved(finding, { actor, act: 'notify', fields }, around);
    }
    case 'close-window':
      if (finding.replyBy === null || around.at < finding.replyBy) return refused('window-still-open');
      return moved(
        finding,
        { actor, act: 'close-window', fields: stepFields(step('deciding', null, null), around.at) },
        around,
      );
  }
};

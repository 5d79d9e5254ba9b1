import * as z from 'zod';
import { plusWorkingDays } from '../calendar/working-days.js';
import { plus } from '../time.js';
import { words } from './acts.js';
import { HoldReason, isOnHold, LEASE, leaseAt, type Desk } from './desk.js';
import { OpenState, type Finding } from './finding.js';
import type { ActKind } from './history.js';
import {
  hasDecided,
  judgeRefusal,
  moved,
  refused,
  type Circumstances,
  type Party,
  type Transition,
} from './transition.js';

/** What the team does around an item without deciding anything on it. */
export const DeskAct = z.discriminatedUnion('kind', [
  /** Takes a free item, or renews what one has. */
  z.strictObject({ kind: z.literal('take') }),
  z.strictObject({ kind: z.literal('return') }),
  z.strictObject({
    kind: z.literal('hold'),
    reason: HoldReason,
    workingDays: z.int().min(1).max(5),
    words,
  }),
  z.strictObject({ kind: z.literal('note'), words: z.string().trim().min(1).max(2_000) }),
  /** One is not free to judge this; it is for others from now on. */
  z.strictObject({ kind: z.literal('recuse'), words }),
]);
export type DeskAct = z.infer<typeof DeskAct>;

/** A finding is one stored item of bounded size, and nobody may put a matter off for ever. */
const MOST = { hold: 3, note: 20, reassign: 5 } as const;

const isFull = ({ history }: Finding, kind: keyof typeof MOST): boolean =>
  history.filter(({ act }) => act === kind).length >= MOST[kind];

/** What an analyst does with an item of the team's work. Leases leave no trace but themselves; the rest is in the chain. */
export const deskActs = (
  finding: Finding,
  act: DeskAct,
  party: Party,
  { at, salt, settings, timeZone }: Circumstances,
): Transition => {
  const { person } = party;
  const { desk } = finding;
  const lease = leaseAt(desk, at);
  const mine = lease?.analyst === person;
  const entry = (kind: ActKind, code: string | null) => ({
    at,
    actor: { kind: 'person' as const, person },
    act: kind,
    code,
  });

  const refusal = judgeRefusal(finding, party);
  if (refusal !== null) return refused(refusal);
  switch (act.kind) {
    case 'take':
      if (!OpenState.safeParse(finding.state).success) return refused('not-in-this-state');
      if (hasDecided(finding, person)) return refused('second-person-needed');
      if (lease !== null && !mine) return refused('taken');
      return seated(finding, { lease: { analyst: person, until: plus(at, LEASE) }, holdUntil: null });
    case 'return':
      return mine ? seated(finding, { lease: null }) : refused('no-lease');
    case 'hold': {
      if (!mine) return refused('no-lease');
      if (isFull(finding, 'hold')) return refused('too-many');
      const days = Math.min(act.workingDays, settings.holdWorkingDays);
      const holdUntil = plusWorkingDays(at, days, timeZone);
      return moved(
        finding,
        entry('hold', act.reason),
        { salt, text: act.words, files: [] },
        {
          desk: { ...desk, lease: null, holdUntil },
        },
      );
    }
    case 'note':
      if (isFull(finding, 'note')) return refused('too-many');
      return moved(finding, entry('note', null), { salt, text: act.words, files: [] }, {});
    case 'recuse':
      return moved(
        finding,
        entry('recuse', null),
        { salt, text: act.words, files: [] },
        {
          desk: { ...desk, lease: mine ? null : desk.lease, away: [...desk.away, person] },
        },
      );
  }
};

const seated = (finding: Finding, desk: Partial<Desk>): Transition => ({
  kind: 'moved',
  finding: { ...finding, desk: { ...finding.desk, ...desk }, revision: finding.revision + 1 },
});

/**
 * An officer frees an item that somebody sits on or has put off. Whom it was taken from is out of it; who comes next is
 * nobody's choice.
 */
export const reassign = (
  finding: Finding,
  reason: string,
  party: Party,
  { at, salt }: Pick<Circumstances, 'at' | 'salt'>,
): Transition => {
  if (!party.roles.includes('officer') || party.isHolder || party.isSupervisor || party.conflict !== null)
    return refused('not-yours');
  const { desk } = finding;
  const lease = leaseAt(desk, at);
  if (lease === null && !isOnHold(desk, at)) return refused('no-lease');
  if (isFull(finding, 'reassign')) return refused('too-many');
  const actor = { kind: 'person' as const, person: party.person };
  return moved(
    finding,
    { at, actor, act: 'reassign', code: null },
    { salt, text: reason, files: [] },
    {
      desk: {
        lease: null,
        holdUntil: null,
        away: lease === null ? desk.away : [...desk.away, lease.analyst],
      },
    },
  );
};

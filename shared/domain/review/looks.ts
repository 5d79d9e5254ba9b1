import * as z from 'zod';
import { LINE } from '../limits.js';
import type { PersonId } from '../ids.js';
import type { Role } from '../registry/person.js';
import { Instant } from '../time.js';
import type { Finding } from './finding.js';
import type { ActKind } from './history.js';

/** Somebody opened a finding, as its holder is told: what they are, never who. */
export const Look = z.strictObject({
  at: Instant,
  by: z
    .string()
    .max(LINE)
    .regex(/^(holder|supervisor|officer|analyst-\d+)$/),
  /** Whether the reader of this list did it. */
  you: z.boolean(),
});
export type Look = z.infer<typeof Look>;

/** The acts by which the history that a holder reads numbers analysts. */
const DECISIONS: readonly ActKind[] = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'];

export interface Reading {
  readonly at: Instant;
  readonly person: PersonId;
}

/** Who might have looked, as the registry knows them now. */
export interface Onlookers {
  readonly holder: PersonId;
  /** The holder's superior and whoever acts for them. */
  readonly superiors: readonly PersonId[];
  readonly rolesOf: (person: PersonId) => readonly Role[];
}

type Standing = 'holder' | 'supervisor' | 'officer' | 'analyst';

const actedOn = ({ history }: Pick<Finding, 'history'>, acts: readonly ActKind[]): PersonId[] =>
  history.flatMap(({ act, actor }) => (acts.includes(act) && actor.kind === 'person' ? [actor.person] : []));

/** As what somebody looked. Whoever read before a referral was an analyst, as no superior could. */
const standingOf = (
  finding: Pick<Finding, 'history'>,
  { person, at }: Reading,
  { holder, superiors, rolesOf }: Onlookers,
): Standing => {
  if (person === holder) return 'holder';
  if (actedOn(finding, DECISIONS).includes(person)) return 'analyst';
  const referredAt = finding.history.find(({ act }) => act === 'refer')?.at ?? null;
  const roles = rolesOf(person);
  if (referredAt === null || at < referredAt)
    return roles.includes('officer') && !roles.includes('analyst') ? 'officer' : 'analyst';
  if ([...superiors, ...actedOn(finding, ['acknowledge'])].includes(person)) return 'supervisor';
  if (roles.includes('analyst')) return 'analyst';
  return roles.includes('officer') ? 'officer' : 'supervisor';
};

/**
 * Who looked at a finding and when. Analysts have the numbers that the history gives them, and those who only looked the
 * next ones.
 */
export const looksOf = (
  finding: Pick<Finding, 'history'>,
  readings: readonly Reading[],
  around: Onlookers,
): Look[] => {
  const stood = readings.map((reading) => ({ ...reading, as: standingOf(finding, reading, around) }));
  const analysts = [
    ...new Set([
      ...actedOn(finding, DECISIONS),
      ...stood.filter(({ as }) => as === 'analyst').map(({ person }) => person),
    ]),
  ];
  return stood.map(({ at, person, as }) => ({
    at,
    by: as === 'analyst' ? `analyst-${analysts.indexOf(person) + 1}` : as,
    you: person === around.holder,
  }));
};

/** The superiors who saw a finding after its referral and before its withdrawal. */
export const superiorsWhoLooked = (
  finding: Pick<Finding, 'history'>,
  readings: readonly Reading[],
  around: Onlookers,
): PersonId[] => {
  const withdrawnAt = finding.history.findLast(({ act }) => act === 'withdraw')?.at;
  return readings
    .filter(({ at }) => withdrawnAt === undefined || at < withdrawnAt)
    .filter((reading) => standingOf(finding, reading, around) === 'supervisor')
    .map(({ person }) => person);
};

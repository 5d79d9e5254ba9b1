import { AccountId, keyedHash, PersonId } from '../ids.js';
import { localDate, type Instant, type TimeZone } from '../time.js';
import { inForceAgain, lapsed, type Account, type Confirmation } from './account.js';
import type { Place } from './check-row.js';
import { isVouchedFor } from './place.js';
import type { EmployeeNumber } from './employee-number.js';
import type { Person } from './person.js';
import type { RegistryRow } from './registry-row.js';

/** The same id for the same number under the agency's key, so that an import can be repeated. */
export const personId = (key: string, number: EmployeeNumber): PersonId =>
  PersonId.parse(keyedHash(key, 'person', number).slice(0, 32));

export const accountId = (key: string, network: string, handle: string, holder: PersonId): AccountId =>
  AccountId.parse(keyedHash(key, 'account', network, handle, holder).slice(0, 32));

const holds = <Fields extends object>(fields: Fields, before: Fields): boolean =>
  Object.entries(fields).every(([name, value]) =>
    Object.entries(before).some(([other, old]) => other === name && old === value),
  );

interface PersonIds {
  readonly id: PersonId;
  readonly supervisor: PersonId | null;
}

/** The person that a row makes of whoever was on record; `before` itself when the row says nothing new. */
export const importedPerson = (
  row: RegistryRow,
  { id, supervisor }: PersonIds,
  before: Person | null,
): Person => {
  const { name, email, employeeNumber, employmentType, unit, area } = row;
  const facts = { name, email, employeeNumber, employmentType, unit, area, supervisor };
  if (before === null)
    return { ...facts, id, actedBy: null, subject: null, roles: [], language: 'id', revision: 0 };
  return holds(facts, before) ? before : { ...before, ...facts, revision: before.revision + 1 };
};

/** What a row, or its holder, says of an account, and when. */
export interface AccountImport {
  readonly row: RegistryRow & { readonly network: Account['network'] };
  readonly place: Place;
  readonly holder: PersonId;
  readonly id: AccountId;
  /** What comes with it of the holder's agreement to the notice. */
  readonly confirmation: Confirmation | null;
  readonly at: Instant;
  readonly timeZone: TimeZone;
}

type Declaration = Extract<Confirmation, { kind: 'declaration' }>;

/** A signed declaration confirms an account only if it was signed under the notice that is in use now. */
export const declaredIn = (row: RegistryRow, notice: string | null, at: Instant): Declaration | null =>
  row.declarationRef !== null &&
  row.declaredOn !== null &&
  row.noticeVersion !== null &&
  row.noticeVersion === notice
    ? {
        kind: 'declaration',
        at,
        noticeVersion: row.noticeVersion,
        reference: row.declarationRef,
        declaredOn: row.declaredOn,
      }
    : null;

/** The holder is to be asked, and was not yet. */
const UNASKED = { invitedAt: null, invitedNotice: null, invitations: 0 } as const;

/** Whether a row asks for more than the holder confirmed: another area, an earlier begin, a later end. */
const isWider = (
  after: Pick<Account, 'area' | 'effectiveFrom' | 'effectiveTo'>,
  before: Pick<Account, 'area' | 'effectiveFrom' | 'effectiveTo'>,
): boolean =>
  after.area !== before.area ||
  after.effectiveFrom < before.effectiveFrom ||
  (before.effectiveTo !== null && (after.effectiveTo === null || after.effectiveTo > before.effectiveTo));

/** Whether a confirmation says more than what the holder confirmed before: of papers another one, signed no earlier. */
const isNew = (given: Confirmation, before: Confirmation | null, timeZone: TimeZone): boolean => {
  // Holders who act themselves do so now.
  if (given.kind !== 'declaration') return true;
  switch (before?.kind) {
    case undefined:
      return true;
    case 'link':
    case 'self':
      return given.declaredOn > localDate(before.at, timeZone);
    case 'declaration':
      return given.reference !== before.reference && given.declaredOn >= before.declaredOn;
  }
};

/**
 * Whether a signed paper vouches for an account that its holder has registered alone and not proved: it says whose it is, on
 * whichever day it was signed, if nothing was taken back since.
 */
const vouches = (given: Confirmation | null, before: Account, timeZone: TimeZone): boolean => {
  if (given?.kind !== 'declaration' || isVouchedFor(before)) return false;
  const lapsedAt = before.lapses.at(-1)?.from;
  return lapsedAt === undefined || given.declaredOn > localDate(lapsedAt, timeZone);
};

/** A withdrawn account as it is declared anew: by its holder, or by a paper signed on a later day than the withdrawal; else `null`. */
const redeclared = (change: AccountImport, before: Account): Partial<Account> | null => {
  const { confirmation } = change;
  const withdrawnAt = before.lapses.at(-1)?.from;
  if (confirmation === null || withdrawnAt === undefined) return null;
  if (
    confirmation.kind === 'declaration' &&
    confirmation.declaredOn <= localDate(withdrawnAt, change.timeZone)
  )
    return null;
  return {
    state: 'active',
    confirmation,
    effectiveFrom: change.row.effectiveFrom ?? localDate(change.at, change.timeZone),
    // Its cohort has let it go, and its identity may be registered for somebody else meanwhile: its network is asked anew.
    cohort: null,
    ledgerEndedAt: null,
    handle: change.place.handle,
    identity: change.place.identity,
    identifiedAt: null,
    formerPlace: null,
    lookup: null,
    ...inForceAgain(before, change.at),
  };
};

/** What a row changes in the state of an account that is not withdrawn. */
const restated = (change: AccountImport, before: Account, widened: boolean): Partial<Account> => {
  const given = change.confirmation;
  const isVouched = vouches(given, before, change.timeZone);
  const isTaken = given !== null && (isVouched || isNew(given, before.confirmation, change.timeZone));
  const confirmation = isTaken ? given : null;
  if (before.state === 'invited')
    return confirmation === null ? {} : { state: 'active', confirmation, ...inForceAgain(before, change.at) };
  if (!widened) return isVouched ? { confirmation } : {};
  const next = lapsed(before, change.at);
  // The earlier confirmation stays to be compared with: the paper behind it must not confirm the account once more.
  if (confirmation === null) return { state: 'invited', ...UNASKED, ...next };
  return before.state === 'paused'
    ? { confirmation, ...next }
    : { confirmation, ...inForceAgain(next, change.at) };
};

/**
 * The account that a row makes; `before` itself when nothing changes. It never undoes a pause, and a withdrawal only by a
 * declaration that is newer. What the holder confirmed can be narrowed; to go beyond it they confirm anew.
 */
export const importedAccount = (change: AccountImport, before: Account | null): Account => {
  const { row, place, holder, id } = change;
  if (before === null) {
    const { confirmation } = change;
    return {
      id,
      holder,
      area: row.area,
      network: row.network,
      ...place,
      identifiedAt: null,
      formerPlace: null,
      lookup: null,
      renames: [],
      proof: null,
      state: confirmation === null ? 'invited' : 'active',
      epoch: 1,
      lapses: [],
      confirmation,
      effectiveFrom: row.effectiveFrom ?? localDate(change.at, change.timeZone),
      effectiveTo: row.effectiveTo,
      invitedAt: null,
      invitedNotice: null,
      invitations: 0,
      cohort: null,
      ledgerEndedAt: null,
      revision: 0,
    };
  }
  const fields = {
    area: row.area,
    effectiveFrom: row.effectiveFrom ?? before.effectiveFrom,
    effectiveTo: row.effectiveTo,
  };
  const state =
    before.state === 'withdrawn'
      ? redeclared(change, before)
      : restated(change, before, isWider(fields, before));
  if (state === null || holds({ ...fields, ...state }, before)) return before;
  return { ...before, ...fields, ...state, revision: before.revision + 1 };
};

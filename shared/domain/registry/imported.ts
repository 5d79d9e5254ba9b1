import { AccountId, keyedHash, PersonId } from '../ids.js';
import type { Instant, LocalDate } from '../time.js';
import type { Account, Confirmation } from './account.js';
import type { Place } from './check-row.js';
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

interface AccountImport {
  readonly row: RegistryRow & { readonly network: Account['network'] };
  readonly place: Place;
  readonly holder: PersonId;
  readonly id: AccountId;
  /** The version of the notice that is in use. */
  readonly notice: string | null;
  readonly at: Instant;
  readonly today: LocalDate;
}

/** A signed declaration confirms an account only if it was signed under the notice that is in use now. */
const declared = ({ row, notice, at }: AccountImport): Confirmation | null =>
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

/** The account that a row makes; `before` itself when nothing changes. It never undoes a pause or a withdrawal. */
export const importedAccount = (change: AccountImport, before: Account | null): Account => {
  const { row, place, holder, id, today } = change;
  const confirmation = declared(change);
  if (before === null)
    return {
      id,
      holder,
      area: row.area,
      network: row.network,
      ...place,
      state: confirmation === null ? 'invited' : 'active',
      epoch: 1,
      lapses: [],
      confirmation,
      effectiveFrom: row.effectiveFrom ?? today,
      effectiveTo: row.effectiveTo,
      invitedAt: null,
      cohort: null,
      revision: 0,
    };
  const confirmed = before.state === 'invited' && confirmation !== null;
  const fields = {
    area: row.area,
    effectiveFrom: row.effectiveFrom ?? before.effectiveFrom,
    effectiveTo: row.effectiveTo,
  };
  if (!confirmed && holds(fields, before)) return before;
  return {
    ...before,
    ...fields,
    ...(confirmed ? { state: 'active' as const, confirmation } : {}),
    revision: before.revision + 1,
  };
};

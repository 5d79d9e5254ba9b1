import type { CellFault, Place } from './check-row.js';
import type { RegistryColumn, RegistryRow } from './registry-row.js';

/** A row that holds by itself, with the name by which people find it: a line of a file, a place in a list. */
export interface PlacedRow {
  readonly at: number;
  readonly row: RegistryRow;
  readonly place: Place | null;
}

export interface RowFault extends CellFault {
  readonly at: number;
}

const PERSON_COLUMNS = [
  'employmentType',
  'name',
  'email',
  'unit',
  'supervisorEmployeeNumber',
  'area',
] as const satisfies readonly RegistryColumn[];

/** Finds rows that contradict an earlier one, as they come: one person told in two ways, one account twice. */
export const rowConflicts = (place: 'row' | 'line'): ((placed: PlacedRow) => readonly RowFault[]) => {
  const people = new Map<string, { readonly at: number; readonly facts: string }>();
  const accounts = new Map<string, number>();
  return ({ at, row, place: address }) => {
    const faults: RowFault[] = [];
    const facts = PERSON_COLUMNS.map((column) => row[column] ?? '');
    const person = people.get(row.employeeNumber);
    if (person === undefined) people.set(row.employeeNumber, { at, facts: facts.join('\n') });
    else {
      const before = person.facts.split('\n');
      PERSON_COLUMNS.forEach((column, index) => {
        if (before[index] !== facts[index])
          faults.push({
            at,
            column,
            reason: `differs from ${place} ${person.at}, which has the same employee number`,
          });
      });
    }
    if (address !== null) {
      const account = `${row.network ?? ''}\n${address.handle}`;
      const earlier = accounts.get(account);
      if (earlier === undefined) accounts.set(account, at);
      else faults.push({ at, column: 'handle', reason: `is the same account as in ${place} ${earlier}` });
    }
    return faults;
  };
};

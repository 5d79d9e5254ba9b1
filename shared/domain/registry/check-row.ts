import { ACCOUNT_NETWORKS, type AccountNetwork } from '../../networks.js';
import type { LocalDate } from '../time.js';
import { employeeNumberFault, type EmploymentType } from './employee-number.js';
import type { Account } from './account.js';
import type { HandleFault, ReadHandle } from './handle.js';
import { isApproved, type NetworkSettings } from './network-settings.js';
import { readHandle } from './read-handle.js';
import type { HostGuard } from './host-grammar.js';
import { REGISTRY_COLUMNS, RegistryRow, type RegistryColumn } from './registry-row.js';

/** What is wrong with one cell. The reason follows the column's name in a sentence and repeats no value. */
export interface CellFault {
  readonly column: RegistryColumn;
  readonly reason: string;
}

/** Where an account is, in the one form in which it is kept, and its identity where the handle tells it. */
export type Place = Pick<Account, 'handle' | 'identity'>;

export type CheckedRow =
  | { readonly kind: 'good'; readonly row: RegistryRow; readonly place: Place | null }
  | { readonly kind: 'bad'; readonly faults: readonly CellFault[] };

export type WrittenRow = Readonly<Record<RegistryColumn, string>>;

interface Circumstances {
  readonly guard: HostGuard;
  readonly today: LocalDate;
  readonly settings: NetworkSettings;
}

const DATE = 'must be a date like 2026-01-31';
const EXPECTED = {
  employeeNumber: 'must have 18 digits',
  employmentType: 'must be PNS, CPNS, PPPK or PPPK_PARUH_WAKTU',
  name: 'must have 1 to 200 characters',
  email: 'is not an e-mail address',
  unit: 'must have 1 to 200 characters',
  supervisorEmployeeNumber: 'must have 18 digits',
  area: 'must be dotted codes from the province down, like 99 or 99.01',
  network: `must be one of ${ACCOUNT_NETWORKS.join(', ')}`,
  handle: 'must have 1 to 2048 characters',
  declarationRef: 'must have at most 200 characters',
  declaredOn: DATE,
  noticeVersion: 'must have at most 100 characters',
  effectiveFrom: DATE,
  effectiveTo: DATE,
} as const satisfies Record<RegistryColumn, string>;

const HANDLE_FAULT = {
  'not-an-address': 'is not an address; write it whole, https://…',
  'not-https': 'must begin with https://',
  'not-a-handle': 'is not a handle of this network, nor the address of a profile there',
  host: 'is not at a public name',
  'too-long': 'is too long',
} as const satisfies Record<HandleFault, string>;

const isColumn = (name: unknown): name is RegistryColumn =>
  REGISTRY_COLUMNS.some((column) => column === name);

const fault = (column: RegistryColumn, reason: string): CellFault => ({ column, reason });

const numberFaults = (written: WrittenRow, employment: EmploymentType): CellFault[] => {
  const own = employeeNumberFault(written.employeeNumber, employment);
  const supervisor = written.supervisorEmployeeNumber.trim();
  // The superior's employment is not in this row; the rules that all numbers share are those of the laxer kind.
  const theirs = supervisor === '' ? null : employeeNumberFault(supervisor, 'PPPK');
  return [
    ...(own === null ? [] : [fault('employeeNumber', own)]),
    ...(theirs === null ? [] : [fault('supervisorEmployeeNumber', theirs)]),
  ];
};

/** Cells that hold each by itself but not together. */
const pairFaults = (row: RegistryRow, today: LocalDate): CellFault[] => {
  const faults: CellFault[] = [];
  if (row.supervisorEmployeeNumber === row.employeeNumber)
    faults.push(fault('supervisorEmployeeNumber', 'is the person themself'));
  if (row.network === null && row.handle !== null)
    faults.push(fault('network', 'is empty although there is a handle'));
  if (row.network !== null && row.handle === null)
    faults.push(fault('handle', 'is empty although there is a network'));
  const declaration = ['declarationRef', 'declaredOn', 'noticeVersion'] as const;
  if (declaration.some((column) => row[column] !== null))
    for (const column of declaration)
      if (row[column] === null) faults.push(fault(column, 'is empty although there is a signed declaration'));
  if (row.declaredOn !== null && row.declaredOn > today) faults.push(fault('declaredOn', 'is in the future'));
  if (row.effectiveFrom !== null && row.effectiveTo !== null && row.effectiveTo < row.effectiveFrom)
    faults.push(fault('effectiveTo', 'is before effectiveFrom'));
  return faults;
};

/** What is wrong with where an account is, and what lets it be registered. */
const placeFaults = (network: AccountNetwork, handle: ReadHandle, settings: NetworkSettings): CellFault[] => {
  if (handle.kind === 'refused') return [fault('handle', HANDLE_FAULT[handle.reason])];
  const { host } = handle;
  return host === null || isApproved(settings, { network, host })
    ? []
    : [
        fault(
          'handle',
          'is at a host that no administrator has approved; read its terms, then: netral networks approve HOST',
        ),
      ];
};

/** One row of registry.csv by all the rules that need no other row, with everything that is wrong with it. */
export const checkRow = (written: WrittenRow, { guard, today, settings }: Circumstances): CheckedRow => {
  const parsed = RegistryRow.safeParse(written);
  const issues = parsed.error?.issues ?? [];
  const columns = new Set(issues.map(({ path: [column] }) => column).filter(isColumn));
  const cells = [...columns].map((column) =>
    fault(column, written[column].trim() === '' ? 'is empty' : EXPECTED[column]),
  );
  const employment = RegistryRow.shape.employmentType.safeParse(written.employmentType);
  const numbers =
    written.employeeNumber.trim() === '' ? [] : numberFaults(written, employment.data ?? 'PPPK');
  const named = new Set(numbers.map(({ column }) => column));
  const faults = [...numbers, ...cells.filter(({ column }) => !named.has(column))];
  if (!parsed.success) return { kind: 'bad', faults };

  const { data: row } = parsed;
  faults.push(...pairFaults(row, today));
  const handle =
    row.network === null || row.handle === null ? null : readHandle(row.network, row.handle, guard);
  if (row.network !== null && handle !== null) faults.push(...placeFaults(row.network, handle, settings));
  if (faults.length > 0) return { kind: 'bad', faults };
  const place = handle?.kind === 'accepted' ? { handle: handle.handle, identity: handle.identity } : null;
  return { kind: 'good', row, place };
};

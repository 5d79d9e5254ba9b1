import type { AccountId, PersonId } from '../../shared/domain/ids.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { checkRow, type WrittenRow } from '../../shared/domain/registry/check-row.js';
import type { HostGuard } from '../../shared/domain/registry/host-grammar.js';
import {
  accountId,
  declaredIn,
  importedAccount,
  personId,
  type AccountImport,
} from '../../shared/domain/registry/imported.js';
import { isFree, isVouchedFor, placeId, type PlaceClaim } from '../../shared/domain/registry/place.js';
import { rowConflicts, type PlacedRow, type RowFault } from '../../shared/domain/registry/row-conflicts.js';
import { localDate, type Instant } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { AccountStore, PersonStore } from '../../shared/ports.js';

export interface CheckDeps {
  readonly people: Pick<PersonStore, 'byId'>;
  readonly accounts: Pick<AccountStore, 'byIds' | 'placeOwner'>;
  readonly settings: Pick<Agency, 'gates' | 'timeZone' | 'networks'>;
  /** The agency's secret for keyed hashes. */
  readonly key: string;
  readonly guard: HostGuard;
  readonly at: Instant;
}

/** An account that a row declares. */
export interface DeclaredAccount {
  readonly change: AccountImport;
  /** Set where the account must claim its place first, with whom it belongs to now. */
  readonly claim: { readonly before: PlaceClaim | null } | null;
}

export interface CheckedRows {
  /** In the order of the list; empty when every row holds. */
  readonly faults: readonly RowFault[];
  readonly people: ReadonlyMap<PersonId, PlacedRow>;
  readonly accounts: readonly DeclaredAccount[];
}

/** Checks a list of rows by themselves, against each other and against the registry. It changes nothing. */
export const checkRows = async (written: readonly WrittenRow[], deps: CheckDeps): Promise<CheckedRows> => {
  const { settings, guard, key, at } = deps;
  const today = localDate(at, settings.timeZone);
  const conflicts = rowConflicts('row');
  const rows: PlacedRow[] = [];
  const faults: RowFault[] = [];
  written.forEach((cells, index) => {
    const checked = checkRow(cells, { guard, today, settings: settings.networks });
    if (checked.kind === 'bad') faults.push(...checked.faults.map((fault) => ({ ...fault, at: index + 1 })));
    else {
      const placed = { at: index + 1, row: checked.row, place: checked.place };
      rows.push(placed);
      faults.push(...conflicts(placed));
    }
  });
  const people = new Map(rows.map((placed) => [personId(key, placed.row.employeeNumber), placed]));
  faults.push(...(await superiorFaults(rows, people, deps)));
  const owned = await ownership(changesIn(rows, deps), deps);
  faults.push(...owned.faults);
  return { faults: faults.sort((left, right) => left.at - right.at), people, accounts: owned.accounts };
};

const superiorFaults = async (
  rows: readonly PlacedRow[],
  inList: ReadonlyMap<PersonId, PlacedRow>,
  { people, key }: CheckDeps,
): Promise<RowFault[]> => {
  const superiors = new Map<PersonId, PlacedRow>();
  for (const placed of rows) {
    const number = placed.row.supervisorEmployeeNumber;
    const superior = number === null ? null : personId(key, number);
    if (superior !== null && !inList.has(superior)) superiors.set(superior, placed);
  }
  const found = await inParallel([...superiors], async ([superior, { at }]): Promise<RowFault[]> => {
    const isKnown = (await people.byId(superior)) !== null;
    return isKnown ? [] : [{ at, column: 'supervisorEmployeeNumber', reason: 'is nobody on record' }];
  });
  return found.flat();
};

const changesIn = (
  rows: readonly PlacedRow[],
  { settings, key, at }: CheckDeps,
): { readonly at: number; readonly change: AccountImport }[] =>
  rows.flatMap(({ at: line, row, place }) => {
    const { network } = row;
    if (network === null || place === null) return [];
    const holder = personId(key, row.employeeNumber);
    const change: AccountImport = {
      row: { ...row, network },
      place,
      holder,
      id: accountId(key, network, place.handle, holder),
      confirmation: declaredIn(row, settings.gates.notice?.version ?? null, at),
      at,
      timeZone: settings.timeZone,
    };
    return [{ at: line, change }];
  });

/** What belongs to one account on record cannot be registered for another person too. */
export const ownership = async (
  changes: readonly { readonly at: number; readonly change: AccountImport }[],
  { accounts, at }: Pick<CheckDeps, 'accounts' | 'at'>,
): Promise<{ readonly faults: RowFault[]; readonly accounts: DeclaredAccount[] }> => {
  const known = new Map<AccountId, Account>();
  for (const account of await accounts.byIds(changes.map(({ change }) => change.id)))
    known.set(account.id, account);
  const faults: RowFault[] = [];
  const declared = await inParallel(changes, async ({ at: line, change }): Promise<DeclaredAccount> => {
    const before = known.get(change.id) ?? null;
    // A living account has its place unless it is unproved, and one that stays withdrawn needs none.
    const isDue = before === null || before.state === 'withdrawn' || !isVouchedFor(before);
    if (!isDue || importedAccount(change, before) === before) return { change, claim: null };
    const place = placeId({ network: change.row.network, handle: change.place.handle });
    const claim = await accounts.placeOwner(place);
    if (claim !== null && claim.account !== change.id) {
      const [owner] = await accounts.byIds([claim.account]);
      if (!isFree(place, claim, owner ?? null, at))
        faults.push({
          at: line,
          column: 'handle',
          reason: 'is registered for somebody else, and free once they have withdrawn it',
        });
    }
    // Who registers themself gets the place with the proof.
    return { change, claim: change.confirmation?.kind === 'self' ? null : { before: claim } };
  });
  return { faults, accounts: declared };
};

import * as z from 'zod';
import type { PersonId } from '../../shared/domain/ids.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { checkRow, type WrittenRow } from '../../shared/domain/registry/check-row.js';
import type { HostGuard } from '../../shared/domain/registry/host-grammar.js';
import {
  accountId,
  importedAccount,
  importedPerson,
  personId,
} from '../../shared/domain/registry/imported.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { REGISTRY_COLUMNS } from '../../shared/domain/registry/registry-row.js';
import { rowConflicts, type PlacedRow, type RowFault } from '../../shared/domain/registry/row-conflicts.js';
import { localDate } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { AccountStore, Clock, PersonStore, SaveOutcome } from '../../shared/ports.js';

const Counts = z.strictObject({
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
});

/** What an import came to. With a fault nothing was imported. */
export const ImportReport = z.strictObject({
  people: Counts,
  accounts: Counts,
  faults: z.array(
    z.strictObject({
      /** Its place among the rows, from 1. */
      row: z.int().positive(),
      column: z.enum(REGISTRY_COLUMNS),
      reason: z.string(),
    }),
  ),
});
export type ImportReport = z.infer<typeof ImportReport>;

interface ImportDeps {
  readonly people: Pick<PersonStore, 'byId' | 'save'>;
  readonly accounts: Pick<AccountStore, 'byIds' | 'save'>;
  readonly settings: Pick<Agency, 'gates' | 'timeZone'>;
  /** The agency's secret for keyed hashes. */
  readonly key: string;
  readonly guard: HostGuard;
  readonly now: Clock;
}

const ATTEMPTS = 3;

type End = keyof z.infer<typeof Counts>;

interface Upkeep<Item> {
  readonly read: () => Promise<Item | null>;
  readonly save: (item: Item) => Promise<SaveOutcome>;
  /** The very same item when nothing changes. */
  readonly change: (before: Item | null) => Item;
}

/** Reads, changes and saves; anew when somebody else saved in between. */
const keep = async <Item>({ read, save, change }: Upkeep<Item>): Promise<End> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await read();
    const after = change(before);
    if (after === before) return 'unchanged';
    if ((await save(after)) === 'saved') return before === null ? 'created' : 'updated';
  }
  throw new Error('Others keep changing the same item');
};

const counted = (ends: readonly End[]): z.infer<typeof Counts> => {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const end of ends) counts[end] += 1;
  return counts;
};

/**
 * Imports a chunk of registry.csv, whole or not at all: people first, then their accounts. Ids come from what a row says,
 * so a chunk that was half done when something failed is simply imported again.
 */
export const importRows =
  ({ people, accounts, settings, key, guard, now }: ImportDeps) =>
  async (written: readonly WrittenRow[]): Promise<ImportReport> => {
    const at = now();
    const today = localDate(at, settings.timeZone);
    const conflicts = rowConflicts('row');
    const rows: PlacedRow[] = [];
    const faults: RowFault[] = [];
    written.forEach((cells, index) => {
      const checked = checkRow(cells, { guard, today });
      if (checked.kind === 'bad')
        faults.push(...checked.faults.map((fault) => ({ ...fault, at: index + 1 })));
      else {
        const placed = { at: index + 1, row: checked.row, place: checked.place };
        rows.push(placed);
        faults.push(...conflicts(placed));
      }
    });

    const byPerson = new Map(rows.map((placed) => [personId(key, placed.row.employeeNumber), placed]));
    const superiors = new Map<PersonId, PlacedRow>();
    for (const placed of rows) {
      const number = placed.row.supervisorEmployeeNumber;
      const superior = number === null ? null : personId(key, number);
      if (superior !== null && !byPerson.has(superior)) superiors.set(superior, placed);
    }
    await inParallel([...superiors], async ([superior, placed]) => {
      if ((await people.byId(superior)) === null)
        faults.push({ at: placed.at, column: 'supervisorEmployeeNumber', reason: 'is nobody on record' });
    });
    if (faults.length > 0)
      return {
        people: counted([]),
        accounts: counted([]),
        faults: faults
          .sort((left, right) => left.at - right.at)
          .map(({ at: row, column, reason }) => ({ row, column, reason })),
      };

    const peopleEnds = await inParallel([...byPerson], ([id, { row }]) => {
      const number = row.supervisorEmployeeNumber;
      const supervisor = number === null ? null : personId(key, number);
      return keep<Person>({
        read: () => people.byId(id),
        save: (person) => people.save(person),
        change: (before) => importedPerson(row, { id, supervisor }, before),
      });
    });
    const accountEnds = await inParallel(rows, async ({ row, place }): Promise<End | null> => {
      const { network } = row;
      if (network === null || place === null) return null;
      const holder = personId(key, row.employeeNumber);
      const id = accountId(key, network, place.handle, holder);
      const notice = settings.gates.notice?.version ?? null;
      return keep<Account>({
        read: async () => (await accounts.byIds([id]))[0] ?? null,
        save: (account) => accounts.save(account),
        change: (before) =>
          importedAccount({ row: { ...row, network }, place, holder, id, notice, at, today }, before),
      });
    });
    return {
      people: counted(peopleEnds),
      accounts: counted(accountEnds.filter((end) => end !== null)),
      faults: [],
    };
  };

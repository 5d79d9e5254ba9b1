import * as z from 'zod';
import { ANSWER } from '../../shared/domain/limits.js';
import type { AccountId } from '../../shared/domain/ids.js';
import type { Account } from '../../shared/domain/registry/account.js';
import { importedAccount, importedPerson, personId } from '../../shared/domain/registry/imported.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { placeId } from '../../shared/domain/registry/place.js';
import { REGISTRY_COLUMNS } from '../../shared/domain/registry/registry-row.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { AccountStore, PersonStore, SaveOutcome } from '../../shared/ports.js';
import type { CheckedRows, DeclaredAccount } from './check-rows.js';
import { ProblemError } from './problem.js';

const Counts = z.strictObject({
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
});

/** What an import came to. With a fault nothing was imported. */
export const ImportReport = z.strictObject({
  people: Counts,
  accounts: Counts.extend({
    /** Of the unchanged ones, those whose holder has withdrawn them: a row brings none back without a newer declaration. */
    withdrawn: z.int().nonnegative(),
  }),
  faults: z
    .array(
      z.strictObject({
        /** Its place among the rows, from 1. */
        row: z.int().positive(),
        column: z.enum(REGISTRY_COLUMNS),
        reason: z.string().max(ANSWER),
      }),
    )
    .max(ANSWER),
});
export type ImportReport = z.infer<typeof ImportReport>;

interface ImportDeps {
  readonly people: Pick<PersonStore, 'byId' | 'save'>;
  readonly accounts: Pick<AccountStore, 'byIds' | 'save' | 'claimPlace'>;
  /** The agency's secret for keyed hashes. */
  readonly key: string;
}

const ATTEMPTS = 3;

type End = keyof z.infer<typeof Counts>;

interface Upkeep<Item> {
  readonly read: () => Promise<Item | null>;
  readonly save: (item: Item) => Promise<SaveOutcome>;
  /** The very same item when nothing changes. */
  readonly change: (before: Item | null) => Item;
}

interface Kept<Item> {
  readonly end: End;
  readonly item: Item;
}

/** Reads, changes and saves; anew when somebody else saved in between. */
const keep = async <Item>({ read, save, change }: Upkeep<Item>): Promise<Kept<Item>> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await read();
    const item = change(before);
    if (item === before) return { end: 'unchanged', item };
    if ((await save(item)) === 'saved') return { end: before === null ? 'created' : 'updated', item };
  }
  throw new Error('Others keep changing the same item');
};

const counted = (kept: readonly Kept<unknown>[]): z.infer<typeof Counts> => {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const { end } of kept) counts[end] += 1;
  return counts;
};

/** What is answered when rows do not hold. */
export const refusedImport = (faults: CheckedRows['faults']): ImportReport => ({
  people: counted([]),
  accounts: { ...counted([]), withdrawn: 0 },
  faults: faults.map(({ at: row, column, reason }) => ({ row, column, reason })),
});

/**
 * Imports rows that hold: people first, then their accounts. Ids come from what a row says, so a chunk that was half done
 * when something failed is simply imported again.
 */
export const importRows = async (checked: CheckedRows, deps: ImportDeps): Promise<ImportReport> => {
  const { people, accounts, key } = deps;
  const persons = await inParallel([...checked.people], ([id, { row }]) => {
    const number = row.supervisorEmployeeNumber;
    const supervisor = number === null ? null : personId(key, number);
    return keep<Person>({
      read: () => people.byId(id),
      save: (person) => people.save(person),
      change: (before) => importedPerson(row, { id, supervisor }, before),
    });
  });
  const registered = await inParallel(checked.accounts, (declared) => register(declared, accounts));
  return {
    people: counted(persons),
    accounts: {
      ...counted(registered),
      withdrawn: registered.filter(({ item }) => item.state === 'withdrawn').length,
    },
    faults: [],
  };
};

const read = async (accounts: Pick<AccountStore, 'byIds'>, id: AccountId): Promise<Account | null> =>
  (await accounts.byIds([id]))[0] ?? null;

/** Makes an account of what was declared; the very same again changes nothing. */
export const register = async (
  declared: DeclaredAccount,
  accounts: ImportDeps['accounts'],
): Promise<Kept<Account>> => {
  await claimed(declared, accounts);
  const { change } = declared;
  return keep<Account>({
    read: () => read(accounts, change.id),
    save: (account) => accounts.save(account),
    change: (before) => importedAccount(change, before),
  });
};

/** The place before the account: what an interrupted import leaves is a place without an account, never two accounts. */
const claimed = async (
  { change, claim }: DeclaredAccount,
  { claimPlace }: Pick<AccountStore, 'claimPlace'>,
): Promise<void> => {
  if (claim === null) return;
  const place = placeId({ network: change.row.network, handle: change.place.handle });
  const end = await claimPlace(place, { account: change.id, claimedAt: change.at }, claim.before);
  if (end === 'taken') throw new ProblemError('changed-meanwhile');
};

import { describe, expect, it } from 'vitest';
import { endLedgers } from '../../../functions/keep-time/end-ledgers.js';
import { memoryAccountScanStore } from '../../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../../shared/adapters/memory-account-store.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { changeAccount, type Account } from '../../../shared/domain/registry/account.js';
import { standingOf } from '../../../shared/domain/scanning/account-standing.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import { anAccount, anAgency, NOW } from '../../fixtures/registry.js';
import { anAccountScan } from '../../fixtures/scanning.js';

const rules = { dismissedDays: 14, withdrawnDays: 30, referredDays: 365, coverageDays: 90 };
const scan = anAccountScan({
  coverage: [
    { reason: 'gone', since: NOW, until: plus(NOW, { days: 1 }) },
    { reason: 'seen', since: plus(NOW, { days: 1 }), until: null },
  ],
  posts: 7,
});

const withdrawn = (account: Account, at = NOW): Account => {
  const outcome = changeAccount(account, { kind: 'withdraw' }, at);
  return outcome.kind === 'changed' ? outcome.account : account;
};

const anOffice = async (account = withdrawn({ ...anAccount(), revision: -1 })) => {
  const office = {
    accounts: memoryAccountStore(),
    scans: memoryAccountScanStore(),
    record: memoryRecordStore(),
  };
  await office.accounts.save(account);
  await office.scans.save(scan);
  const deps = (after: Duration) => ({
    ...office,
    agency: { read: () => Promise.resolve(anAgency({ gates: { ...anAgency().gates, retention: rules } })) },
    now: () => plus(NOW, after),
    report: () => undefined,
  });
  const run = (after: Duration) => endLedgers(deps(after))();
  const left = () => office.scans.byAccounts([account.id]);
  return { ...office, account, deps, run, left };
};

describe('the coverage of a withdrawn account', () => {
  it('ends by the agency’s own rule, with a receipt, and once', async () => {
    const { run, left, record, account } = await anOffice();
    expect(await run({ days: 89, hours: 23 })).toEqual({});
    expect(await left()).toEqual([scan]);
    expect(await run({ days: 90 })).toEqual({ ended: 1 });
    expect(await left()).toEqual([]);
    expect(await run({ days: 91 })).toEqual({});
    expect(record.entries).toEqual([
      { kind: 'ended', at: plus(NOW, { days: 90 }), rule: 'retention', what: 'coverage', name: account.id },
    ]);
  });

  it('stays of an account that is not withdrawn, however old', async () => {
    const { run, left } = await anOffice(anAccount());
    expect(await run({ days: 999 })).toEqual({});
    expect(await left()).toEqual([scan]);
  });

  it('has no receipt where nothing was there', async () => {
    const { run, scans, account, record } = await anOffice();
    await scans.remove(account.id);
    expect(await run({ days: 90 })).toEqual({ empty: 1 });
    expect(record.entries).toEqual([]);
  });

  it.each(['remove', 'save'] as const)('has one receipt where the run before died at %s', async (at) => {
    const { deps, run, left, record } = await anOffice();
    const fail = () => Promise.reject(new Error('throttled'));
    const given = deps({ days: 90 });
    const dying =
      at === 'remove'
        ? endLedgers({ ...given, scans: { ...given.scans, remove: fail } })
        : endLedgers({ ...given, accounts: { ...given.accounts, save: fail } });
    await expect(dying()).rejects.toThrow('1 failed');
    await run({ days: 91 });
    expect(await left()).toEqual([]);
    expect(record.entries).toHaveLength(1);
  });

  it('may be declared anew while it is deleted, and keeps what the holder did', async () => {
    const { deps, accounts, account } = await anOffice();
    const given = deps({ days: 90 });
    const racing = endLedgers({
      ...given,
      scans: {
        ...given.scans,
        remove: async (id) => {
          await accounts.save({ ...account, state: 'active', revision: account.revision + 1 });
          await given.scans.remove(id);
        },
      },
    });
    expect(await racing()).toEqual({ stale: 1 });
    expect((await accounts.byIds([account.id]))[0]).toMatchObject({ state: 'active', ledgerEndedAt: null });
  });

  it('is hidden from readers at that moment, whether or not the job has come round', () => {
    const read = (account: Account, after: Duration) =>
      standingOf(account, { scan, lookedAt: null, isRead: true, at: plus(NOW, after), days: 90 });
    const account = withdrawn(anAccount());
    expect(read(account, { days: 89, hours: 23 })).toMatchObject({ posts: 7, runs: scan.coverage });
    expect(read(account, { days: 90 })).toMatchObject({ reason: 'withdrawn', posts: 0, runs: [] });
    // Of an account in force, what ended so long ago.
    expect(read(anAccount(), { days: 90, hours: 23 }).runs).toHaveLength(2);
    expect(read(anAccount(), { days: 91 }).runs).toEqual(scan.coverage.slice(1));
  });
});

import { describe, expect, it } from 'vitest';
import { erasePeople } from '../../../functions/keep-time/erase-people.js';
import { memoryAccountScanStore } from '../../../shared/adapters/memory-account-scan-store.js';
import { memoryErasureStore } from '../../../shared/adapters/memory-erasure-store.js';
import { memoryFileStore } from '../../../shared/adapters/memory-file-store.js';
import { memoryGoldenStore } from '../../../shared/adapters/memory-golden-store.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { memoryRequestStore } from '../../../shared/adapters/memory-request-store.js';
import { fileIn, filesOf, uploadsOf } from '../../../shared/domain/files.js';
import { FindingId, PersonId } from '../../../shared/domain/ids.js';
import { obstaclesTo } from '../../../shared/domain/registry/erasure.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import type { SaveOutcome } from '../../../shared/ports.js';
import type { Finding, FindingState } from '../../../shared/domain/review/finding.js';
import { firstScan } from '../../../shared/domain/scanning/account-scan.js';
import { plus } from '../../../shared/domain/time.js';
import { aGoldenItem, aGoldenSet } from '../../fixtures/golden.js';
import { inBetween } from '../../fixtures/in-between.js';
import { mortal } from '../../fixtures/mortal.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld, somebody } from '../../fixtures/world.js';

const subject = PersonId.parse(opaqueId('person'));
const officer = PersonId.parse(opaqueId('officer'));
const account = anAccount();
const dismissed = aFindingIn('dismissed');
const portrait = fileIn(filesOf({ person: subject }), 'data.json');
const upload = fileIn(uploadsOf(subject), 'capture.png');
const capture = fileIn(filesOf({ finding: dismissed.id }), 'capture.png');

const anOffice = async (findings: readonly Finding[] = [dismissed]) => {
  const world = await aWorld({ findings });
  const office = {
    ...world,
    record: memoryRecordStore(),
    files: memoryFileStore(world.now),
    scans: memoryAccountScanStore(),
    erasures: memoryErasureStore(),
    requests: memoryRequestStore(),
    golden: memoryGoldenStore(),
  };
  await office.accounts.claimPlace(placeId(account), { account: account.id, claimedAt: NOW }, null);
  await office.scans.save({ ...firstScan(account.id, 1), revision: 0 });
  for (const key of [portrait, upload, capture])
    await office.files.put(key, { bytes: new Uint8Array([1]), type: 'image/png' });
  const items = [{ finding: dismissed.id, telling: 'dismissed' }];
  await office.mailings.claim({ kind: 'outcome', recipient: subject, occasion: 'x', items }, NOW);
  await office.mailings.claim(
    { kind: 'digest', recipient: opaqueId('supervisor'), occasion: 'y', items },
    NOW,
  );
  await office.erasures.order({ subject, by: officer, at: NOW });
  return office;
};
type Office = Awaited<ReturnType<typeof anOffice>>;

/** Everything that is left of the person, and what the record says of it. */
const left = async (office: Office) => ({
  person: await office.people.byId(subject),
  accounts: await office.accounts.ofHolder(subject),
  place: await office.accounts.placeOwner(placeId(account)),
  scans: await office.scans.byAccounts([account.id]),
  findings: await office.findings.ofAccount(account.id),
  mailings: await office.mailings.to(subject),
  files: await Promise.all([portrait, upload, capture].map((key) => office.files.read(key))),
  orders: await office.erasures.open(10),
  requests: await office.requests.ofPerson(subject),
  record: office.record.entries.map((entry) => ({ ...entry, at: null })),
});

const carriedOut = async (office: Office): Promise<void> => {
  for (let run = 0; run < 3; run += 1) {
    await erasePeople(office)();
    office.pass({ minutes: 15 });
  }
};

describe('an erasure', () => {
  it('names nobody any more as whoever wrote invented items', async () => {
    const office = await anOffice();
    const set = aGoldenSet([aGoldenItem()], { by: subject });
    await office.golden.saveSet(set);
    await carriedOut(office);
    expect(await office.golden.set()).toEqual({ ...set, by: null, revision: 1 });
  });

  it('withdraws the accounts first, and deletes everything once nothing is under way any more', async () => {
    const office = await anOffice();
    expect(await erasePeople(office)()).toEqual({ withdrawn: 1 });
    expect(await office.accounts.ofHolder(subject)).toMatchObject([{ state: 'withdrawn', epoch: 2 }]);
    office.pass({ minutes: 4 });
    expect(await erasePeople(office)()).toEqual({ withdrawn: 1 });
    office.pass({ minutes: 1 });
    expect(await erasePeople(office)()).toEqual({ erased: 1 });
    expect(await left(office)).toMatchObject({
      person: null,
      accounts: [],
      place: null,
      scans: [],
      findings: [],
      mailings: [],
      files: [null, null, null],
      orders: [],
      record: [
        { kind: 'finding-ended', rule: 'erasure', finding: dismissed.id, history: dismissed.history },
        { kind: 'ended', rule: 'erasure', what: 'mailing' },
        { kind: 'ended', rule: 'erasure', what: 'account', name: account.id },
        { kind: 'erasure', step: 'done', person: officer, subject },
      ],
    });
    // What others were told stays theirs.
    expect(await office.mailings.to(opaqueId('supervisor'))).toHaveLength(1);
    expect(await office.people.byId(PersonId.parse(opaqueId('supervisor')))).not.toBeNull();
    expect(await erasePeople(office)()).toEqual({});
  });

  it('leaves a finding on which somebody acts at that very moment to the next run, which is no failure', async () => {
    const office = await anOffice();
    await erasePeople(office)();
    office.pass({ minutes: 5 });
    const findings = { ...office.findings, remove: () => Promise.resolve('stale' as const) };
    expect(await erasePeople({ ...office, findings })()).toEqual({ stale: 1 });
    expect(await office.people.byId(subject)).not.toBeNull();
    expect(await erasePeople(office)()).toEqual({ erased: 1 });
  });

  it('comes to the same end wherever it is killed', async () => {
    const unharmed = await anOffice();
    await carriedOut(unharmed);
    const expected = await left(unharmed);
    expect(expected.orders).toEqual([]);
    const places: string[] = [];
    for (const moment of ['before', 'after'] as const)
      for (let dies = 0; ; dies += 1) {
        const office = await anOffice();
        await erasePeople(office)();
        office.pass({ minutes: 15 });
        const process = mortal(dies, moment);
        const through = <Store extends object>(label: string, store: Store) => process.through(label, store);
        await erasePeople({
          ...office,
          erasures: through('erasures', office.erasures),
          people: through('people', office.people),
          accounts: through('accounts', office.accounts),
          scans: through('scans', office.scans),
          findings: through('findings', office.findings),
          mailings: through('mailings', office.mailings),
          requests: through('requests', office.requests),
          files: through('files', office.files),
          record: through('record', office.record),
        })().catch(() => null);
        if (process.last() === null) break;
        places.push(`${moment} ${process.last() ?? ''}`);
        await carriedOut(office);
        expect(await left(office)).toEqual(expected);
      }
    expect(places).toContain('after findings.remove');
    expect(places).toContain('after people.remove');
    expect(places.length).toBeGreaterThan(24);
  });

  it('keeps a finding whole on which a legal hold is set at any moment of it, or refuses the hold', async () => {
    const ends: string[] = [];
    for (let moment = 0; ; moment += 1) {
      const office = await anOffice();
      await erasePeople(office)();
      office.pass({ minutes: 15 });
      const legalHold = { by: officer, since: NOW, until: plus(NOW, { days: 2 }) };
      const holds: SaveOutcome[] = [];
      const { through, isPast } = inBetween(moment, async () => {
        const seen = await office.findings.byId(dismissed.id);
        if (seen !== null)
          holds.push(await office.findings.save({ ...seen, legalHold, revision: seen.revision + 1 }));
      });
      await erasePeople({
        ...office,
        findings: through(office.findings),
        files: through(office.files),
        record: through(office.record),
        requests: through(office.requests),
      })();
      const isWhole = (await office.files.read(capture)) !== null;
      const found = await office.findings.byId(dismissed.id);
      const isReceipted = office.record.entries.some(({ kind }) => kind === 'finding-ended');
      const [hold = 'gone'] = holds;
      expect([hold, found?.legalHold ?? null, isWhole, isReceipted]).toEqual(
        hold === 'saved' ? [hold, legalHold, true, false] : [hold, null, false, true],
      );
      ends.push(hold);
      if (isPast()) break;
    }
    expect(new Set(ends)).toEqual(new Set(['saved', 'stale', 'gone']));
  });

  it('brings to its end what a run that died had begun, though something has come up that stops the rest', async () => {
    const other = aFindingIn('dismissed', { id: FindingId.parse(opaqueId('other')) });
    const office = await anOffice([dismissed, other]);
    await erasePeople(office)();
    office.pass({ minutes: 15 });
    await office.findings.lock(dismissed);
    const legalHold = { by: officer, since: NOW, until: plus(NOW, { days: 2 }) };
    await office.findings.save({ ...other, legalHold, revision: other.revision + 1 });
    expect(await erasePeople(office)()).toEqual({ waiting: 1 });
    expect((await office.findings.ofAccount(account.id)).map(({ id }) => id)).toEqual([other.id]);
    expect(await office.files.read(capture)).toBeNull();
    expect(office.record.entries).toMatchObject([{ kind: 'finding-ended', finding: dismissed.id }]);
    expect(await office.people.byId(subject)).not.toBeNull();
  });

  it('waits for a hold or a question that came up meanwhile, and goes on after it', async () => {
    const legalHold = { by: officer, since: NOW, until: plus(NOW, { days: 2 }) };
    const office = await anOffice([aFindingIn('dismissed', { legalHold })]);
    await erasePeople(office)();
    office.pass({ minutes: 15 });
    expect(await erasePeople(office)()).toEqual({ waiting: 1 });
    expect((await left(office)).person).not.toBeNull();
    office.pass({ days: 2 });
    expect(await erasePeople(office)()).toEqual({ erased: 1 });
  });
});

describe('what stands in the way of an erasure', () => {
  const kinds = (state: FindingState) => obstaclesTo(null, [aFindingIn(state)], NOW).map(({ kind }) => kind);

  it.each([
    ['indicated', []],
    ['clarifying', ['open-matter']],
    ['deciding', ['open-matter']],
    ['objected', ['open-matter']],
    ['referred', ['referred-matter']],
    ['confirmed', ['referred-matter']],
    ['withdrawn', []],
    ['dismissed', []],
  ] as const)('%s: %j', (state, expected) => {
    expect(kinds(state)).toEqual(expected);
  });

  it('is a role, and a legal hold for as long as it lasts', () => {
    expect(obstaclesTo(somebody('chief', { roles: ['analyst'] }), [], NOW)).toEqual([{ kind: 'has-role' }]);
    expect(obstaclesTo(somebody('clerk'), [], NOW)).toEqual([]);
    const legalHold = { by: officer, since: NOW, until: plus(NOW, { days: 2 }) };
    const held = aFindingIn('dismissed', { legalHold });
    expect(obstaclesTo(null, [held], NOW)).toEqual([{ kind: 'legal-hold', finding: held.id }]);
    expect(obstaclesTo(null, [held], plus(NOW, { days: 2 }))).toEqual([]);
  });
});

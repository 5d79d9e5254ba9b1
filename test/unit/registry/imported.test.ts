import { describe, expect, it } from 'vitest';
import { changeAccount, type Account } from '../../../shared/domain/registry/account.js';
import { declaredIn, importedAccount, type AccountImport } from '../../../shared/domain/registry/imported.js';
import { RegistryRow } from '../../../shared/domain/registry/registry-row.js';
import { minus, plus } from '../../../shared/domain/time.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { aRow } from '../../fixtures/registry-row.js';

const { id, holder, handle, identity } = anAccount();
const signed = { declarationRef: 'SP-2/2026', declaredOn: '2026-11-22', noticeVersion: '1' };

const declaring = (overrides: Parameters<typeof aRow>[0]): AccountImport => {
  const row = { ...RegistryRow.parse(aRow(overrides)), network: 'feed' as const };
  return {
    row,
    place: { handle, identity },
    holder,
    id,
    confirmation: declaredIn(row, '1', NOW),
    at: NOW,
    timeZone: 'Asia/Jakarta',
  };
};
const imported = (overrides: Parameters<typeof aRow>[0], before: Account): Account =>
  importedAccount(declaring(overrides), before);
const changed = (account: Account, kind: 'pause' | 'withdraw', at = NOW): Account => {
  const outcome = changeAccount(account, { kind }, at);
  return outcome.kind === 'changed' ? outcome.account : account;
};

/** Confirmed for September to December. */
const confirmed = anAccount({
  effectiveTo: imported({ effectiveTo: '2026-12-31' }, anAccount()).effectiveTo,
});
const same = { effectiveFrom: '2026-09-01', effectiveTo: '2026-12-31' };

describe('what a holder confirmed', () => {
  it('stays as it is under the same row', () => {
    expect(imported(same, confirmed)).toBe(confirmed);
  });

  it.each([
    ['a later begin', { ...same, effectiveFrom: '2026-10-01' }],
    ['an earlier end', { ...same, effectiveTo: '2026-12-01' }],
  ])('is narrowed freely: %s', (_what, row) => {
    expect(imported(row, confirmed)).toMatchObject({ state: 'active', epoch: 1, revision: 1 });
  });

  it.each([
    ['an earlier begin', { ...same, effectiveFrom: '2026-08-31' }],
    ['a later end', { ...same, effectiveTo: '2027-01-01' }],
    ['no end', { ...same, effectiveTo: '' }],
    ['another area', { ...same, area: '99.02' }],
  ])('is asked for anew when a row goes beyond it: %s', (_what, row) => {
    const asked = imported(row, confirmed);
    expect(asked).toMatchObject({
      state: 'invited',
      epoch: 2,
      lapses: [{ from: NOW, to: null }],
      invitedAt: null,
    });
    expect(imported(row, asked)).toBe(asked);
    expect(imported({ ...row, ...signed }, confirmed)).toMatchObject({
      state: 'active',
      epoch: 2,
      lapses: [{ from: NOW, to: NOW }],
      confirmation: { kind: 'declaration', reference: 'SP-2/2026' },
    });
  });

  it('is not widened by the paper that it was confirmed with, however often the row comes', () => {
    const paper = importedAccount(declaring({ ...same, ...signed }), null);
    const wider = { ...same, ...signed, effectiveTo: '2027-06-30' };
    const asked = imported(wider, paper);
    expect(asked).toMatchObject({ state: 'invited', epoch: 2 });
    expect(imported(wider, asked)).toBe(asked);
    const other = { ...wider, declarationRef: 'SP-3/2026' };
    expect(imported(other, asked)).toMatchObject({ state: 'active', epoch: 2, lapses: [{ to: NOW }] });
  });

  it('by the link is not widened by a paper from before', () => {
    const older = { ...signed, declaredOn: '2026-09-02' };
    expect(imported({ ...same, ...older, effectiveTo: '' }, confirmed).state).toBe('invited');
  });

  it('is not read under a pause that a wider row with a declaration meets', () => {
    const paused = changed(confirmed, 'pause', minus(NOW, { days: 1 }));
    expect(imported({ ...same, ...signed, effectiveTo: '' }, paused)).toMatchObject({
      state: 'paused',
      epoch: 3,
      lapses: [{ to: NOW }, { from: NOW, to: null }],
    });
  });
});

describe('an account that its holder registered alone and has not proved', () => {
  const self = { kind: 'self' as const, at: NOW, noticeVersion: '1' };
  const alone = anAccount({ confirmation: self, effectiveTo: confirmed.effectiveTo });

  it.each(['2026-11-22', '2026-09-02'])(
    'is the holder’s by a declaration signed on %s, in the same epoch, and the same row again changes nothing',
    (declaredOn) => {
      const paper = imported({ ...same, ...signed, declaredOn }, alone);
      expect(paper).toMatchObject({
        state: 'active',
        epoch: 1,
        lapses: [],
        confirmation: { kind: 'declaration' },
      });
      expect(imported({ ...same, ...signed, declaredOn }, paper)).toBe(paper);
    },
  );

  it('stays paused under it', () => {
    const paused = changed(alone, 'pause', minus(NOW, { days: 9 }));
    expect(imported({ ...same, ...signed }, paused)).toMatchObject({
      state: 'paused',
      confirmation: { kind: 'declaration' },
    });
  });

  it('may be widened by it', () => {
    const wider = { ...same, ...signed, declaredOn: '2026-09-02', effectiveTo: '' };
    expect(imported(wider, alone)).toMatchObject({ state: 'active', confirmation: { kind: 'declaration' } });
  });

  it.each([
    [
      'a paper from before it was taken back',
      { declaredOn: '2026-11-13' },
      { lapses: [{ from: minus(NOW, { days: 9 }), to: NOW }], epoch: 2 },
    ],
    ['a paper of another notice', { noticeVersion: '0' }, {}],
    ['a row without a paper', { declarationRef: '', declaredOn: '', noticeVersion: '' }, {}],
  ])('is not changed by %s', (_what, row, account) => {
    const before = { ...alone, ...account };
    expect(imported({ ...same, ...signed, ...row }, before)).toBe(before);
  });

  it('that was proved needs no paper', () => {
    const proved = { ...alone, proof: { kind: 'proved' as const, at: NOW, how: 'post' as const } };
    expect(imported({ ...same, ...signed }, proved)).toBe(proved);
  });
});

describe('a withdrawn account', () => {
  const withdrawn = changed(anAccount(), 'withdraw', minus(NOW, { days: 2 }));

  it.each([
    ['without a declaration', {}],
    ['with a declaration of the day of the withdrawal', { ...signed, declaredOn: '2026-11-21' }],
    ['with a declaration of another notice', { ...signed, noticeVersion: '0' }],
  ])('stays so under a row %s', (_what, row) => {
    expect(imported({ area: '99.02', ...row }, withdrawn)).toBe(withdrawn);
  });

  it('stays so under a declaration from between its pause and its withdrawal', () => {
    const paused = changed(anAccount(), 'pause', minus(NOW, { days: 30 }));
    const gone = changed(paused, 'withdraw', minus(NOW, { days: 1 }));
    expect(imported(signed, gone)).toBe(gone);
  });

  it('is registered again, in no cohort, by a declaration of a later day', () => {
    const again = imported(signed, withdrawn);
    expect(again).toMatchObject({
      state: 'active',
      epoch: 2,
      lapses: [{ to: NOW }],
      effectiveFrom: '2026-11-23',
      cohort: null,
      confirmation: { reference: 'SP-2/2026' },
      revision: withdrawn.revision + 1,
    });
    expect(changed(again, 'withdraw', plus(NOW, { days: 1 }))).toMatchObject({ epoch: 3 });
  });
});

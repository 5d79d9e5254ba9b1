import { describe, expect, it } from 'vitest';
import { AreaCode } from '../../../shared/domain/calendar/contest.js';
import { changeAccount, isVoid } from '../../../shared/domain/registry/account.js';
import { closedGates, GATE_NAMES } from '../../../shared/domain/registry/gates.js';
import { ScanPermit } from '../../../shared/domain/registry/permit.js';
import { Instant, plus } from '../../../shared/domain/time.js';
import { aPermit } from '../../fixtures/permit.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';

const { gates } = anAgency();
const asked = (overrides: Partial<Parameters<typeof ScanPermit.request>[0]> = {}) => {
  const answer = ScanPermit.request({
    agency: anAgency(),
    contests: [aContest()],
    account: anAccount(),
    at: NOW,
    ...overrides,
  });
  return answer.kind === 'refused' ? answer.reason : answer.kind;
};

describe('the legal gates', () => {
  it('are all open for an agency that has recorded everything', () => {
    expect(closedGates(anAgency(), [aContest()], NOW)).toEqual([]);
  });

  it.each(['instrument', 'impactAssessment', 'officer', 'notice', 'retention'] as const)(
    'refuse without %s, and say where it is set',
    (gate) => {
      const closed = closedGates(anAgency({ gates: { ...gates, [gate]: null } }), [aContest()], NOW);
      expect(closed).toMatchObject([{ gate, problem: 'missing' }]);
      expect(closed[0]?.remedy).toContain(gate);
    },
  );

  it('refuse without a contest calendar', () => {
    expect(closedGates(anAgency(), [], NOW).map(({ gate }) => gate)).toEqual(['contestCalendar']);
  });

  it('refuse when the legal instrument has expired, from the next local day on', () => {
    const agency = anAgency({
      gates: {
        ...gates,
        instrument: { ...gates.instrument!, validUntil: anAgency().gates.instrument!.date },
      },
    });
    expect(closedGates(agency, [aContest()], NOW)).toMatchObject([
      { gate: 'instrument', problem: 'expired' },
    ]);
  });

  it('are six', () => {
    const none = { instrument: null, impactAssessment: null, officer: null, notice: null, retention: null };
    expect(
      closedGates(anAgency({ gates: none }), [], NOW)
        .map(({ gate }) => gate)
        .sort(),
    ).toEqual([...GATE_NAMES].sort());
  });
});

describe('leave to look at an account', () => {
  it('is given for a confirmed account in force, while a contest is on', () => {
    expect(aPermit()).toMatchObject({ account: anAccount().id, epoch: 1, contests: ['pilbup-sukamaju'] });
  });

  it.each([
    ['not-confirmed', anAccount({ state: 'invited', confirmation: null })],
    ['not-confirmed', anAccount({ confirmation: null })],
    ['paused', anAccount({ state: 'paused' })],
    ['withdrawn', anAccount({ state: 'withdrawn' })],
    ['not-in-force', anAccount({ effectiveFrom: aContest().stages[4]!.from })],
    ['not-in-force', anAccount({ effectiveTo: aContest().stages[1]!.from })],
  ])('is refused: %s', (reason, account) => {
    expect(asked({ account })).toBe(reason);
  });

  it('is refused without an active contest in the area', () => {
    expect(asked({ at: Instant.parse('2026-12-31T05:00:00.000Z') })).toBe('no-active-contest');
    expect(asked({ contests: [{ ...aContest(), area: AreaCode.parse('99.02') }] })).toBe('no-active-contest');
    expect(asked({ contests: [{ ...aContest(), area: AreaCode.parse('99') }] })).toBe('granted');
    expect(asked({ contests: [{ ...aContest(), area: AreaCode.parse('00') }] })).toBe('granted');
    expect(asked({ contests: [{ ...aContest(), area: AreaCode.parse('99.01.05') }] })).toBe(
      'no-active-contest',
    );
  });

  it('is refused while a gate is closed', () => {
    expect(asked({ agency: anAgency({ gates: { ...gates, notice: null } }) })).toBe('gates-closed');
  });

  it('goes stale after a minute, and before it was given', () => {
    const permit = aPermit();
    expect(permit.isFresh(plus(NOW, { seconds: 60 }))).toBe(true);
    expect(permit.isFresh(plus(NOW, { seconds: 61 }))).toBe(false);
    expect(permit.isFresh(plus(NOW, { seconds: -1 }))).toBe(false);
  });

  it('reaches back to the start of the contest or of the registration, whichever is later', () => {
    expect(aPermit().since).toBe('2026-08-31T17:00:00.000Z');
    expect(aPermit({ account: anAccount({ effectiveFrom: aContest().stages[2]!.from }) }).since).toBe(
      '2026-10-31T17:00:00.000Z',
    );
  });
});

describe('an account', () => {
  const invited = anAccount({ state: 'invited', confirmation: null });

  it('becomes active when its holder confirms, and only then', () => {
    expect(changeAccount(invited, { kind: 'resume' }, NOW)).toEqual({
      kind: 'refused',
      reason: 'not-confirmed',
    });
    expect(changeAccount(invited, { kind: 'confirm', noticeVersion: '1' }, NOW)).toMatchObject({
      kind: 'changed',
      account: { state: 'active', confirmation: { kind: 'link', noticeVersion: '1' }, revision: 1 },
    });
  });

  it('gets a new epoch with each pause and withdrawal, so that what is under way is void', () => {
    expect(changeAccount(anAccount(), { kind: 'pause' }, NOW)).toMatchObject({
      account: { state: 'paused', epoch: 2 },
    });
    expect(changeAccount(anAccount(), { kind: 'withdraw' }, NOW)).toMatchObject({
      account: { state: 'withdrawn', epoch: 2 },
    });
  });

  it('voids what is found after a pause, and keeps what was found before it', () => {
    const pause = changeAccount(anAccount(), { kind: 'pause' }, NOW);
    const resumed =
      pause.kind === 'changed'
        ? changeAccount(pause.account, { kind: 'resume' }, plus(NOW, { hours: 1 }))
        : pause;
    const account = resumed.kind === 'changed' ? resumed.account : anAccount();
    expect(account).toMatchObject({ state: 'active', epoch: 2 });
    expect(isVoid(account, { epoch: 1, foundAt: plus(NOW, { seconds: -1 }) })).toBe(false);
    expect(isVoid(account, { epoch: 1, foundAt: NOW })).toBe(true);
    expect(isVoid(account, { epoch: 2, foundAt: plus(NOW, { hours: 2 }) })).toBe(false);
  });

  it('never comes back from a withdrawal', () => {
    const gone = anAccount({ state: 'withdrawn' });
    for (const change of [
      { kind: 'resume' },
      { kind: 'pause' },
      { kind: 'confirm', noticeVersion: '1' },
    ] as const)
      expect(changeAccount(gone, change, NOW)).toEqual({ kind: 'refused', reason: 'withdrawn' });
  });
});

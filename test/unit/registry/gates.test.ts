import { describe, expect, it } from 'vitest';
import { AreaCode } from '../../../shared/domain/calendar/contest.js';
import { Agency } from '../../../shared/domain/registry/agency.js';
import { changeAccount, isVoid } from '../../../shared/domain/registry/account.js';
import { GatesChange } from '../../../shared/domain/registry/change-gates.js';
import { GATE_NAMES } from '../../../shared/domain/registry/closed-gate.js';
import { closedGates } from '../../../shared/domain/registry/gates.js';
import { IdentityLookup, ScanPermit, SubmissionPermit } from '../../../shared/domain/registry/permit.js';
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

  it.each([
    ['instrument', { ...gates.instrument!, date: '2026-11-24' }],
    ['impactAssessment', { ...gates.impactAssessment!, date: '2026-11-24' }],
  ])('refuse while the %s is dated after today', (gate, recorded) => {
    const agency = Agency.parse({ ...anAgency(), gates: { ...gates, [gate]: recorded } });
    expect(closedGates(agency, [aContest()], NOW)).toMatchObject([{ gate, problem: 'not-yet-valid' }]);
    expect(closedGates(agency, [aContest()], plus(NOW, { hours: 11 }))).toMatchObject([{ gate }]);
    expect(closedGates(agency, [aContest()], plus(NOW, { hours: 12 }))).toEqual([]);
  });

  it('take no instrument that ends before its date', () => {
    const instrument = { ...gates.instrument, validUntil: '2026-01-14' };
    const issues = GatesChange.safeParse({ instrument }).error?.issues;
    expect(issues).toMatchObject([{ path: ['instrument', 'validUntil'] }]);
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

describe('an account on a network without a connector', () => {
  const byHand = { network: 'facebook', handle: 'saridewi', identity: null } as const;
  const declaration = {
    kind: 'declaration',
    at: NOW,
    noticeVersion: '1',
    reference: 'SP-1',
    declaredOn: aContest().stages[0]!.from,
  } as const;
  const given = (account: Parameters<typeof anAccount>[0], agency = anAgency()) => {
    const request = {
      agency,
      contests: [aContest()],
      account: anAccount({ ...byHand, ...account }),
      at: NOW,
    };
    const answer = SubmissionPermit.request(request, ['feed', 'bluesky', 'mastodon']);
    return answer.kind === 'refused' ? answer.reason : answer.kind;
  };

  it('is never looked at, and its network never asked', () => {
    expect(asked({ account: anAccount(byHand) })).toBe('not-read');
    const around = { agency: anAgency(), contests: [aContest()], at: NOW, handleHost: null };
    expect(IdentityLookup.request({ ...around, account: anAccount(byHand) })).toEqual({
      kind: 'refused',
      reason: 'not-read',
    });
  });

  it('takes in what is given in while it is in force', () => {
    expect(given({})).toBe('granted');
    expect(given({ state: 'paused' })).toBe('paused');
    expect(given({ state: 'withdrawn' })).toBe('withdrawn');
    expect(given({ state: 'invited', confirmation: null })).toBe('not-confirmed');
    expect(given({ effectiveTo: aContest().stages[1]!.from })).toBe('not-in-force');
    expect(given({}, anAgency({ gates: { ...gates, notice: null } }))).toBe('gates-closed');
  });

  it('is proved by a signed declaration, where a proof is called for', () => {
    const strict = anAgency({ ownershipProof: 'required' });
    expect(given({}, strict)).toBe('not-proved');
    expect(given({ confirmation: declaration }, strict)).toBe('granted');
    expect(given({ confirmation: { kind: 'self', at: NOW, noticeVersion: '1' } })).toBe('not-proved');
  });

  it('is treated as one that is read where its network is: no post comes in past what a look asks', () => {
    expect(given({ network: 'bluesky' })).toBe('not-identified');
    expect(given({ network: 'youtube' })).toBe('granted');
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

  it('begins another epoch when it is withdrawn during a pause, so that the withdrawal has its own time', () => {
    const paused = changeAccount(anAccount(), { kind: 'pause' }, NOW);
    const later = plus(NOW, { hours: 1 });
    const account = paused.kind === 'changed' ? paused.account : anAccount();
    expect(changeAccount(account, { kind: 'withdraw' }, later)).toMatchObject({
      account: {
        epoch: 3,
        lapses: [
          { from: NOW, to: later },
          { from: later, to: null },
        ],
      },
    });
  });

  it('is in force again once its holder confirms what lapsed', () => {
    const lapses = [{ from: NOW, to: null }];
    const account = anAccount({ state: 'invited', epoch: 2, lapses });
    const later = plus(NOW, { hours: 1 });
    expect(changeAccount(account, { kind: 'confirm', noticeVersion: '1' }, later)).toMatchObject({
      account: { state: 'active', epoch: 2, lapses: [{ from: NOW, to: later }] },
    });
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

import { describe, expect, it } from 'vitest';
import { AreaCode } from '../../../shared/domain/calendar/contest.js';
import { ContestId } from '../../../shared/domain/ids.js';
import {
  ContextRef,
  IdentityLookup,
  ScanPermit,
  SubmissionPermit,
} from '../../../shared/domain/registry/permit.js';
import { askForProof } from '../../../shared/domain/registry/proof.js';
import { Instant, LocalDate, plus } from '../../../shared/domain/time.js';
import { aLookup } from '../../fixtures/lookup.js';
import { aPermit } from '../../fixtures/permit.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';

const SOCIAL = 'sosial.sukamaju.example';
const profile = {
  network: 'mastodon',
  handle: `sari@${SOCIAL}`,
  identity: { id: '109', host: SOCIAL },
} as const;
const closed = anAgency({ gates: { ...anAgency().gates, notice: null } });
const request = { agency: anAgency(), contests: [aContest()], account: anAccount(), at: NOW };

describe('leave to look at an account', () => {
  it.each([
    ['not-identified', { account: anAccount({ identity: null }) }],
    [
      'host-not-approved',
      { account: anAccount({ ...profile, identity: { id: '1', host: 'lain.example' } }) },
    ],
    ['not-proved', { agency: anAgency({ ownershipProof: 'required' }) }],
    ['not-proved', { account: anAccount({ confirmation: { kind: 'self', at: NOW, noticeVersion: '1' } }) }],
    [
      'not-proved',
      { agency: anAgency({ ownershipProof: 'required' }), account: askForProof(anAccount(), NOW) },
    ],
    ['no-active-contest', { contests: [aContest({ stages: aContest().stages.slice(0, 2) })] }],
  ])('is refused: %s', (reason, changes) => {
    expect(ScanPermit.request({ ...request, ...changes })).toEqual({ kind: 'refused', reason });
  });

  it('is given to who has proved the account, where a proof is called for', () => {
    const account = anAccount({ proof: { kind: 'proved', at: NOW, how: 'profile' } });
    expect(aPermit({ agency: anAgency({ ownershipProof: 'required' }), account }).account).toBe(account.id);
  });

  it('says which gates are closed', () => {
    expect(ScanPermit.request({ ...request, agency: closed })).toMatchObject({
      kind: 'gates-closed',
      gates: [{ gate: 'notice', problem: 'missing' }],
    });
  });

  it('is refused where the holder is to confirm anew, whatever they confirmed before', () => {
    const account = anAccount({ state: 'invited' });
    expect(ScanPermit.request({ ...request, account })).toEqual({ kind: 'refused', reason: 'not-confirmed' });
  });

  it('holds until the last day of the instrument, and not without a calendar', () => {
    const { gates } = anAgency();
    const lastDay = LocalDate.parse('2026-11-23');
    const agency = anAgency({
      gates: { ...gates, instrument: { ...gates.instrument!, validUntil: lastDay } },
    });
    expect(aPermit({ agency }).kind).toBe('scan');
    expect(ScanPermit.request({ ...request, contests: [] })).toMatchObject({
      kind: 'gates-closed',
      gates: [{ gate: 'contestCalendar', problem: 'missing' }],
    });
  });

  it('reaches no further back than the contest, however long the account is registered', () => {
    const account = anAccount({ effectiveFrom: LocalDate.parse('2026-08-01') });
    expect(aPermit({ account }).since).toBe('2026-08-31T17:00:00.000Z');
  });

  it('holds on the first and the last day of the registration', () => {
    const today = aContest().stages[0]!.from;
    const at = Instant.parse(`${today}T05:00:00.000Z`);
    expect(aPermit({ account: anAccount({ effectiveFrom: today, effectiveTo: today }), at }).epoch).toBe(1);
  });

  it('names every contest that is on where the holder works, and reaches back to the first of them', () => {
    const later = aContest({ id: ContestId.parse('pilgub'), stages: aContest().stages.slice(2) });
    const elsewhere = aContest({ id: ContestId.parse('pilwali'), area: AreaCode.parse('99.02') });
    const permit = aPermit({ contests: [later, elsewhere, aContest()] });
    expect(permit.contests).toEqual(['pilgub', 'pilbup-sukamaju']);
    expect(permit.since).toBe('2026-08-31T17:00:00.000Z');
  });

  it('opens the host that serves the account', () => {
    expect(aPermit({ account: anAccount(profile) })).toMatchObject({
      kind: 'scan',
      network: 'mastodon',
      host: SOCIAL,
    });
  });

  it('is good from its own moment on', () => {
    expect(aPermit().isFresh(NOW)).toBe(true);
  });

  it('reaches what was posted since then, but for what was posted in a pause', () => {
    const [from, to] = [Instant.parse('2026-11-10T00:00:00.000Z'), Instant.parse('2026-11-12T00:00:00.000Z')];
    const again = Instant.parse('2026-11-20T00:00:00.000Z');
    const permit = aPermit({
      account: anAccount({
        lapses: [
          { from, to },
          { from: again, to: null },
        ],
      }),
    });
    const before = (at: Instant): Instant => plus(at, { seconds: -1 });
    expect(permit.reaches(permit.since)).toBe(true);
    expect(permit.reaches(before(permit.since))).toBe(false);
    expect(permit.reaches(before(from))).toBe(true);
    expect(permit.reaches(from)).toBe(false);
    expect(permit.reaches(before(to))).toBe(false);
    expect(permit.reaches(to)).toBe(true);
    expect(permit.reaches(again)).toBe(false);
    expect(permit.reaches(NOW)).toBe(false);
  });
});

describe('leave to read what a post points to', () => {
  const address = `https://${SOCIAL}/api/v1/statuses/7`;
  const permit = aPermit({ account: anAccount(profile) });

  it('opens one address, once', () => {
    const ref = permit.pointsTo(address);
    expect(ref).toBeInstanceOf(ContextRef);
    expect(ref.spend(`${address}8`)).toBe(false);
    expect(ref.spend(address)).toBe(true);
    expect(ref.spend(address)).toBe(false);
  });

  it('goes where its permit goes, and as long', () => {
    const ref = permit.pointsTo(address);
    expect(ref).toMatchObject({ kind: 'context', address, network: 'mastodon', host: SOCIAL });
    expect(ref.isFresh(plus(NOW, { seconds: 60 }))).toBe(true);
    expect(ref.isFresh(plus(NOW, { seconds: 61 }))).toBe(false);
  });
});

describe('leave to ask who a handle is', () => {
  const asked = { ...request, handleHost: null };

  it.each([
    ['withdrawn', { account: anAccount({ state: 'withdrawn' }) }],
    ['not-confirmed', { account: anAccount({ state: 'invited' }) }],
    ['not-confirmed', { account: anAccount({ confirmation: null }) }],
    ['host-not-approved', { account: anAccount({ ...profile, identity: null }), handleHost: 'lain.example' }],
    [
      'host-not-approved',
      { account: anAccount({ ...profile, identity: { id: '1', host: 'lain.example' } }) },
    ],
  ])('is refused: %s', (reason, changes) => {
    expect(IdentityLookup.request({ ...asked, ...changes })).toEqual({ kind: 'refused', reason });
  });

  it('is refused while a gate is closed, and says which', () => {
    expect(IdentityLookup.request({ ...asked, agency: closed })).toMatchObject({
      kind: 'gates-closed',
      gates: [{ gate: 'notice' }],
    });
  });

  it('needs no contest that is on, and is given in a pause', () => {
    const at = Instant.parse('2027-03-01T05:00:00.000Z');
    expect(aLookup({ at, account: anAccount({ state: 'paused' }) }).kind).toBe('identity');
  });

  it('goes to the host that is known, else to the one that the handle names, else to none yet', () => {
    expect(aLookup({ account: anAccount(profile), handleHost: 'lain.example' })).toMatchObject({
      host: SOCIAL,
      handle: profile.handle,
      identity: profile.identity,
    });
    expect(aLookup({ account: anAccount({ ...profile, identity: null }), handleHost: SOCIAL }).host).toBe(
      SOCIAL,
    );
    expect(aLookup({ account: anAccount({ ...profile, identity: null }) }).host).toBeNull();
  });

  it('may look into posts only for a proof that is asked for now', () => {
    expect(aLookup().seeksProof).toBe(false);
    expect(aLookup({ account: askForProof(anAccount(), NOW) }).seeksProof).toBe(true);
  });

  it('goes stale after a minute', () => {
    expect(aLookup().isFresh(plus(NOW, { seconds: 60 }))).toBe(true);
    expect(aLookup().isFresh(plus(NOW, { seconds: 61 }))).toBe(false);
  });
});

describe('leave to take in what is given in', () => {
  const given = (changes: Partial<typeof request> = {}) =>
    SubmissionPermit.request({ ...request, ...changes }, ['feed']);

  it('opens no network', () => {
    const answer = given();
    expect(answer.kind === 'granted' && answer.permit).toBeInstanceOf(SubmissionPermit);
  });

  it('is that of a look, where the network is read', () => {
    expect(given()).toMatchObject({
      kind: 'granted',
      permit: { account: anAccount().id, epoch: 1, network: 'feed', contests: ['pilbup-sukamaju'] },
    });
    expect(given({ account: anAccount({ identity: null }) })).toEqual({
      kind: 'refused',
      reason: 'not-identified',
    });
  });

  it('asks for the registration, the contest and a proof all the same where the network is not read', () => {
    const byHand = anAccount({ network: 'facebook', handle: 'sari', identity: null });
    expect(given({ account: byHand }).kind).toBe('granted');
    expect(given({ account: { ...byHand, state: 'paused' } })).toEqual({ kind: 'refused', reason: 'paused' });
    expect(given({ account: byHand, contests: [] }).kind).toBe('gates-closed');
    expect(given({ account: byHand, at: Instant.parse('2026-12-31T05:00:00.000Z') })).toEqual({
      kind: 'refused',
      reason: 'no-active-contest',
    });
    const strict = anAgency({ ownershipProof: 'required' });
    expect(given({ account: byHand, agency: strict })).toEqual({ kind: 'refused', reason: 'not-proved' });
    const proof = { kind: 'proved', at: NOW, how: 'profile' } as const;
    expect(given({ account: { ...byHand, proof }, agency: strict }).kind).toBe('granted');
  });

  it('takes nothing in from a pause', () => {
    const lapses = [{ from: plus(NOW, { hours: -2 }), to: plus(NOW, { hours: -1 }) }];
    const answer = given({ account: anAccount({ lapses }) });
    const permit = answer.kind === 'granted' ? answer.permit : null;
    expect([-3, -2, -1].map((hours) => permit?.reaches(plus(NOW, { hours })))).toEqual([true, false, true]);
  });
});

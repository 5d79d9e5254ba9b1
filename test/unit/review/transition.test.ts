import { describe, expect, it } from 'vitest';
import { FindingState, type Finding } from '../../../shared/domain/review/finding.js';
import { firstBreak } from '../../../shared/domain/review/history.js';
import { jobActs, personActs, type Party } from '../../../shared/domain/review/transition.js';
import type { PersonAct } from '../../../shared/domain/review/acts.js';
import { Instant } from '../../../shared/domain/time.js';
import {
  ACTS,
  aFindingIn,
  anAnalyst,
  aParty,
  around,
  moved,
  theHolder,
  theSupervisor,
} from '../../fixtures/review.js';

const act = (finding: Finding, what: PersonAct, who: Party) => personActs(finding, what, who, around());
const refused = (reason: string) => ({ kind: 'refused', reason });
const notify = { kind: 'notify', job: 'note-deliveries' } as const;
const closeWindow = { kind: 'close-window', job: 'keep-time' } as const;
const WINDOW_END = Instant.parse('2026-11-26T17:00:00.000Z');

describe('a decision', () => {
  const allowed: readonly [keyof typeof ACTS, FindingState, FindingState][] = [
    ['dismiss', 'indicated', 'dismissed'],
    ['dismiss', 'clarifying', 'dismissed'],
    ['dismiss', 'deciding', 'dismissed'],
    ['clarify', 'indicated', 'clarifying'],
    ['refer', 'deciding', 'referred'],
    ['confirm', 'objected', 'confirmed'],
    ['withdraw', 'objected', 'withdrawn'],
  ];

  it.each(allowed)('%s leads from %s to %s', (kind, from, to) => {
    expect(moved(act(aFindingIn(from), ACTS[kind], anAnalyst('new'))).state).toBe(to);
  });

  const kinds = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'] as const;
  const others = kinds.flatMap((kind) =>
    FindingState.options
      .filter((from) => !allowed.some(([one, state]) => one === kind && state === from))
      .map((from) => [kind, from] as const),
  );

  it.each(others)('%s is refused in %s', (kind, from) => {
    expect(act(aFindingIn(from), ACTS[kind], anAnalyst('new'))).toEqual(refused('not-in-this-state'));
  });

  it.each(kinds)('%s is for analysts', (kind) => {
    const anyone = aParty('anyone', { roles: ['supervisor', 'officer', 'auditor', 'administrator'] });
    expect(act(aFindingIn('indicated'), ACTS[kind], anyone)).toEqual(refused('role-missing'));
  });

  it.each(kinds)('%s is not for the holder, nor for their superior', (kind) => {
    const finding = aFindingIn('objected');
    expect(act(finding, ACTS[kind], anAnalyst('person', { isHolder: true }))).toEqual(refused('own-finding'));
    expect(act(finding, ACTS[kind], anAnalyst('chief', { isSupervisor: true }))).toEqual(
      refused('own-staff'),
    );
  });

  it('is not for whoever decided before', () => {
    const second = refused('second-person-needed');
    expect(act(aFindingIn('clarifying'), ACTS.dismiss, anAnalyst('first'))).toEqual(second);
    expect(act(aFindingIn('deciding'), ACTS.refer, anAnalyst('first'))).toEqual(second);
    expect(act(aFindingIn('objected'), ACTS.withdraw, anAnalyst('first'))).toEqual(second);
    expect(act(aFindingIn('objected'), ACTS.confirm, anAnalyst('second'))).toEqual(second);
  });

  it('says who is to be told', () => {
    const untold = (state: FindingState) => aFindingIn(state).untold;
    expect(moved(act(aFindingIn('indicated'), ACTS.dismiss, anAnalyst('new'))).untold).toEqual({
      holder: null,
      supervisor: null,
    });
    expect(untold('clarifying')).toEqual({ holder: 'clarification', supervisor: null });
    expect(untold('deciding')).toEqual({ holder: null, supervisor: null });
    expect(untold('dismissed')).toEqual({ holder: 'dismissed', supervisor: null });
    for (const state of ['referred', 'objected', 'confirmed', 'withdrawn'] as const)
      expect(untold(state)).toEqual({ holder: state, supervisor: state });
  });

  it('tells the end also where the question may be under way', () => {
    const asked = aFindingIn('clarifying');
    expect(asked.untold.holder).toBe('clarification');
    expect(moved(act(asked, ACTS.dismiss, anAnalyst('second'))).untold.holder).toBe('dismissed');
  });

  it('keeps its words beside the chain, under a commitment', () => {
    const finding = aFindingIn('clarifying');
    const [, entry] = finding.history;
    expect(entry).toMatchObject({ act: 'clarify', code: 'call-to-vote' });
    expect(entry?.commitment).toMatch(/^[0-9a-f]{64}$/);
    expect(finding.contents['1']?.text).toBe(ACTS.clarify.words);
    expect(JSON.stringify(finding.history)).not.toContain(ACTS.clarify.words);
  });
});

describe('the holder', () => {
  it('ends the wait by answering', () => {
    const answered = moved(act(aFindingIn('clarifying'), ACTS.answer, theHolder));
    expect(answered).toMatchObject({ state: 'deciding', untold: { holder: null, supervisor: null } });
  });

  it('may answer late: the answer is attached and moves nothing', () => {
    const before = aFindingIn('deciding');
    const after = moved(act(before, { ...ACTS.answer, answer: 'deleted', words: '' }, theHolder));
    expect(after).toMatchObject({ state: 'deciding', stateSince: before.stateSince });
    expect(after.history.at(-1)).toMatchObject({ act: 'answer', code: 'deleted', commitment: null });
  });

  it('cannot fill the finding up with answers', () => {
    let finding = aFindingIn('deciding');
    for (let more = 0; more < 4; more += 1) finding = moved(act(finding, ACTS.answer, theHolder));
    expect(act(finding, ACTS.answer, theHolder)).toEqual(refused('already-done'));
    expect(moved(act(finding, ACTS.refer, anAnalyst('second'))).state).toBe('referred');
  });

  it('objects once, to a referral', () => {
    const objected = moved(act(aFindingIn('referred'), ACTS.object, theHolder));
    expect(objected.state).toBe('objected');
    expect(act(objected, ACTS.object, theHolder)).toEqual(refused('not-in-this-state'));
    expect(act(aFindingIn('dismissed'), ACTS.object, theHolder)).toEqual(refused('not-in-this-state'));
  });

  it.each(['answer', 'object'] as const)('alone can %s', (kind) => {
    const finding = aFindingIn(kind === 'answer' ? 'clarifying' : 'referred');
    expect(act(finding, ACTS[kind], anAnalyst('new'))).toEqual(refused('not-yours'));
    expect(act(finding, ACTS[kind], theSupervisor)).toEqual(refused('not-yours'));
  });

  it.each(['indicated', 'referred', 'confirmed', 'withdrawn', 'dismissed'] as const)(
    'has nothing to answer in %s',
    (state) => {
      expect(act(aFindingIn(state), ACTS.answer, theHolder)).toEqual(refused('not-in-this-state'));
    },
  );
});

describe('the superior', () => {
  it('acknowledges each state once', () => {
    const seen = moved(act(aFindingIn('referred'), ACTS.acknowledge, theSupervisor));
    expect(seen.state).toBe('referred');
    expect(act(seen, ACTS.acknowledge, theSupervisor)).toEqual(refused('already-done'));
    const acting = aParty('acting', { isSupervisor: true });
    const both = moved(act(seen, ACTS.acknowledge, acting));
    expect(act(both, ACTS.acknowledge, theSupervisor)).toEqual(refused('already-done'));
    const objected = moved(act(both, ACTS.object, theHolder));
    expect(act(objected, ACTS.acknowledge, theSupervisor).kind).toBe('moved');
  });

  it.each(['indicated', 'clarifying', 'deciding', 'dismissed'] as const)(
    'has nothing to see in %s',
    (state) => {
      expect(act(aFindingIn(state), ACTS.acknowledge, theSupervisor)).toEqual(refused('not-in-this-state'));
    },
  );

  it('is not the holder, and nobody else', () => {
    const finding = aFindingIn('referred');
    expect(act(finding, ACTS.acknowledge, { ...theHolder, isSupervisor: true })).toEqual(
      refused('not-yours'),
    );
    expect(act(finding, ACTS.acknowledge, anAnalyst('new'))).toEqual(refused('not-yours'));
  });
});

describe('the window to answer', () => {
  const asked = aFindingIn('clarifying');

  it('begins with the mail and ends with the third working day after it', () => {
    const notified = moved(jobActs(asked, notify, around()));
    expect(notified).toMatchObject({ state: 'clarifying', replyBy: WINDOW_END, untold: { holder: null } });
  });

  it('begins once', () => {
    const notified = moved(jobActs(asked, notify, around()));
    expect(jobActs(notified, notify, around({ days: 1 }))).toEqual(refused('already-done'));
  });

  it('closes at its end, not before, and never where it has not begun', () => {
    const notified = moved(jobActs(asked, notify, around()));
    const at = (moment: string) => ({ ...around(), at: Instant.parse(moment) });
    expect(jobActs(notified, closeWindow, at('2026-11-26T16:59:59.999Z'))).toEqual(
      refused('window-still-open'),
    );
    expect(moved(jobActs(notified, closeWindow, at(WINDOW_END))).state).toBe('deciding');
    expect(jobActs(asked, closeWindow, around({ days: 100 }))).toEqual(refused('window-still-open'));
  });

  it.each(FindingState.options.filter((state) => state !== 'clarifying'))('is no matter in %s', (state) => {
    expect(jobActs(aFindingIn(state), notify, around())).toEqual(refused('not-in-this-state'));
    expect(jobActs(aFindingIn(state), closeWindow, around({ days: 9 }))).toEqual(
      refused('not-in-this-state'),
    );
  });
});

it('leaves a chain that holds and one revision more for each act', () => {
  const finding = aFindingIn('withdrawn');
  expect(firstBreak(finding)).toBeNull();
  expect(finding.history.map(({ act: kind }) => kind)).toEqual([
    'indicate',
    'clarify',
    'notify',
    'answer',
    'refer',
    'object',
    'withdraw',
  ]);
  expect(finding.revision).toBe(6);
});

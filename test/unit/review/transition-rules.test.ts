import { describe, expect, it } from 'vitest';
import { KeptFile, MOST_BYTES_OF_A_FINDING } from '../../../shared/domain/files.js';
import { PersonId } from '../../../shared/domain/ids.js';
import { EMPTY_DESK } from '../../../shared/domain/review/desk.js';
import { filesOfFinding, jobActs, personActs } from '../../../shared/domain/review/transition.js';
import { plus } from '../../../shared/domain/time.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import {
  ACTS,
  aFindingIn,
  anAnalyst,
  around,
  aParty,
  moved,
  theHolder,
  theSupervisor,
} from '../../fixtures/review.js';

const refused = (reason: string) => ({ kind: 'refused', reason });
const analyst = PersonId.parse(opaqueId('first'));
const aFile = (bytes: number): KeptFile =>
  KeptFile.parse({ file: `${'a'.repeat(64)}.png`, bytes, name: 'tangkapan.png' });
const HALF = MOST_BYTES_OF_A_FINDING / 2;

describe('an item on the desk', () => {
  const leased = aFindingIn('indicated', {
    desk: {
      ...EMPTY_DESK,
      lease: { analyst, until: plus(NOW, { minutes: 20 }) },
      holdUntil: plus(NOW, { days: 1 }),
    },
  });

  it('is decided by whoever has it, and free afterwards', () => {
    expect(personActs(leased, ACTS.clarify, anAnalyst('other'), around())).toEqual(refused('taken'));
    expect(moved(personActs(leased, ACTS.clarify, anAnalyst('first'), around())).desk).toEqual(EMPTY_DESK);
  });

  it('is anybody’s again when the lease is over, or when nobody has it', () => {
    const later = around({ minutes: 20 });
    expect(moved(personActs(leased, ACTS.clarify, anAnalyst('other'), later)).state).toBe('clarifying');
    const free = aFindingIn('indicated');
    expect(moved(personActs(free, ACTS.clarify, anAnalyst('other'), around())).state).toBe('clarifying');
  });

  it('is not for who stands aside from it', () => {
    const away = aFindingIn('indicated', { desk: { ...EMPTY_DESK, away: [analyst] } });
    expect(personActs(away, ACTS.clarify, anAnalyst('first'), around())).toEqual(refused('away'));
    expect(moved(personActs(away, ACTS.clarify, anAnalyst('other'), around())).state).toBe('clarifying');
  });
});

describe('the window of a holder', () => {
  const asked = aFindingIn('clarifying');
  const told = moved(jobActs(asked, { kind: 'notify', job: 'note-deliveries' }, around()));

  it('begins once, when the question was delivered; then the holder was told', () => {
    expect(asked.untold).toEqual({ holder: 'clarification', supervisor: null });
    expect(told).toMatchObject({ state: 'clarifying', untold: { holder: null, supervisor: null } });
    expect(told.replyBy).not.toBeNull();
    expect(told.history.at(-1)).toMatchObject({
      act: 'notify',
      actor: { kind: 'job', job: 'note-deliveries' },
    });
    expect(jobActs(told, { kind: 'notify', job: 'note-deliveries' }, around())).toEqual(
      refused('already-done'),
    );
  });

  it('stops when the question came back, and begins anew with the next one', () => {
    const bounced = moved(jobActs(told, { kind: 'bounce', job: 'note-deliveries' }, around()));
    expect(bounced).toMatchObject({
      state: 'clarifying',
      replyBy: null,
      untold: { holder: 'clarification' },
    });
    expect(bounced.history.at(-1)?.act).toBe('bounce');
    expect(jobActs(bounced, { kind: 'bounce', job: 'note-deliveries' }, around())).toEqual(
      refused('already-done'),
    );
    expect(moved(jobActs(bounced, { kind: 'notify', job: 'note-deliveries' }, around())).replyBy).toBe(
      told.replyBy,
    );
  });

  it('is not closed before its end, nor where none runs', () => {
    const close = { kind: 'close-window', job: 'keep-time' } as const;
    const { replyBy } = told;
    const at = (moment: typeof replyBy) => ({ ...around(), at: moment ?? NOW });
    expect(jobActs(asked, close, around())).toEqual(refused('window-still-open'));
    expect(jobActs(told, close, at(plus(replyBy ?? NOW, { seconds: -1 })))).toEqual(
      refused('window-still-open'),
    );
    expect(moved(jobActs(told, close, at(replyBy)))).toMatchObject({
      state: 'deciding',
      stateSince: replyBy,
    });
  });

  it('is nobody’s business once the matter has moved on', () => {
    for (const kind of ['notify', 'bounce'] as const)
      expect(jobActs(aFindingIn('deciding'), { kind, job: 'note-deliveries' }, around())).toEqual(
        refused('not-in-this-state'),
      );
  });
});

describe('files with what a holder says', () => {
  const withFiles = { ...ACTS.answer, words: '', files: [aFile(HALF)] };
  const answered = moved(personActs(aFindingIn('clarifying'), withFiles, theHolder, around()));

  it('are kept with the answer, also where there are no words', () => {
    expect(filesOfFinding(answered)).toEqual(withFiles.files);
  });

  it('have an end, in answers and objections alike, up to which they are taken', () => {
    const more = (bytes: number) => ({ ...ACTS.answer, files: [aFile(bytes)] });
    expect(moved(personActs(answered, more(HALF), theHolder, around())).state).toBe('deciding');
    expect(personActs(answered, more(HALF + 1), theHolder, around())).toEqual(refused('too-much'));
    const referred = moved(personActs(answered, ACTS.refer, anAnalyst('second'), around()));
    const object = (bytes: number) => ({ ...ACTS.object, files: [aFile(bytes)] });
    expect(personActs(referred, object(HALF + 1), theHolder, around())).toEqual(refused('too-much'));
    expect(moved(personActs(referred, object(HALF), theHolder, around())).state).toBe('objected');
  });

  it('that are there already keep nobody from answering in words', () => {
    const full = moved(personActs(answered, { ...ACTS.answer, files: [aFile(HALF)] }, theHolder, around()));
    const over = { ...full, capture: { kept: aFile(1), at: NOW, by: analyst, as: 'analyst' as const } };
    expect(filesOfFinding(over)).toHaveLength(3);
    expect(moved(personActs(over, ACTS.answer, theHolder, around())).history).toHaveLength(
      over.history.length + 1,
    );
  });
});

describe('whose act it is', () => {
  it.each([
    ['answer', 'clarifying'],
    ['object', 'referred'],
  ] as const)('%s is the holder’s alone', (kind, state) => {
    expect(personActs(aFindingIn(state), ACTS[kind], theSupervisor, around())).toEqual(refused('not-yours'));
  });

  it('a superior takes note of what they were told, and of nothing else, and never of their own', () => {
    expect(personActs(aFindingIn('referred'), ACTS.acknowledge, aParty('other'), around())).toEqual(
      refused('not-yours'),
    );
    const both = { ...theSupervisor, isHolder: true };
    expect(personActs(aFindingIn('referred'), ACTS.acknowledge, both, around())).toEqual(
      refused('not-yours'),
    );
    expect(personActs(aFindingIn('deciding'), ACTS.acknowledge, theSupervisor, around())).toEqual(
      refused('not-in-this-state'),
    );
    const noted = moved(personActs(aFindingIn('referred'), ACTS.acknowledge, theSupervisor, around()));
    expect(personActs(noted, ACTS.acknowledge, theSupervisor, around())).toEqual(refused('already-done'));
    const objected = moved(personActs(noted, ACTS.object, theHolder, around()));
    expect(moved(personActs(objected, ACTS.acknowledge, theSupervisor, around())).state).toBe('objected');
  });

  it('nobody judges without the role, on themself, their staff, or their superior', () => {
    const judge = (party: Parameters<typeof personActs>[2]) =>
      personActs(aFindingIn('indicated'), ACTS.clarify, party, around());
    expect(judge(aParty('other'))).toEqual(refused('role-missing'));
    expect(judge(anAnalyst('other', { isHolder: true }))).toEqual(refused('own-finding'));
    expect(judge(anAnalyst('other', { isSupervisor: true }))).toEqual(refused('own-staff'));
    expect(judge(anAnalyst('other', { conflict: 'own-unit' }))).toEqual(refused('conflict-of-interest'));
  });
});

import { describe, expect, it } from 'vitest';
import { owedCorrection } from '../../../shared/domain/digest/correction.js';
import { Mailing } from '../../../shared/domain/digest/mail.js';
import type { Onlookers, Reading } from '../../../shared/domain/review/looks.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import {
  ACTS,
  aFindingIn,
  anAnalyst,
  around,
  moved,
  theHolder,
  theSupervisor,
} from '../../fixtures/review.js';

const withdrawn = aFindingIn('withdrawn');
const about = (recipient: string, overrides: Partial<Mailing> = {}, telling = 'referred'): Mailing =>
  Mailing.parse({
    kind: 'digest',
    recipient: opaqueId(recipient),
    occasion: '2026-11-23',
    items: [{ finding: withdrawn.id, telling }],
    state: 'sent',
    claimedAt: NOW,
    messageId: null,
    ...overrides,
  });

const supervisor = theSupervisor.person;
const onlyRead = anAnalyst('reader');
const onlookers: Onlookers = {
  holder: theHolder.person,
  superiors: [supervisor],
  rolesOf: (person) => (person === onlyRead.person ? ['analyst'] : []),
};
const owed = (finding: typeof withdrawn, mailings: readonly Mailing[], looks: readonly Reading[] = []) =>
  owedCorrection(finding, mailings, looks, onlookers);

describe('a correction', () => {
  it('is owed to everybody whom a digest told, each once', () => {
    const mailings = [about('one'), about('one', { occasion: '2026-11-24' }, 'objected'), about('two')];
    expect(owed(withdrawn, mailings)).toEqual([opaqueId('one'), opaqueId('two')]);
  });

  it('is owed where a digest may have gone out, and not where it certainly did not', () => {
    expect(owed(withdrawn, [about('one', { state: 'claimed' })])).toEqual([opaqueId('one')]);
    for (const state of ['unsent', 'undeliverable'] as const)
      expect(owed(withdrawn, [about('one', { state })])).toEqual([]);
  });

  it('is owed to nobody for the holder’s own mails, or for a digest of something else', () => {
    const items = [{ finding: opaqueId('another'), telling: 'referred' }];
    expect(owed(withdrawn, [about('holder', { kind: 'outcome' }), about('one', { items })])).toEqual([]);
  });

  it('is owed until it was sent, not while that is in doubt', () => {
    const corrected = (state: Mailing['state']) =>
      about('one', { state, occasion: '2026-11-25' }, 'withdrawn');
    expect(owed(withdrawn, [about('one'), corrected('claimed')])).toEqual([opaqueId('one')]);
    expect(owed(withdrawn, [about('one'), corrected('sent')])).toEqual([]);
  });

  it('is owed to whoever acknowledged what was then withdrawn, and not to who acknowledged the withdrawal', () => {
    const noted = moved(personActs(aFindingIn('objected'), ACTS.acknowledge, theSupervisor, around()));
    const after = moved(personActs(noted, ACTS.withdraw, anAnalyst('third'), around()));
    expect(owed(after, [])).toEqual([theSupervisor.person]);
    const late = moved(personActs(withdrawn, ACTS.acknowledge, theSupervisor, around()));
    expect(owed(late, [])).toEqual([]);
  });

  it('is owed to a superior who only opened or previewed it before it was withdrawn', () => {
    const objected = moved(personActs(aFindingIn('referred'), ACTS.object, theHolder, around({ hours: 2 })));
    const after = moved(personActs(objected, ACTS.withdraw, anAnalyst('third'), around({ hours: 4 })));
    const look = (person: typeof supervisor, hours: number): Reading => ({
      person,
      at: around({ hours }).at,
    });
    expect(owed(after, [], [look(supervisor, 3)])).toEqual([supervisor]);
    expect(owed(after, [about('supervisor', {}, 'withdrawn')], [look(supervisor, 3)])).toEqual([]);
    const others = [theHolder.person, anAnalyst('second').person, onlyRead.person];
    expect(owed(after, [], [look(supervisor, 5), ...others.map((person) => look(person, 3))])).toEqual([]);
    // Somebody who acted for the superior then, and does no longer.
    expect(owed(after, [], [look(anAnalyst('deputy').person, 3)])).toEqual([anAnalyst('deputy').person]);
  });
});

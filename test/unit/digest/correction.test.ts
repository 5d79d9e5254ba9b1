import { describe, expect, it } from 'vitest';
import { owedCorrection } from '../../../shared/domain/digest/correction.js';
import { Mailing } from '../../../shared/domain/digest/mail.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, anAnalyst, around, moved, theSupervisor } from '../../fixtures/review.js';

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

describe('a correction', () => {
  it('is owed to everybody whom a digest told, each once', () => {
    const mailings = [about('one'), about('one', { occasion: '2026-11-24' }, 'objected'), about('two')];
    expect(owedCorrection(withdrawn, mailings)).toEqual([opaqueId('one'), opaqueId('two')]);
  });

  it('is owed where a digest may have gone out, and not where it certainly did not', () => {
    expect(owedCorrection(withdrawn, [about('one', { state: 'claimed' })])).toEqual([opaqueId('one')]);
    for (const state of ['unsent', 'undeliverable'] as const)
      expect(owedCorrection(withdrawn, [about('one', { state })])).toEqual([]);
  });

  it('is owed to nobody for the holder’s own mails, or for a digest of something else', () => {
    const items = [{ finding: opaqueId('another'), telling: 'referred' }];
    expect(
      owedCorrection(withdrawn, [about('holder', { kind: 'outcome' }), about('one', { items })]),
    ).toEqual([]);
  });

  it('is owed until it was sent, not while that is in doubt', () => {
    const corrected = (state: Mailing['state']) =>
      about('one', { state, occasion: '2026-11-25' }, 'withdrawn');
    expect(owedCorrection(withdrawn, [about('one'), corrected('claimed')])).toEqual([opaqueId('one')]);
    expect(owedCorrection(withdrawn, [about('one'), corrected('sent')])).toEqual([]);
  });

  it('is owed to whoever acknowledged what was then withdrawn, and not to who acknowledged the withdrawal', () => {
    const noted = moved(personActs(aFindingIn('objected'), ACTS.acknowledge, theSupervisor, around()));
    const after = moved(personActs(noted, ACTS.withdraw, anAnalyst('third'), around()));
    expect(owedCorrection(after, [])).toEqual([theSupervisor.person]);
    const late = moved(personActs(withdrawn, ACTS.acknowledge, theSupervisor, around()));
    expect(owedCorrection(late, [])).toEqual([]);
  });
});

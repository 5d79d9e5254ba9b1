import { describe, expect, it } from 'vitest';
import type { ActHit, Scene, SuppressorHit, TargetHit } from '../../../shared/domain/screening/scene.js';
import { weigh } from '../../../shared/domain/screening/weigh.js';

const at = (place: number) => ({
  from: place,
  to: place + 1,
  start: place,
  end: place + 1,
  sentence: 0,
  clause: 0,
});
const anAct = (place: number, overrides: Partial<ActHit> = {}): ActHit => ({
  ...at(place),
  rule: 'vote-call',
  act: 'vote',
  strength: 'strong',
  inTag: false,
  own: false,
  ...overrides,
});
const aTarget = (place: number, overrides: Partial<TargetHit> = {}): TargetHit => ({
  ...at(place),
  rule: 'contestant',
  alone: true,
  topic: false,
  ...overrides,
});
const aSuppressor = (place: number, overrides: Partial<SuppressorHit> = {}): SuppressorHit => ({
  ...at(place),
  rule: 'negation',
  scope: 'next',
  cancels: 'all',
  ...overrides,
});
const aScene = (overrides: Partial<Scene> = {}): Scene => ({
  acts: [],
  banners: [],
  targets: [],
  suppressors: [],
  election: false,
  turns: new Set(),
  voices: new Set(),
  bare: new Set(),
  electoral: false,
  oneSided: true,
  listsAll: false,
  callsAll: false,
  symbols: 10,
  quotedSymbols: 0,
  questions: new Map(),
  quoted: new Set(),
  ...overrides,
});
const isEnough = (scene: Partial<Scene>, context: Scene | null = null): boolean =>
  weigh(aScene(scene), context) !== null;

describe('weigh', () => {
  it('takes a strong act beside a contestant for enough', () => {
    expect(isEnough({ acts: [anAct(0)], targets: [aTarget(1)] })).toBe(true);
  });

  it('needs both an act and somebody whom it is about', () => {
    expect(isEnough({ acts: [anAct(0)] })).toBe(false);
    expect(isEnough({ targets: [aTarget(1)] })).toBe(false);
  });

  it('needs two different weak acts', () => {
    const rally = anAct(0, { act: 'rally', strength: 'weak' });
    const targets = [aTarget(4)];
    expect(isEnough({ acts: [rally, { ...rally, ...at(1) }], targets })).toBe(false);
    expect(isEnough({ acts: [rally, anAct(1, { act: 'wish', strength: 'weak' })], targets })).toBe(true);
  });

  it('never takes an accompanying act for evidence', () => {
    const beside = anAct(0, { strength: 'beside', act: 'audience' });
    expect(isEnough({ acts: [beside, { ...beside, act: 'inducement' }], targets: [aTarget(1)] })).toBe(false);
    const evidence = weigh(aScene({ acts: [beside, anAct(1)], targets: [aTarget(2)] }), null);
    expect(evidence?.acts.map(({ act }) => act)).toEqual(['vote', 'audience']);
  });

  it.each([
    [14, true],
    [15, false],
  ])('lets a strong act reach over %i symbols: %s', (gap, expected) => {
    expect(isEnough({ acts: [anAct(0)], targets: [aTarget(1 + gap)] })).toBe(expected);
  });

  it('takes a strong act in the sentence next door for a weak one', () => {
    const acts = [anAct(0)];
    const targets = [aTarget(2, { sentence: 1 })];
    expect(isEnough({ acts, targets })).toBe(false);
    expect(isEnough({ acts: [...acts, anAct(1, { act: 'praise', strength: 'weak' })], targets })).toBe(true);
  });

  it.each([
    [3, false],
    [4, true],
  ])('lets a negation reach four words ahead: with %i between, enough is %s', (gap, expected) => {
    const acts = [anAct(1 + gap)];
    expect(isEnough({ acts, targets: [aTarget(2 + gap)], suppressors: [aSuppressor(0)] })).toBe(expected);
  });

  it('does not let a negation reach back or into another clause', () => {
    const targets = [aTarget(2)];
    expect(isEnough({ acts: [anAct(0)], targets, suppressors: [aSuppressor(1)] })).toBe(true);
    const elsewhere = [aSuppressor(0, { clause: 7 })];
    expect(isEnough({ acts: [anAct(1)], targets, suppressors: elsewhere })).toBe(true);
  });

  it.each([
    ['sentence', 0, false],
    ['sentence', 1, true],
    ['text', 1, false],
  ] as const)(
    'lets a suppressor of scope %s in sentence %i leave enough: %s',
    (scope, sentence, expected) => {
      const suppressors = [aSuppressor(5, { scope, sentence })];
      expect(isEnough({ acts: [anAct(0)], targets: [aTarget(1)], suppressors })).toBe(expected);
    },
  );

  it('lets a weak suppressor cancel weak acts only', () => {
    const suppressors = [aSuppressor(5, { scope: 'text', cancels: 'weak' })];
    const weak = [anAct(0, { act: 'rally', strength: 'weak' }), anAct(1, { act: 'wish', strength: 'weak' })];
    expect(isEnough({ acts: [anAct(0)], targets: [aTarget(2)], suppressors })).toBe(true);
    expect(isEnough({ acts: weak, targets: [aTarget(2)], suppressors })).toBe(false);
  });

  it('names what it weighed against in vain', () => {
    const acts = [anAct(1), anAct(6, { sentence: 1, clause: 1 })];
    const targets = [aTarget(2), aTarget(7, { sentence: 1, clause: 1 })];
    const evidence = weigh(aScene({ acts, targets, suppressors: [aSuppressor(0)] }), null);
    expect(evidence).toMatchObject({ acts: [acts[1]], against: ['negation'] });
  });

  describe('of an answer', () => {
    const context = aScene({ targets: [aTarget(1)], election: true });
    const acts = [anAct(0)];

    it('lets the context say whom it is about', () => {
      expect(weigh(aScene({ acts }), context)).toMatchObject({ contextTargets: context.targets });
    });

    it.each([
      ['the answer is long', aScene({ acts, symbols: 13 }), context],
      ['the context names everybody', aScene({ acts }), { ...context, listsAll: true }],
      ['the context is no campaigning', aScene({ acts }), { ...context, election: false }],
      [
        'the context is about something else',
        aScene({ acts }),
        { ...context, suppressors: [aSuppressor(0, { scope: 'text' })] },
      ],
    ] as const)('does not when %s', (_, scene, around) => {
      expect(weigh(scene, around)).toBeNull();
    });
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FindingState, type Finding } from '../../../shared/domain/review/finding.js';
import { firstBreak } from '../../../shared/domain/review/history.js';
import {
  jobActs,
  personActs,
  type Party,
  type Transition,
} from '../../../shared/domain/review/transition.js';
import { millisecondsBetween, milliseconds, plus, type Instant } from '../../../shared/domain/time.js';
import { aFinding } from '../../fixtures/finding.js';
import { ACTS, anAnalyst, aParty, around } from '../../fixtures/review.js';

/** Everybody has the analyst's role who could misuse it. */
const PEOPLE: readonly Party[] = [
  anAnalyst('person', { isHolder: true }),
  anAnalyst('chief', { isSupervisor: true }),
  anAnalyst('first'),
  anAnalyst('second'),
  anAnalyst('third'),
  aParty('passer-by'),
];

type ActName = keyof typeof ACTS | 'notify' | 'close-window';
const NAMES: readonly ActName[] = [
  'dismiss',
  'clarify',
  'refer',
  'confirm',
  'withdraw',
  'answer',
  'object',
  'acknowledge',
  'notify',
  'close-window',
];

interface Try {
  readonly name: ActName;
  readonly who: Party;
  readonly at: Instant;
}

/** The system under test: what a try makes of a finding. */
type Rules = (finding: Finding, attempt: Try) => Transition;

const rules: Rules = (finding, { name, who, at }) => {
  const circumstances = { ...around(), at };
  if (name === 'notify') return jobActs(finding, { kind: 'notify', job: 'notify-holders' }, circumstances);
  if (name === 'close-window')
    return jobActs(finding, { kind: 'close-window', job: 'keep-time' }, circumstances);
  return personActs(finding, ACTS[name], who, circumstances);
};

const DECISIONS: readonly ActName[] = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'];
const TOLD: readonly FindingState[] = ['referred', 'objected', 'confirmed', 'withdrawn'];

/** What is wrong with what happened, judged from what happened alone and never from the finding's own words. */
const violation = (done: readonly Try[], finding: Finding): string | null => {
  const first = (name: ActName) => done.find((one) => one.name === name);
  const decisions = done.filter(({ name }) => DECISIONS.includes(name));
  if (decisions.some(({ who }) => !who.roles.includes('analyst'))) return 'decided without the role';
  if (decisions.some(({ who }) => who.isHolder)) return 'judged their own post';
  if (decisions.some(({ who }) => who.isSupervisor)) return 'judged their own staff';
  if (new Set(decisions.map(({ who }) => who.person)).size < decisions.length) return 'decided twice';

  const told = TOLD.includes(finding.state) || finding.untold.supervisor !== null;
  if (told) {
    const [opened, referred] = [first('clarify'), first('refer')];
    if (opened === undefined || referred === undefined) return 'told without two decisions';
    if (opened.who.person === referred.who.person) return 'told by one person';
    const before = done.slice(0, done.indexOf(referred));
    const answered = before.some(({ name, who }) => name === 'answer' && who.isHolder);
    const [notified, closed] = ['notify', 'close-window'].map((name) =>
      before.find((one) => one.name === name),
    );
    const waited =
      notified !== undefined &&
      closed !== undefined &&
      // Three working days are never shorter than three days.
      millisecondsBetween(notified.at, closed.at) >= milliseconds({ days: 3 });
    if (!answered && !waited) return 'told before the holder was heard';
  }

  const judged = first('confirm') ?? first('withdraw');
  if (judged !== undefined && first('object')?.who.isHolder !== true) return 'judged without an objection';
  const recorded = finding.history.length === done.length + 1 && finding.revision === done.length;
  return recorded ? null : 'unrecorded';
};

const tries = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES),
    who: fc.constantFrom(...PEOPLE),
    hours: fc.constantFrom(0, 0, 1, 30, 100),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);

const NEW = aFinding();

/** Plays random tries against the rules, looking after each one. */
const neverViolatedBy = (tested: Rules, seen = new Set<FindingState>()) =>
  fc.property(tries, (attempts) => {
    let finding = NEW;
    let { at } = around();
    const done: Try[] = [];
    for (const { name, who, hours } of attempts) {
      at = plus(at, { hours });
      const attempt = { name, who, at };
      const transition = tested(finding, attempt);
      if (transition.kind === 'refused') continue;
      ({ finding } = transition);
      done.push(attempt);
      seen.add(finding.state);
      const wrong = violation(done, finding);
      if (wrong !== null) throw new Error(wrong);
    }
    if (firstBreak(finding) !== null) throw new Error('broken chain');
  });

it('tells no superior before two analysts and the holder have had their say, whatever people try', () => {
  const seen = new Set<FindingState>();
  fc.assert(neverViolatedBy(rules, seen), { numRuns: 10_000 });
  // Sequences that did not come everywhere would prove nothing.
  expect(seen).toEqual(new Set(FindingState.options.filter((state) => state !== 'indicated')));
}, 60_000);

/** Rules with one protection taken out. */
const WEAKENED: Readonly<Record<string, Rules>> = {
  'the second person': (finding, attempt) =>
    rules(
      finding,
      DECISIONS.includes(attempt.name)
        ? { ...attempt, who: { ...attempt.who, person: aParty(`stand-in ${finding.revision}`).person } }
        : attempt,
    ),
  'nobody judges their own post': (finding, attempt) =>
    rules(
      finding,
      DECISIONS.includes(attempt.name) ? { ...attempt, who: { ...attempt.who, isHolder: false } } : attempt,
    ),
  'nobody judges their own staff': (finding, attempt) =>
    rules(finding, { ...attempt, who: { ...attempt.who, isSupervisor: false } }),
  'decisions are for analysts': (finding, attempt) =>
    rules(finding, { ...attempt, who: { ...attempt.who, roles: ['analyst'] } }),
  'the window': (finding, attempt) =>
    rules(attempt.name === 'close-window' ? { ...finding, replyBy: around().at } : finding, attempt),
  'the holder is heard': (finding, attempt) =>
    rules(
      attempt.name === 'refer' && finding.state === 'clarifying'
        ? { ...finding, state: 'deciding' }
        : finding,
      attempt,
    ),
  'only the holder objects': (finding, attempt) =>
    rules(
      finding,
      attempt.name === 'object' ? { ...attempt, who: { ...attempt.who, isHolder: true } } : attempt,
    ),
};

it.each(Object.entries(WEAKENED))(
  'turns red without: %s',
  (_, weakened) => {
    const result = fc.check(neverViolatedBy(weakened), { numRuns: 2_000, seed: 1 });
    expect(result.failed).toBe(true);
  },
  60_000,
);

import fc from 'fast-check';
import type { Finding, FindingState } from '../../../shared/domain/review/finding.js';
import { deskActs, reassign, type DeskAct } from '../../../shared/domain/review/desk-acts.js';
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
export const PEOPLE: readonly Party[] = [
  anAnalyst('person', { isHolder: true }),
  anAnalyst('chief', { isSupervisor: true }),
  anAnalyst('colleague', { conflict: 'own-unit' }),
  anAnalyst('first'),
  anAnalyst('second'),
  anAnalyst('third'),
  aParty('officer', { roles: ['officer'] }),
  aParty('passer-by'),
];

const words = 'Alasan yang ditulis untuk contoh ini.';
const DESK = {
  take: { kind: 'take' },
  return: { kind: 'return' },
  hold: { kind: 'hold', reason: 'advice', workingDays: 1, words },
  note: { kind: 'note', words },
  recuse: { kind: 'recuse', words },
} as const satisfies Record<DeskAct['kind'], DeskAct>;

type Name = keyof typeof ACTS | keyof typeof DESK | 'reassign' | 'notify' | 'close-window';
const NAMES: readonly Name[] = [
  ...(['dismiss', 'clarify', 'refer', 'confirm', 'withdraw', 'answer', 'object', 'acknowledge'] as const),
  ...(['take', 'return', 'hold', 'note', 'recuse', 'reassign', 'notify', 'close-window'] as const),
];

export const DECISIONS: readonly Name[] = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'];
const TOLD: readonly FindingState[] = ['referred', 'objected', 'confirmed', 'withdrawn'];

export interface Try {
  readonly name: Name;
  readonly who: Party;
  readonly at: Instant;
}

/** The system under test: what a try makes of a finding as whoever tries had read it, and who may save. */
export interface Rules {
  readonly act: (finding: Finding, attempt: Try) => Transition;
  readonly maySave: (stored: Finding, next: Finding) => boolean;
}

const isDesk = (name: Name): name is keyof typeof DESK => Object.hasOwn(DESK, name);

export const RULES: Rules = {
  act: (finding, { name, who, at }) => {
    const circumstances = { ...around(), at };
    if (name === 'notify') return jobActs(finding, { kind: 'notify', job: 'note-deliveries' }, circumstances);
    if (name === 'close-window')
      return jobActs(finding, { kind: 'close-window', job: 'keep-time' }, circumstances);
    if (name === 'reassign') return reassign(finding, words, who, circumstances);
    return isDesk(name)
      ? deskActs(finding, DESK[name], who, circumstances)
      : personActs(finding, ACTS[name], who, circumstances);
  },
  maySave: (stored, next) => next.revision === stored.revision + 1,
};

/** What is wrong with what happened, judged from what happened alone and never from the finding's own words. */
const violation = (done: readonly Try[], finding: Finding): string | null => {
  const acts = done.filter(({ name }) => name !== 'take' && name !== 'return');
  const first = (name: Name) => done.find((one) => one.name === name);
  const decisions = done.filter(({ name }) => DECISIONS.includes(name));
  const judging = done.filter(({ name }) => DECISIONS.includes(name) || isDesk(name));
  if (judging.some(({ who }) => !who.roles.includes('analyst'))) return 'worked without the role';
  if (judging.some(({ who }) => who.isHolder)) return 'judged their own post';
  if (judging.some(({ who }) => who.isSupervisor)) return 'judged their own staff';
  if (judging.some(({ who }) => who.conflict !== null)) return 'judged against a conflict of interest';
  if (new Set(decisions.map(({ who }) => who.person)).size < decisions.length) return 'decided twice';

  let lease: Try | null = null;
  const away = new Set<string>();
  for (const one of done) {
    const inForce: Try | null =
      lease !== null && millisecondsBetween(lease.at, one.at) < milliseconds({ minutes: 20 }) ? lease : null;
    const another = inForce !== null && inForce.who.person !== one.who.person;
    if (another && (one.name === 'take' || DECISIONS.includes(one.name))) return 'two had it at once';
    if (away.has(one.who.person) && (isDesk(one.name) || DECISIONS.includes(one.name)))
      return 'came back after standing aside';
    if (one.name === 'take') lease = one;
    else if (DECISIONS.includes(one.name) || one.name === 'return' || one.name === 'hold') lease = null;
    else if (one.name === 'recuse') {
      away.add(one.who.person);
      if (!another) lease = null;
    } else if (one.name === 'reassign') {
      if (!one.who.roles.includes('officer')) return 'freed by somebody else';
      if (inForce !== null) away.add(inForce.who.person);
      lease = null;
    }
  }

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
  // Leases come and go; everything else leaves an entry, and every write counts.
  const recorded = finding.history.length === acts.length + 1 && finding.revision === done.length;
  return recorded ? null : 'unrecorded';
};

/** All that was done, in the order in which it was saved: the model. */
interface Model {
  readonly done: Try[];
}

/** The team at work: one stored finding, and what each person last read of it. */
interface Team {
  readonly rules: Rules;
  stored: Finding;
  at: Instant;
  readonly read: Map<string, Finding>;
  /** Who has lost the roles that they had. */
  readonly stripped: Set<string>;
  readonly states: Set<FindingState>;
}

type Command = fc.Command<Model, Team>;
const always = { check: () => true };

const passes = (minutes: number): Command => ({
  ...always,
  run: (_, team) => {
    team.at = plus(team.at, { minutes });
  },
  toString: () => `${minutes} minutes pass`,
});

const looks = (who: Party): Command => ({
  ...always,
  run: (_, team) => {
    team.read.set(who.person, team.stored);
  },
  toString: () => `${PEOPLE.indexOf(who)} looks`,
});

const turns = (who: Party): Command => ({
  ...always,
  run: (_, { stripped }) => {
    if (!stripped.delete(who.person)) stripped.add(who.person);
  },
  toString: () => `${PEOPLE.indexOf(who)} loses or regains their roles`,
});

const tries = (who: Party, name: Name, looksFirst: boolean): Command => ({
  ...always,
  run: ({ done }, team) => {
    const { at, rules, stripped } = team;
    const seen = looksFirst ? team.stored : (team.read.get(who.person) ?? team.stored);
    const attempt = { name, at, who: stripped.has(who.person) ? { ...who, roles: [] } : who };
    const transition = rules.act(seen, attempt);
    if (transition.kind === 'refused' || !rules.maySave(team.stored, transition.finding)) return;
    team.stored = transition.finding;
    team.states.add(team.stored.state);
    done.push(attempt);
    const wrong = violation(done, team.stored);
    if (wrong !== null) throw new Error(wrong);
    if (firstBreak(team.stored) !== null) throw new Error('broken chain');
  },
  toString: () => `${PEOPLE.indexOf(who)} ${looksFirst ? 'looks and tries' : 'tries'} ${name}`,
});

/** What would bring a finding further, so that sequences do not all end at its beginning. */
const FURTHER: Readonly<Record<FindingState, readonly Name[]>> = {
  indicated: ['clarify'],
  clarifying: ['answer', 'notify', 'close-window'],
  deciding: ['refer'],
  referred: ['object', 'acknowledge'],
  objected: ['confirm', 'withdraw'],
  confirmed: ['acknowledge'],
  withdrawn: ['acknowledge'],
  dismissed: ['note'],
};

const goesOn = (who: Party, choice: number): Command => ({
  ...always,
  run: (model, team) => {
    const names = FURTHER[team.stored.state];
    tries(who, names[choice % names.length] ?? 'note', true).run(model, team);
  },
  toString: () => `${PEOPLE.indexOf(who)} brings it further (${choice})`,
});

const who = fc.constantFrom(...PEOPLE);
const commands = fc.commands(
  [
    fc.constantFrom(1, 15, 25, 1_800, 6_000).map(passes),
    who.map(looks),
    who.map(turns),
    ...Array.from({ length: 3 }, () => fc.tuple(who, fc.nat(5)).map(([one, choice]) => goesOn(one, choice))),
    ...Array.from({ length: 5 }, () =>
      fc
        .tuple(who, fc.constantFrom(...NAMES), fc.boolean())
        .map(([one, name, first]) => tries(one, name, first)),
    ),
  ],
  { maxCommands: 50, size: 'max' },
);

const NEW = aFinding();

/** What so many runs of people who all work at once, on what they read a while ago, find wrong with some rules. */
export const playTeams = ({
  rules,
  runs,
  seed,
}: {
  readonly rules: Rules;
  readonly runs: number;
  readonly seed?: number;
}) => {
  const states = new Set<FindingState>();
  const result = fc.check(
    fc.property(commands, (played) => {
      fc.modelRun(
        () => ({
          model: { done: [] },
          real: { rules, stored: NEW, at: around().at, read: new Map(), stripped: new Set(), states },
        }),
        played,
      );
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  return { result, states };
};

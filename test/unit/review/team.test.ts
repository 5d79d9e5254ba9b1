import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FindingState } from '../../../shared/domain/review/finding.js';
import { aParty, around } from '../../fixtures/review.js';
import { DECISIONS, playTeams, RULES, type Rules } from './team-model.js';

/** More before a release: `REVIEW_RUNS=10000 npx vitest run --project unit test/unit/review/team.test.ts`. */
const RUNS = Number(process.env['REVIEW_RUNS'] ?? 4_000);

it('tells no superior before two analysts and the holder have had their say, whoever does what at once', () => {
  const { result, states } = playTeams({ rules: RULES, runs: RUNS });
  expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
  // Sequences that did not come everywhere would prove nothing.
  expect(states).toEqual(new Set(FindingState.options));
}, 300_000);

const acting = (act: Rules['act']): Rules => ({ ...RULES, act });
const isWork = (name: string): boolean =>
  DECISIONS.some((decision) => decision === name) ||
  ['take', 'hold', 'note', 'recuse', 'return'].includes(name);

/** Rules with one protection taken out. */
const WEAKENED: Readonly<Record<string, Rules>> = {
  'the second person': acting((finding, attempt) =>
    RULES.act(
      finding,
      DECISIONS.includes(attempt.name)
        ? { ...attempt, who: { ...attempt.who, person: aParty(`stand-in ${finding.revision}`).person } }
        : attempt,
    ),
  ),
  'nobody judges their own post': acting((finding, attempt) =>
    RULES.act(
      finding,
      isWork(attempt.name) ? { ...attempt, who: { ...attempt.who, isHolder: false } } : attempt,
    ),
  ),
  'nobody judges their own staff': acting((finding, attempt) =>
    RULES.act(finding, { ...attempt, who: { ...attempt.who, isSupervisor: false } }),
  ),
  'nobody judges against a conflict of interest': acting((finding, attempt) =>
    RULES.act(finding, { ...attempt, who: { ...attempt.who, conflict: null } }),
  ),
  'the role is asked for at each act': acting((finding, attempt) =>
    RULES.act(finding, { ...attempt, who: { ...attempt.who, roles: ['analyst'] } }),
  ),
  'only the officer takes an item away': acting((finding, attempt) =>
    RULES.act(
      finding,
      attempt.name === 'reassign' ? { ...attempt, who: { ...attempt.who, roles: ['officer'] } } : attempt,
    ),
  ),
  'one analyst at a time': acting((finding, attempt) =>
    RULES.act({ ...finding, desk: { ...finding.desk, lease: null } }, attempt),
  ),
  'a lease lasts twenty minutes': acting((finding, attempt) => {
    const { lease } = finding.desk;
    const short = lease === null ? null : { ...lease, until: attempt.at };
    return RULES.act({ ...finding, desk: { ...finding.desk, lease: short } }, attempt);
  }),
  'who stands aside stays aside': acting((finding, attempt) =>
    RULES.act({ ...finding, desk: { ...finding.desk, away: [] } }, attempt),
  ),
  'one write wins': {
    ...RULES,
    maySave: () => true,
  },
  'the window': acting((finding, attempt) =>
    RULES.act(attempt.name === 'close-window' ? { ...finding, replyBy: around().at } : finding, attempt),
  ),
  'the holder is heard': acting((finding, attempt) =>
    RULES.act(
      attempt.name === 'refer' && finding.state === 'clarifying'
        ? { ...finding, state: 'deciding' }
        : finding,
      attempt,
    ),
  ),
  'only the holder objects': acting((finding, attempt) =>
    RULES.act(
      finding,
      attempt.name === 'object' ? { ...attempt, who: { ...attempt.who, isHolder: true } } : attempt,
    ),
  ),
};

it.each(Object.entries(WEAKENED))(
  'turns red without: %s',
  (_, rules) => {
    expect(playTeams({ rules, runs: 3_000, seed: 1 }).result.failed).toBe(true);
  },
  60_000,
);

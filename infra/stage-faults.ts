import type { ContestCalendar } from '../shared/domain/calendar/contest.js';
import type { GateName } from '../shared/domain/registry/closed-gate.js';
import { closedGates } from '../shared/domain/registry/gates.js';
import type { Instant } from '../shared/domain/time.js';
import type { Stage } from './read-stage.js';

const NEXT: Readonly<Record<GateName, string>> = {
  instrument:
    'the agency’s own rule that lets it collect declared accounts: number, authority, date, validUntil',
  impactAssessment: 'the signed impact assessment (DPIA): reference, date. docs/privacy.md has its template',
  officer: 'how holders reach the data-protection officer: name, email',
  notice: 'the notice to holders: version, text.id, text.en',
  retention: 'the days that each kind of record is kept',
  contestCalendar:
    'a contest: name its pack under `contests` (`netral pack new contest packs/contests/<name>.yaml` makes one)',
};

const PROBLEM = {
  missing: 'is missing',
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
} as const;

/**
 * What keeps a stage from being deployed, one sentence each: the gates that would be closed, and contests without a pack.
 * `contests` are the calendars of the packs that there are.
 */
export const stageFaults = (
  { name, config }: Stage,
  contests: readonly ContestCalendar[],
  at: Instant,
): readonly string[] => {
  const named = contests.filter(({ id }) => config.contests.includes(id));
  const unknown = config.contests.filter((id) => contests.every((contest) => contest.id !== id));
  const closed = closedGates(config, named, at)
    // A contest that is named and has no pack is said once, below.
    .filter(({ gate }) => gate !== 'contestCalendar' || unknown.length === 0);
  const gates = closed.map(({ gate, problem }) => {
    const key = gate === 'contestCalendar' ? 'contests' : `gates.${gate}`;
    return `${key} ${PROBLEM[problem]}. Write into config/${name}.yaml ${NEXT[gate]}.`;
  });
  const packless = unknown.map(
    (id) =>
      `contests: there is no pack packs/contests/${id}.yaml. Correct the name in config/${name}.yaml, or make the pack: netral pack new contest packs/contests/${id}.yaml.`,
  );
  return [...gates, ...packless];
};

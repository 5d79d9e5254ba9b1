import type { ContestCalendar } from '../calendar/contest.js';
import { localDate, type Instant } from '../time.js';
import type { Agency, Gates } from './agency.js';
import type { ClosedGate, GateName } from './closed-gate.js';

const REMEDY = {
  instrument: 'The officer records the legal instrument: PATCH /agency/gates {"instrument": …}.',
  impactAssessment:
    'The officer records the impact assessment (DPIA): PATCH /agency/gates {"impactAssessment": …}.',
  officer:
    'The officer records how holders reach the data-protection officer: PATCH /agency/gates {"officer": …}.',
  notice: 'The officer records the notice to holders: PATCH /agency/gates {"notice": …}.',
  retention: 'The officer records the retention rules: PATCH /agency/gates {"retention": …}.',
  contestCalendar: 'The administrator adds a contest pack with a dated calendar (packs/contests).',
} as const satisfies Record<GateName, string>;

const closed = (gate: GateName, problem: ClosedGate['problem']): ClosedGate => ({
  gate,
  problem,
  remedy: REMEDY[gate],
});

const RECORDED = [
  'instrument',
  'impactAssessment',
  'officer',
  'notice',
  'retention',
] as const satisfies readonly (keyof Gates)[];

/** The gates that keep an agency from scanning, in a fixed order; an empty list means that all are open. */
export const closedGates = (
  agency: Pick<Agency, 'gates' | 'timeZone'>,
  contests: readonly ContestCalendar[],
  at: Instant,
): readonly ClosedGate[] => {
  const missing = RECORDED.filter((gate) => agency.gates[gate] === null).map((gate) =>
    closed(gate, 'missing'),
  );
  const { instrument, impactAssessment } = agency.gates;
  const today = localDate(at, agency.timeZone);
  const untimely: ClosedGate[] = [];
  if (instrument !== null && instrument.validUntil < today) untimely.push(closed('instrument', 'expired'));
  if (instrument !== null && instrument.date > today) untimely.push(closed('instrument', 'not-yet-valid'));
  if (impactAssessment !== null && impactAssessment.date > today)
    untimely.push(closed('impactAssessment', 'not-yet-valid'));
  const calendar = contests.length === 0 ? [closed('contestCalendar', 'missing')] : [];
  return [...untimely, ...missing, ...calendar];
};

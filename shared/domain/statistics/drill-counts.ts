import { resultOf, type Drills } from '../review/golden.js';
import { TEAM, type Count } from './counts.js';

/**
 * What is counted of an answer to an item with a known one: for the team, for each provision and for each rule that led to
 * it. Nothing of whoever answered.
 */
export const countsOfDrill = (before: Drills['current'], after: Drills['current']): Count[] => {
  if (after === null || before?.finding.state !== 'indicated') return [];
  const result = resultOf(after);
  if (result === null) return [];
  const event = result.agreed ? 'golden-agreed' : 'golden-differed';
  const { contest, provisions, rules } = after.finding.indication;
  return [TEAM, ...provisions, ...rules].map((value) => ({ contest, dimension: 'golden', value, event }));
};

import { resultOf, type Drills } from '../review/golden.js';
import { TEAM, type Count } from './counts.js';

/** What is counted of an answer to an item with a known one: that the team gave it, and nothing of whoever did. */
export const countsOfDrill = (before: Drills['current'], after: Drills['current']): Count[] => {
  if (after === null || before?.finding.state !== 'indicated') return [];
  const result = resultOf(after);
  if (result === null) return [];
  const event = result.agreed ? 'golden-agreed' : 'golden-differed';
  return [{ contest: after.finding.indication.contest, dimension: 'golden', value: TEAM, event }];
};

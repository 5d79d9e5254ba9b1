import { expect, it } from 'vitest';
import { FindingId } from '../../../shared/domain/ids.js';
import { inWorkOrder } from '../../../shared/domain/review/work-order.js';
import { minus } from '../../../shared/domain/time.js';
import { aFinding, anIndication } from '../../fixtures/finding.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const named = (name: string, overrides: Parameters<typeof aFinding>[0] = {}) =>
  aFinding({ id: FindingId.parse(opaqueId(name)), ...overrides });
const days = (count: number) => ({
  foundAt: minus(NOW, { days: count }),
  stateSince: minus(NOW, { days: count }),
});
const inStage = (stage: 'quiet' | 'campaign' | 'prospective' | null) => ({
  indication: anIndication({ stage }),
});

it('hands out by clock, then stage, then who has been asked, then age', () => {
  const order = [
    named('its clock presses', { ...days(6), ...inStage('prospective') }),
    named('days before the vote', { ...days(1), ...inStage('quiet') }),
    named('somebody waits', { ...days(1), ...inStage('campaign'), state: 'deciding' }),
    named('older', { ...days(3), ...inStage('campaign') }),
    named('younger', { ...days(2), ...inStage('campaign') }),
    named('early', { ...days(4), ...inStage('prospective') }),
    named('unknown stage', { ...days(4), ...inStage(null) }),
  ];
  expect(inWorkOrder(order.toReversed(), NOW).map(({ id }) => id)).toEqual(order.map(({ id }) => id));
});

import type * as z from 'zod';
import { Gates, type Agency } from './agency.js';

/** The gates to be changed; `null` closes one. */
export const GatesChange = Gates.partial();
export type GatesChange = z.infer<typeof GatesChange>;

export type GatesOutcome =
  | { readonly kind: 'changed'; readonly agency: Agency }
  | { readonly kind: 'refused'; readonly reason: 'notice-version' };

/** An agency with other gates. Holders confirmed a version of the notice, so another text needs another version. */
export const changeGates = (agency: Agency, change: GatesChange): GatesOutcome => {
  const before = agency.gates.notice;
  const after = change.notice ?? null;
  if (
    before !== null &&
    after?.version === before.version &&
    (after.text.id !== before.text.id || after.text.en !== before.text.en)
  )
    return { kind: 'refused', reason: 'notice-version' };
  const { gates } = agency;
  return {
    kind: 'changed',
    agency: {
      ...agency,
      gates: {
        instrument: change.instrument === undefined ? gates.instrument : change.instrument,
        impactAssessment:
          change.impactAssessment === undefined ? gates.impactAssessment : change.impactAssessment,
        officer: change.officer === undefined ? gates.officer : change.officer,
        notice: change.notice === undefined ? gates.notice : change.notice,
        retention: change.retention === undefined ? gates.retention : change.retention,
      },
      revision: agency.revision + 1,
    },
  };
};

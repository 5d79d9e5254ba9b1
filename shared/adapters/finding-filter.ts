import type { Finding } from '../domain/review/finding.js';
import type { FindingQuery } from '../ports.js';

/** Whether a finding is one that a list was asked for. */
export const matches =
  ({ states, provision, network, from, to }: Omit<FindingQuery, 'limit' | 'cursor'>) =>
  ({ state, indication, network: of, foundAt }: Finding): boolean =>
    (states === null || states.includes(state)) &&
    (provision === null || indication.provisions.some((indicated) => indicated === provision)) &&
    (network === null || of === network) &&
    (from === null || foundAt >= from) &&
    (to === null || foundAt < to);

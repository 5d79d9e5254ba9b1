import { isLate, type HolderRequest } from '../../shared/domain/requests/holder-request.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Instant } from '../../shared/domain/time.js';
import { inPages } from '../../shared/in-pages.js';
import type { RequestStore } from '../../shared/ports.js';
import { counted, type WaitingCounts } from './waiting.js';

/** Counts for an officer the requests that wait for an answer, those whose time is over apart; their own are another's. */
export const waitingRequests = async (
  requests: Pick<RequestStore, 'open'>,
  at: Instant,
): Promise<(reader: Person) => WaitingCounts> => {
  const open: Pick<HolderRequest, 'person' | 'receivedAt' | 'answer'>[] = [];
  for await (const { person, receivedAt, answer } of inPages((limit, after?: HolderRequest) =>
    requests.open(limit, after),
  ))
    open.push({ person, receivedAt, answer });
  return (reader) =>
    counted(
      open
        .filter(({ person }) => person !== reader.id)
        .map((request) => ({
          queue: isLate(request, at) ? 'request-overdue' : 'request',
          since: request.receivedAt,
        })),
    );
};

import * as z from 'zod';
import {
  dueAt,
  HolderRequest,
  isLate,
  requestEndsAt,
  RequestId,
  RequestKind,
  RequestOutcome,
} from '../../shared/domain/requests/holder-request.js';
import { Instant } from '../../shared/domain/time.js';

const { number, words, via } = HolderRequest.shape;

/** A request as whoever asked sees it; who in the agency answered is left out. */
export const OwnRequest = z.strictObject({
  id: RequestId,
  number,
  kind: RequestKind,
  words,
  via,
  receivedAt: Instant,
  /** Three times 24 hours after it was received. */
  dueAt: Instant,
  /** Whether that time was over before an answer, or is over now. */
  late: z.boolean(),
  answer: z.strictObject({ at: Instant, outcome: RequestOutcome, words }).nullable(),
});
export type OwnRequest = z.infer<typeof OwnRequest>;

export const ownRequest = (request: HolderRequest, at: Instant): OwnRequest => ({
  id: request.id,
  number: request.number,
  kind: request.kind,
  words: request.words,
  via: request.via,
  receivedAt: request.receivedAt,
  dueAt: dueAt(request),
  late: isLate(request, at),
  answer:
    request.answer === null
      ? null
      : { at: request.answer.at, outcome: request.answer.outcome, words: request.answer.words },
});

/** What has ended is there for nobody, also before a job has deleted it. */
export const isKept = (request: HolderRequest, at: Instant): boolean => {
  const end = requestEndsAt(request);
  return end === null || at < end;
};

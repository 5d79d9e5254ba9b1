import * as z from 'zod';
import { Count } from '../fields.js';
import { Opaque, PersonId } from '../ids.js';
import { epochSeconds, Instant, plus, type Duration } from '../time.js';

/** What somebody may ask of the officer (UU 27/2022 articles 5 to 11). */
export const RequestKind = z.enum([
  'access',
  'correction',
  'erasure',
  'objection',
  'restriction',
  'complaint',
]);
export type RequestKind = z.infer<typeof RequestKind>;

/** What became of it. A refusal has its reasons in words. */
export const RequestOutcome = z.enum(['granted', 'partly-granted', 'refused']);
export type RequestOutcome = z.infer<typeof RequestOutcome>;

export const RequestId = Opaque.brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;

const words = z.string().trim().min(10).max(5_000);

/** A request to the officer, in the register that the law asks for (article 14), whether it came electronically or on paper. */
export const HolderRequest = z.strictObject({
  id: RequestId,
  /** What people call it by: `PDP-20261123-7F3A9C`. */
  number: z
    .string()
    .length(19)
    .regex(/^PDP-\d{8}-[0-9A-F]{6}$/),
  /** Whose data it is about; `null` for somebody who is not on record, whom `words` then names. */
  person: PersonId.nullable(),
  kind: RequestKind,
  words,
  via: z.enum(['electronic', 'paper']),
  receivedAt: Instant,
  registeredAt: Instant,
  answer: z.strictObject({ at: Instant, by: PersonId, outcome: RequestOutcome, words }).nullable(),
  revision: Count,
});
export type HolderRequest = z.infer<typeof HolderRequest>;

/** Three times 24 hours: hours that run on through weekends and holidays (articles 30, 32, 40 and 41). */
const TIME_TO_ANSWER: Duration = { hours: 72 };

export const dueAt = ({ receivedAt }: Pick<HolderRequest, 'receivedAt'>): Instant =>
  plus(receivedAt, TIME_TO_ANSWER);

/** Whether its time was over before it was answered, or is over now. */
export const isLate = (request: Pick<HolderRequest, 'receivedAt' | 'answer'>, at: Instant): boolean =>
  (request.answer?.at ?? at) > dueAt(request);

/** How long an answered request is kept, to show that and how it was answered. */
export const KEPT_AFTER_ANSWER: Duration = { days: 365 };

/** The end of its retention; `null` while it is open. */
export const requestEndsAt = ({ answer }: Pick<HolderRequest, 'answer'>): Instant | null =>
  answer === null ? null : plus(answer.at, KEPT_AFTER_ANSWER);

export interface NewRequest extends Pick<HolderRequest, 'person' | 'kind' | 'words' | 'via' | 'receivedAt'> {
  readonly at: Instant;
  /** 32 hex digits of chance. */
  readonly chance: string;
}

/** A request as it comes into the register. Its id begins with the time, so that the newest come last. */
export const newRequest = ({
  person,
  kind,
  words: said,
  via,
  receivedAt,
  at,
  chance,
}: NewRequest): HolderRequest => {
  const seconds = epochSeconds(at).toString(16).padStart(12, '0');
  return HolderRequest.parse({
    id: `${seconds}${chance.slice(0, 20)}`,
    number: `PDP-${receivedAt.slice(0, 10).replaceAll('-', '')}-${chance.slice(0, 6).toUpperCase()}`,
    person,
    kind,
    words: said,
    via,
    receivedAt,
    registeredAt: at,
    answer: null,
    revision: 0,
  });
};

export type AnswerRefusal = 'answered-before' | 'own-request';

/** The officer's answer. Nobody answers what they asked themself. */
export const answerRequest = (
  request: HolderRequest,
  answer: NonNullable<HolderRequest['answer']>,
):
  | { readonly kind: 'answered'; readonly request: HolderRequest }
  | { readonly kind: 'refused'; readonly reason: AnswerRefusal } => {
  if (request.person === answer.by) return { kind: 'refused', reason: 'own-request' };
  if (request.answer !== null) return { kind: 'refused', reason: 'answered-before' };
  return { kind: 'answered', request: { ...request, answer, revision: request.revision + 1 } };
};

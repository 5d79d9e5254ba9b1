import * as z from 'zod';
import { KeptFile } from '../files.js';

/** Why nothing further happens. */
export const DismissReason = z.enum([
  'not-electoral',
  'no-support-expressed',
  'neutral-information',
  'quotation-or-report',
  'joke-or-other-sense',
  'not-own-act',
  'accidental',
  'before-or-after-contest',
  'insufficient-evidence',
]);
export type DismissReason = z.infer<typeof DismissReason>;

/** Why the holder is asked, or the supervisor told. */
export const PursueReason = z.enum([
  'call-to-vote',
  'expressed-support',
  'campaign-content',
  'campaign-event',
  'campaign-team',
  'directive-to-others',
  'other-in-code',
]);
export type PursueReason = z.infer<typeof PursueReason>;

/** What a holder says of a post; all but `explanation` lower the matter. */
export const AnswerKind = z.enum(['explanation', 'not-my-account', 'accident', 'deleted']);
export type AnswerKind = z.infer<typeof AnswerKind>;

const LOWERING: readonly string[] = AnswerKind.exclude(['explanation']).options;

/** Whether an answer of this code lowers the matter. */
export const isLowering = (code: string | null): boolean => code !== null && LOWERING.includes(code);

/** A reason in words. */
export const words = z.string().trim().min(10).max(5_000);

/** Files that a holder gives with their words. */
const files = z.array(KeptFile).max(5).readonly();

/** What a person may do to a finding. Reasons are mandatory: from the list, and in words. */
export const PersonAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dismiss'), reason: DismissReason, words }),
  z.strictObject({ kind: z.literal('clarify'), reason: PursueReason, words }),
  z.strictObject({ kind: z.literal('refer'), reason: PursueReason, words }),
  z.strictObject({ kind: z.literal('confirm'), reason: PursueReason, words }),
  z.strictObject({ kind: z.literal('withdraw'), reason: DismissReason, words }),
  z.strictObject({
    kind: z.literal('answer'),
    answer: AnswerKind,
    words: z.string().trim().max(5_000),
    files,
  }),
  z.strictObject({ kind: z.literal('object'), words, files }),
  z.strictObject({ kind: z.literal('acknowledge') }),
]);
export type PersonAct = z.infer<typeof PersonAct>;

/** What a job may do: it moves clocks and says that mail arrived or came back, and decides nothing. */
export type JobAct =
  | { readonly kind: 'notify' | 'bounce'; readonly job: 'note-deliveries' }
  | { readonly kind: 'close-window'; readonly job: 'keep-time' };

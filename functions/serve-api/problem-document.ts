import * as z from 'zod';
import { ANSWER, ITEM, LINE } from '../../shared/domain/limits.js';
import { HistoryView } from '../../shared/domain/review/views.js';

/** One thing that is wrong: where in the request, or which gate, and what to do. */
const ProblemItem = z.strictObject({ at: z.string().max(ANSWER), detail: z.string().max(ANSWER) });

/** What happened since the version that a request rests on, as far as the caller may know. */
export const Changes = z.array(HistoryView).max(ITEM);

/** A problem document (RFC 9457). */
export const Problem = z.strictObject({
  type: z.string().max(LINE),
  title: z.string().max(LINE),
  status: z.int().min(400).max(599),
  detail: z.string().max(ANSWER).optional(),
  errors: z.array(ProblemItem).max(ANSWER).optional(),
  changes: Changes.optional(),
});
export type Problem = z.infer<typeof Problem>;

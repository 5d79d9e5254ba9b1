import * as z from 'zod';
import { ANSWER, ITEM, LINE } from '../../shared/domain/limits.js';
import { HistoryView } from '../../shared/domain/review/views.js';

/** Everything that the API refuses, by the last part of its `type`. */
const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request does not hold' },
  'bad-cursor': { status: 400, title: 'No page gave this cursor' },
  'not-signed-in': { status: 401, title: 'A valid bearer token is needed' },
  'not-on-record': { status: 403, title: 'This sign-in belongs to nobody on record' },
  'not-allowed': { status: 403, title: 'This needs another role' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'agency-exists': { status: 409, title: 'The agency is already set up' },
  'changed-meanwhile': { status: 409, title: 'Somebody else changed this at the same time; look again' },
  'gates-closed': { status: 409, title: 'The agency may not scan yet' },
  'notice-version': { status: 409, title: 'Another text of the notice needs another version' },
  'not-now': { status: 409, title: 'This cannot be done as things stand' },
  stale: { status: 412, title: 'This has changed since you looked; look again' },
  'version-needed': { status: 428, title: 'Say in If-Match on which version this rests; its ETag names it' },
  'key-reused': { status: 422, title: 'This idempotency key came with another request before' },
  'upload-refused': { status: 422, title: 'A file cannot be taken' },
  'too-large': { status: 413, title: 'The request is larger than 1 MB' },
  'media-type': { status: 415, title: 'The body is not of a type that is taken here' },
  'too-many': { status: 429, title: 'Too many ask at once; try again in a moment' },
  internal: { status: 500, title: 'Something went wrong here; nothing that was not confirmed was kept' },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** One thing that is wrong: where in the request, or which gate, and what to do. */
const ProblemItem = z.strictObject({ at: z.string().max(ANSWER), detail: z.string().max(ANSWER) });

/** A problem document (RFC 9457). */
export const Problem = z.strictObject({
  type: z.string().max(LINE),
  title: z.string().max(LINE),
  status: z.int().min(400).max(599),
  detail: z.string().max(ANSWER).optional(),
  errors: z.array(ProblemItem).max(ANSWER).optional(),
  /** What happened since the version that the request rests on, as far as the caller may know. */
  changes: z.array(HistoryView).max(ITEM).optional(),
});
export type Problem = z.infer<typeof Problem>;

type Particulars = Pick<Problem, 'detail' | 'errors' | 'changes'>;

export const problemDocument = (name: ProblemName, particulars: Particulars = {}): Problem => ({
  type: `urn:netral:problem:${name}`,
  ...PROBLEMS[name],
  ...particulars,
});

/** Ends a request with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(name: ProblemName, particulars: Particulars = {}) {
    super(name);
    this.problem = problemDocument(name, particulars);
  }
}

export const problemResponse = (problem: Problem): Response =>
  new Response(JSON.stringify(Problem.parse(problem)), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(problem.status === 429 ? { 'retry-after': '1' } : {}),
    },
  });

import type { Problem } from './problem-document.js';

/** Everything that the API refuses, by the last part of its `type`. */
const PROBLEMS = {
  'bad-request': { title: 'The request does not hold', status: 400 },
  'bad-cursor': { title: 'No page gave this cursor', status: 400 },
  'not-signed-in': { title: 'A valid bearer token is needed', status: 401 },
  'not-on-record': { title: 'This sign-in belongs to nobody on record', status: 403 },
  'not-allowed': { title: 'This needs another role', status: 403 },
  'not-found': { title: 'There is nothing here', status: 404 },
  'method-not-allowed': { title: 'This address does not take this method', status: 405 },
  'agency-exists': { title: 'The agency is already set up', status: 409 },
  'changed-meanwhile': { title: 'Somebody else changed this at the same time; look again', status: 409 },
  'gates-closed': { title: 'The agency may not scan yet', status: 409 },
  'notice-version': { title: 'Another text of the notice needs another version', status: 409 },
  'not-now': { title: 'This cannot be done as things stand', status: 409 },
  stale: { title: 'This has changed since you looked; look again', status: 412 },
  'version-needed': { title: 'Say in If-Match on which version this rests; its ETag names it', status: 428 },
  'key-reused': { title: 'This idempotency key came with another request before', status: 422 },
  'upload-refused': { title: 'A file cannot be taken', status: 422 },
  'too-large': { title: 'The request is larger than 1 MB', status: 413 },
  'media-type': { title: 'The body is not of a type that is taken here', status: 415 },
  'too-many': { title: 'Too many ask at once; try again in a moment', status: 429 },
  internal: { title: 'Something went wrong here; nothing that was not confirmed was kept', status: 500 },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

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
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(problem.status === 429 ? { 'retry-after': '1' } : {}),
    },
  });

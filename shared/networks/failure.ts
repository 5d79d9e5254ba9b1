import type { CoverageReason } from '../domain/scanning/coverage.js';
import type { FetchOutcome, IdentityAnswer, Throttle } from './connector.js';

/** Why what was asked for did not come. */
export interface Failure {
  readonly reason: Extract<
    CoverageReason,
    'throttled' | 'private' | 'gone' | 'suspended' | 'needs-token' | 'malformed' | 'unreachable' | 'page-cap'
  >;
  readonly throttle: Throttle | null;
}

/** What a question without an answer says of an account. */
export const unanswered = (
  outcome: Exclude<FetchOutcome, { kind: 'answered' }>,
): Failure & { readonly reason: 'throttled' | 'malformed' | 'unreachable' | 'page-cap' } => {
  switch (outcome.kind) {
    case 'forbidden':
      // A look that outlived its permit says nothing about the account: there is more that was not read.
      return { reason: outcome.reason === 'stale-permit' ? 'page-cap' : 'unreachable', throttle: null };
    case 'unreachable':
      return { reason: outcome.reason === 'too-large' ? 'malformed' : 'unreachable', throttle: null };
    case 'put-off':
      return { reason: 'page-cap', throttle: null };
    case 'spent':
      return { reason: 'throttled', throttle: { retryAt: outcome.until, scope: 'credential' } };
  }
};

/** What it says of a handle that its network did not show the account. */
export const notIdentified = ({ reason, throttle }: Failure): IdentityAnswer => {
  switch (reason) {
    case 'throttled':
      return throttle === null ? { kind: 'unreachable' } : { kind: 'throttled', retryAt: throttle.retryAt };
    case 'private':
      return { kind: 'opted-out' };
    case 'gone':
    case 'suspended':
      return { kind: 'not-found' };
    case 'needs-token':
    case 'malformed':
      return { kind: reason };
    case 'unreachable':
    case 'page-cap':
      return { kind: 'unreachable' };
  }
};

import { hasConnector, lentDays } from '../../networks.js';
import { millisecondsBetween, plus, type Duration, type Instant } from '../time.js';
import type { Account, Identity, Lookup, LookupEnd, ProofPlace } from './account.js';
import { forgetAt } from './forget-identity.js';
import { identityPlace } from './place.js';
import { afterSearch, askedProof, isNewlyAsked, searchAgainAt } from './proof.js';

/** Handles change hands; a month is how long one may mislead people. */
const RECHECK: Duration = { days: 30 };
/** What is to be asked for again in time is asked for so many days early: a host may fail for a while. */
export const SPARE_DAYS = 4;
const RENAMES = 20;

/** What is to be kept of a network's answer. */
export type Answered =
  | {
      readonly kind: 'found';
      readonly identity: Identity;
      readonly handle: string;
      /** Where the code of proof stood, if one was sought. */
      readonly proof: ProofPlace | null;
    }
  | { readonly kind: Exclude<LookupEnd, 'found' | 'throttled'> }
  | { readonly kind: 'throttled'; readonly retryAt: Instant };

/** When the network is to be asked about an account, or what it said is to be forgotten; `null` for never. */
export const lookupDueAt = (account: Account): Instant | null =>
  [askAt(account), forgetAt(account)].filter((at) => at !== null).sort()[0] ?? null;

/** Only confirmed accounts are asked about; of one that is paused only what its holder asks to prove. */
export const askAt = (account: Account): Instant | null => {
  const { network, state, confirmation, identity, lookup, proof } = account;
  if (!hasConnector(network)) return null;
  if (state === 'invited' || state === 'withdrawn' || confirmation === null) return null;
  if (isNewlyAsked(account) && proof !== null) return proof.at;
  if (state === 'paused' && askedProof(account) === null) return null;
  if (lookup === null) return identity === null ? confirmation.at : null;
  return lookup.dueAt;
};

/** The first wait after an answer that did not find the account, and the longest; each repeat doubles it. */
const WAITS = {
  unreachable: [{ minutes: 15 }, { days: 1 }],
  malformed: [{ minutes: 15 }, { days: 1 }],
  'needs-token': [{ hours: 1 }, { days: 1 }],
  'not-found': [{ hours: 1 }, { days: 7 }],
  moved: [{ hours: 6 }, { days: 7 }],
  'opted-out': [{ hours: 6 }, { days: 7 }],
  taken: [{ hours: 6 }, { days: 1 }],
  'not-read': [{ days: 1 }, { days: 7 }],
} as const satisfies Record<Exclude<LookupEnd, 'found' | 'throttled'>, readonly [Duration, Duration]>;

const afterWait = (
  at: Instant,
  [first, longest]: readonly [Duration, Duration],
  failures: number,
): Instant => {
  const minutes = millisecondsBetween(at, plus(at, first)) / 60_000;
  const doubled = plus(at, { minutes: minutes * 2 ** Math.min(failures, 20) });
  return [doubled, plus(at, longest)].sort()[0] ?? doubled;
};

const failedLookup = (
  answer: Exclude<Answered, { kind: 'found' }>,
  failures: number,
  at: Instant,
): Lookup => {
  const soonest = plus(at, { minutes: 5 });
  const latest = plus(at, { days: 1 });
  // A host that asks for peace gets it, but no answer can silence an account for a whole campaign.
  const dueAt =
    answer.kind === 'throttled'
      ? ([[answer.retryAt, soonest].sort().at(-1) ?? soonest, latest].sort()[0] ?? soonest)
      : afterWait(at, WAITS[answer.kind], failures);
  return { at, end: answer.kind, failures: failures + 1, dueAt };
};

/**
 * The account after its network was asked who it is. It is followed by its identity: another name is noted, another host
 * takes it out of its cohort. An identity, once known, is never exchanged for another; a handle that has become somebody
 * else's is not the account any more.
 */
export const identified = (account: Account, answer: Answered, at: Instant): Account => {
  const { identity, lookup } = account;
  const next = { ...account, revision: account.revision + 1 };
  const failures = lookup === null ? 0 : lookup.failures;
  if (answer.kind === 'found' && isAnother(account, answer.identity))
    return identified(account, { kind: 'not-found' }, at);
  const proof = afterSearch(account, answer.kind === 'found' ? answer.proof : null, at);
  if (answer.kind !== 'found') return { ...next, proof, lookup: failedLookup(answer, failures, at) };
  const isRenamed = identity !== null && answer.handle !== account.handle;
  const isElsewhere = identity !== null && identity.host !== answer.identity.host;
  return {
    ...next,
    handle: answer.handle,
    identity: answer.identity,
    identifiedAt: at,
    formerPlace: null,
    // It joins a cohort of its new host; the old one lets it go.
    cohort: isElsewhere ? null : account.cohort,
    renames: isRenamed
      ? [...account.renames, { from: account.handle, to: answer.handle, at }].slice(-RENAMES)
      : account.renames,
    proof,
    lookup: {
      at,
      end: 'found',
      failures: 0,
      dueAt: proof?.kind === 'asked' ? searchAgainAt(proof, at) : recheckAt(answer, account, at),
    },
  };
};

const isAnother = ({ network, identity, formerPlace }: Account, answered: Identity): boolean =>
  (identity !== null && identity.id !== answered.id) ||
  (formerPlace !== null && formerPlace !== identityPlace(network, answered));

/** An account that is its own address, as a feed is, cannot be renamed. */
const recheckAt = (
  { identity, handle }: Extract<Answered, { kind: 'found' }>,
  { network }: Account,
  at: Instant,
): Instant | null => {
  if (identity.id === handle) return null;
  const days = lentDays(network);
  return plus(at, days === null ? RECHECK : { days: days - SPARE_DAYS });
};

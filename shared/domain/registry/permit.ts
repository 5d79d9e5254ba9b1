import { covers, isActive, type ContestCalendar } from '../calendar/contest.js';
import type { AccountId, ContestId } from '../ids.js';
import type { NetworkId } from '../../networks.js';
import { localDate, millisecondsBetween, startOfDay, type Instant } from '../time.js';
import type { Account, Identity } from './account.js';
import type { Agency } from './agency.js';
import { askedProof } from './proof.js';
import { closedGates, type ClosedGate } from './gates.js';
import { isApproved } from './network-settings.js';

/** A permit is a look now, not a licence: a withdrawal bites within this time. */
const PERMIT_MILLISECONDS = 60_000;

/** How old a leave of this moment may be. */
const isFresh = (grantedAt: Instant, at: Instant): boolean => {
  const age = millisecondsBetween(grantedAt, at);
  return age >= 0 && age <= PERMIT_MILLISECONDS;
};

/**
 * Leave to use the network. There are three kinds, each made only by a gate in this file, and the guarded fetch takes
 * nothing else. Which addresses of a network they open is the connector's list (`shared/networks/reach.ts`).
 */
export type FetchPermit = ScanPermit | ContextRef | IdentityLookup;

/**
 * Leave to look at one account, once, now. Only `ScanPermit.request` makes one, and no post can be collected with
 * anything else: none for an account that is not registered, confirmed, in force, in an active contest and unpaused.
 */
export class ScanPermit {
  readonly kind = 'scan';
  readonly #grantedAt: Instant;
  readonly #lapses: Account['lapses'];
  readonly account: AccountId;
  readonly epoch: number;
  readonly network: NetworkId;
  readonly identity: Identity;
  /** The contests that are active for this account. */
  readonly contests: readonly ContestId[];
  /** Nothing that was posted before this moment is collected. */
  readonly since: Instant;

  private constructor(
    { account, identity }: { readonly account: Account; readonly identity: Identity },
    contests: readonly ContestCalendar[],
    since: Instant,
    at: Instant,
  ) {
    this.account = account.id;
    this.epoch = account.epoch;
    this.network = account.network;
    this.identity = identity;
    this.contests = contests.map((contest) => contest.id);
    this.since = since;
    this.#grantedAt = at;
    this.#lapses = account.lapses;
  }

  /** The host that serves the account. */
  get host(): string {
    return this.identity.host;
  }

  isFresh(at: Instant): boolean {
    return isFresh(this.#grantedAt, at);
  }

  /** Leave to read one item that a post of this account points to, at its address. */
  pointsTo(address: string): ContextRef {
    return new ContextRef(this, address);
  }

  /** Whether a post of this moment may be collected: what was posted during a pause may not, also later. */
  reaches(postedAt: Instant): boolean {
    return (
      postedAt >= this.since &&
      !this.#lapses.some(({ from, to }) => postedAt >= from && (to === null || postedAt < to))
    );
  }

  static request({ agency, contests, account, at }: PermitRequest): Permission {
    const gates = closedGates(agency, contests, at);
    if (gates.length > 0) return { kind: 'gates-closed', gates };
    if (account.state === 'paused') return { kind: 'refused', reason: 'paused' };
    if (account.state === 'withdrawn') return { kind: 'refused', reason: 'withdrawn' };
    const { confirmation, identity } = account;
    if (account.state === 'invited' || confirmation === null)
      return { kind: 'refused', reason: 'not-confirmed' };
    if (identity === null) return { kind: 'refused', reason: 'not-identified' };
    // Nobody but the holder has said that this account is theirs: without a proof it could be anybody's.
    const mustProve = agency.ownershipProof === 'required' || confirmation.kind === 'self';
    if (mustProve && account.proof?.kind !== 'proved') return { kind: 'refused', reason: 'not-proved' };
    if (!isApproved(agency.networks, { network: account.network, host: identity.host }))
      return { kind: 'refused', reason: 'host-not-approved' };
    const today = localDate(at, agency.timeZone);
    if (today < account.effectiveFrom || (account.effectiveTo !== null && account.effectiveTo < today))
      return { kind: 'refused', reason: 'not-in-force' };
    const active = contests.filter((contest) => covers(contest.area, account.area) && isActive(contest, at));
    const starts = active.map(contestStart).sort();
    const [firstStart] = starts;
    if (firstStart === undefined) return { kind: 'refused', reason: 'no-active-contest' };
    const since =
      [firstStart, startOfDay(account.effectiveFrom, agency.timeZone)].sort().at(-1) ?? firstStart;
    return { kind: 'granted', permit: new ScanPermit({ account, identity }, active, since, at) };
  }
}

/**
 * Leave to read, once, the exact item that a registered account's own post points to: its parent, what it quotes, what it
 * shares. Only a permit for that account makes one. Its text is context of that post; who wrote it is not kept.
 */
export class ContextRef {
  readonly kind = 'context';
  readonly #permit: ScanPermit;
  #spent = false;
  /** The one address that it opens. */
  readonly address: string;

  constructor(permit: ScanPermit, address: string) {
    this.#permit = permit;
    this.address = address;
  }

  get network(): NetworkId {
    return this.#permit.network;
  }

  get host(): string {
    return this.#permit.host;
  }

  isFresh(at: Instant): boolean {
    return this.#permit.isFresh(at);
  }

  /** Whether it still opens this address; it does once. */
  spend(address: string): boolean {
    if (this.#spent || address !== this.address) return false;
    this.#spent = true;
    return true;
  }
}

/**
 * Leave to ask a network who a handle is, and whether its holder put there what proves that it is theirs. It is given for
 * an account that its holder declared and confirmed, and reads no posts but the one that bears the proof.
 */
export class IdentityLookup {
  readonly kind = 'identity';
  readonly #grantedAt: Instant;
  readonly account: AccountId;
  readonly network: NetworkId;
  readonly handle: string;
  /** As it was known before; `null` at the first look-up. */
  readonly identity: Identity | null;
  /** The host that the handle itself names, where it names one. */
  readonly host: string | null;
  /** Whether the holder was given a code to post: only then may their newest posts be read for it. */
  readonly seeksProof: boolean;

  private constructor(account: Account, host: string | null, at: Instant) {
    this.account = account.id;
    this.network = account.network;
    this.handle = account.handle;
    this.identity = account.identity;
    this.host = account.identity?.host ?? host;
    this.seeksProof = askedProof(account) !== null;
    this.#grantedAt = at;
  }

  isFresh(at: Instant): boolean {
    return isFresh(this.#grantedAt, at);
  }

  /** `handleHost` is the host that the handle names. Unlike a look at posts it needs no active contest, only a holder who asked. */
  static request({ agency, contests, account, handleHost, at }: LookupRequest): LookupPermission {
    const gates = closedGates(agency, contests, at);
    if (gates.length > 0) return { kind: 'gates-closed', gates };
    if (account.state === 'withdrawn') return { kind: 'refused', reason: 'withdrawn' };
    if (account.state === 'invited' || account.confirmation === null)
      return { kind: 'refused', reason: 'not-confirmed' };
    const lookup = new IdentityLookup(account, handleHost, at);
    if (lookup.host !== null && !isApproved(agency.networks, { network: account.network, host: lookup.host }))
      return { kind: 'refused', reason: 'host-not-approved' };
    return { kind: 'granted', lookup };
  }
}

interface LookupRequest {
  readonly agency: Pick<Agency, 'gates' | 'timeZone' | 'networks'>;
  readonly contests: readonly ContestCalendar[];
  readonly account: Account;
  readonly handleHost: string | null;
  readonly at: Instant;
}

export type LookupPermission =
  | { readonly kind: 'granted'; readonly lookup: IdentityLookup }
  | { readonly kind: 'gates-closed'; readonly gates: readonly ClosedGate[] }
  | { readonly kind: 'refused'; readonly reason: 'not-confirmed' | 'withdrawn' | 'host-not-approved' };

interface PermitRequest {
  readonly agency: Pick<Agency, 'gates' | 'timeZone' | 'ownershipProof' | 'networks'>;
  readonly contests: readonly ContestCalendar[];
  readonly account: Account;
  readonly at: Instant;
}

export type Permission =
  | { readonly kind: 'granted'; readonly permit: ScanPermit }
  | { readonly kind: 'gates-closed'; readonly gates: readonly ClosedGate[] }
  | {
      readonly kind: 'refused';
      readonly reason:
        | 'not-confirmed'
        | 'not-identified'
        | 'not-proved'
        | 'host-not-approved'
        | 'paused'
        | 'withdrawn'
        | 'not-in-force'
        | 'no-active-contest';
    };

const contestStart = (contest: ContestCalendar): Instant => {
  const [first] = contest.stages;
  if (first === undefined) throw new Error(`Contest ${contest.id} has no stages`);
  return startOfDay(first.from, contest.timeZone);
};

import { covers, isActive, type ContestCalendar } from '../calendar/contest.js';
import type { AccountId, ContestId } from '../ids.js';
import { hasConnector, type AccountNetwork, type NetworkId } from '../../networks.js';
import { localDate, millisecondsBetween, startOfDay, type Instant } from '../time.js';
import type { Account, Identity } from './account.js';
import type { Agency } from './agency.js';
import { askedProof } from './proof.js';
import type { ClosedGate } from './closed-gate.js';
import { closedGates } from './gates.js';
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
 * nothing else; what people give in has a leave of its own (`SubmissionPermit`), which opens no network. Which addresses of a network they open is the connector's list (`shared/networks/reach.ts`).
 */
export type FetchPermit = ScanPermit | ContextRef | IdentityLookup;

/**
 * Leave to look at one account, once, now. Only `ScanPermit.request` makes one, and no post can be collected with
 * anything else: none for an account that is not registered, confirmed, in force, in an active contest and unpaused.
 */
export class ScanPermit {
  readonly kind = 'scan';
  readonly #grantedAt: Instant;
  readonly #span: Span;
  readonly account: AccountId;
  readonly epoch: number;
  readonly network: NetworkId;
  readonly identity: Identity;
  /** The contests that are active for this account. */
  readonly contests: readonly ContestId[];
  /** Nothing that was posted before this moment is collected. */
  readonly since: Instant;

  private constructor(
    account: Account,
    known: Pick<ScanPermit, 'network' | 'identity'>,
    span: Span,
    at: Instant,
  ) {
    this.account = account.id;
    this.epoch = account.epoch;
    this.network = known.network;
    this.identity = known.identity;
    this.contests = span.contests;
    this.since = span.since;
    this.#grantedAt = at;
    this.#span = span;
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
    return isWithin(this.#span, postedAt);
  }

  static request(request: PermitRequest): Permission {
    const { agency, account, at } = request;
    const lapse = lapseOf(request);
    if (lapse !== null) return lapse;
    const { network, identity } = account;
    if (!hasConnector(network)) return { kind: 'refused', reason: 'not-read' };
    if (identity === null) return { kind: 'refused', reason: 'not-identified' };
    if (mustProve(request) && account.proof?.kind !== 'proved')
      return { kind: 'refused', reason: 'not-proved' };
    if (!isApproved(agency.networks, { network, host: identity.host }))
      return { kind: 'refused', reason: 'host-not-approved' };
    const span = spanOf(request);
    return span.kind === 'refused'
      ? span
      : { kind: 'granted', permit: new ScanPermit(account, { network, identity }, span, at) };
  }
}

/**
 * Leave to take in a post that somebody gives in, of one account, now. It opens no address. On a network that is read here it
 * takes all that a look takes. On another one nobody is asked who the handle is, so the agency's list has to say whose it
 * is: the holder confirmed it, and where a proof is called for they have signed for it.
 */
export class SubmissionPermit {
  readonly #span: Span;
  readonly account: AccountId;
  readonly epoch: number;
  readonly network: AccountNetwork;
  readonly contests: readonly ContestId[];

  private constructor({ id, epoch, network }: Account, span: Span) {
    this.account = id;
    this.epoch = epoch;
    this.network = network;
    this.contests = span.contests;
    this.#span = span;
  }

  /** Whether a post of this moment may be taken in. */
  reaches(postedAt: Instant): boolean {
    return isWithin(this.#span, postedAt);
  }

  /** `networks` are those that this deployment reads. */
  static request(request: PermitRequest, networks: readonly AccountNetwork[]): SubmissionPermission {
    const { account } = request;
    if (networks.includes(account.network)) {
      const look = ScanPermit.request(request);
      if (look.kind !== 'granted') return look;
    }
    const lapse = lapseOf(request);
    if (lapse !== null) return lapse;
    const isSigned = account.confirmation?.kind === 'declaration' || account.proof?.kind === 'proved';
    if (mustProve(request) && !isSigned) return { kind: 'refused', reason: 'not-proved' };
    const span = spanOf(request);
    return span.kind === 'refused' ? span : { kind: 'granted', permit: new SubmissionPermit(account, span) };
  }
}

export type SubmissionPermission =
  { readonly kind: 'granted'; readonly permit: SubmissionPermit } | Exclude<Permission, { kind: 'granted' }>;

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

  private constructor(account: Account, network: NetworkId, host: string | null, at: Instant) {
    this.account = account.id;
    this.network = network;
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
    const { network } = account;
    if (!hasConnector(network)) return { kind: 'refused', reason: 'not-read' };
    const lookup = new IdentityLookup(account, network, handleHost, at);
    if (lookup.host !== null && !isApproved(agency.networks, { network, host: lookup.host }))
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
  | Closed
  | Refused<'not-confirmed' | 'withdrawn' | 'not-read' | 'host-not-approved'>;

interface PermitRequest {
  readonly agency: Pick<Agency, 'gates' | 'timeZone' | 'ownershipProof' | 'networks'>;
  readonly contests: readonly ContestCalendar[];
  readonly account: Account;
  readonly at: Instant;
}

type Closed = { readonly kind: 'gates-closed'; readonly gates: readonly ClosedGate[] };
type Refused<Reason extends string> = { readonly kind: 'refused'; readonly reason: Reason };

export type Permission =
  | { readonly kind: 'granted'; readonly permit: ScanPermit }
  | Closed
  | Refused<
      | 'not-confirmed'
      // No connector reads the network.
      | 'not-read'
      | 'not-identified'
      | 'not-proved'
      | 'host-not-approved'
      | 'paused'
      | 'withdrawn'
      | 'not-in-force'
      | 'no-active-contest'
    >;

/** What keeps the registration from being in force, whatever is to be done under it; `null` where nothing does. */
const lapseOf = ({
  agency,
  contests,
  account,
  at,
}: PermitRequest): Closed | Refused<'paused' | 'withdrawn' | 'not-confirmed'> | null => {
  const gates = closedGates(agency, contests, at);
  if (gates.length > 0) return { kind: 'gates-closed', gates };
  const { state } = account;
  if (state === 'paused' || state === 'withdrawn') return { kind: 'refused', reason: state };
  return state === 'invited' || account.confirmation === null
    ? { kind: 'refused', reason: 'not-confirmed' }
    : null;
};

/** Nobody but the holder has said that the account is theirs: without a proof it could be anybody's. */
const mustProve = ({ agency, account }: PermitRequest): boolean =>
  agency.ownershipProof === 'required' || account.confirmation?.kind === 'self';

/** The contests of an account, and the time whose posts are theirs. */
interface Span {
  readonly kind: 'open';
  readonly contests: readonly ContestId[];
  readonly since: Instant;
  readonly lapses: Account['lapses'];
}

const isWithin = ({ since, lapses }: Span, postedAt: Instant): boolean =>
  postedAt >= since && !lapses.some(({ from, to }) => postedAt >= from && (to === null || postedAt < to));

const spanOf = ({
  agency,
  contests,
  account,
  at,
}: PermitRequest): Span | Refused<'not-in-force' | 'no-active-contest'> => {
  const today = localDate(at, agency.timeZone);
  if (today < account.effectiveFrom || (account.effectiveTo !== null && account.effectiveTo < today))
    return { kind: 'refused', reason: 'not-in-force' };
  const active = contests.filter((contest) => covers(contest.area, account.area) && isActive(contest, at));
  const [firstStart] = active.map(contestStart).sort();
  if (firstStart === undefined) return { kind: 'refused', reason: 'no-active-contest' };
  const [since = firstStart] = [firstStart, startOfDay(account.effectiveFrom, agency.timeZone)]
    .sort()
    .reverse();
  return { kind: 'open', contests: active.map(({ id }) => id), since, lapses: account.lapses };
};

const contestStart = (contest: ContestCalendar): Instant => {
  const [first] = contest.stages;
  if (first === undefined) throw new Error(`Contest ${contest.id} has no stages`);
  return startOfDay(first.from, contest.timeZone);
};

import { covers, isActive, type ContestCalendar } from '../calendar/contest.js';
import type { AccountId, ContestId } from '../ids.js';
import type { NetworkId } from '../../networks.js';
import { localDate, millisecondsBetween, startOfDay, type Instant } from '../time.js';
import type { Account } from './account.js';
import type { Agency } from './agency.js';
import { closedGates, type ClosedGate } from './gates.js';

/** A permit is a look now, not a licence: a withdrawal bites within this time. */
const PERMIT_MILLISECONDS = 60_000;

/**
 * Leave to look at one account, once, now. Only `ScanPermit.request` makes one, and the network can be reached with
 * nothing else, so no post can be collected for an account that is not registered, confirmed, in force, in an active
 * contest and unpaused.
 */
export class ScanPermit {
  readonly #grantedAt: Instant;
  readonly #lapses: Account['lapses'];
  readonly account: AccountId;
  readonly epoch: number;
  readonly network: NetworkId;
  readonly handle: string;
  readonly host: string;
  /** The contests that are active for this account. */
  readonly contests: readonly ContestId[];
  /** Nothing that was posted before this moment is collected. */
  readonly since: Instant;

  private constructor(account: Account, contests: readonly ContestCalendar[], since: Instant, at: Instant) {
    this.account = account.id;
    this.epoch = account.epoch;
    this.network = account.network;
    this.handle = account.handle;
    this.host = account.host;
    this.contests = contests.map((contest) => contest.id);
    this.since = since;
    this.#grantedAt = at;
    this.#lapses = account.lapses;
  }

  isFresh(at: Instant): boolean {
    const age = millisecondsBetween(this.#grantedAt, at);
    return age >= 0 && age <= PERMIT_MILLISECONDS;
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
    const { confirmation } = account;
    if (account.state === 'invited' || confirmation === null)
      return { kind: 'refused', reason: 'not-confirmed' };
    const today = localDate(at, agency.timeZone);
    if (today < account.effectiveFrom || (account.effectiveTo !== null && account.effectiveTo < today))
      return { kind: 'refused', reason: 'not-in-force' };
    const active = contests.filter((contest) => covers(contest.area, account.area) && isActive(contest, at));
    const starts = active.map(contestStart).sort();
    const [firstStart] = starts;
    if (firstStart === undefined) return { kind: 'refused', reason: 'no-active-contest' };
    const since =
      [firstStart, startOfDay(account.effectiveFrom, agency.timeZone)].sort().at(-1) ?? firstStart;
    return { kind: 'granted', permit: new ScanPermit(account, active, since, at) };
  }
}

interface PermitRequest {
  readonly agency: Pick<Agency, 'gates' | 'timeZone'>;
  readonly contests: readonly ContestCalendar[];
  readonly account: Account;
  readonly at: Instant;
}

export type Permission =
  | { readonly kind: 'granted'; readonly permit: ScanPermit }
  | { readonly kind: 'gates-closed'; readonly gates: readonly ClosedGate[] }
  | {
      readonly kind: 'refused';
      readonly reason: 'not-confirmed' | 'paused' | 'withdrawn' | 'not-in-force' | 'no-active-contest';
    };

const contestStart = (contest: ContestCalendar): Instant => {
  const [first] = contest.stages;
  if (first === undefined) throw new Error(`Contest ${contest.id} has no stages`);
  return startOfDay(first.from, contest.timeZone);
};

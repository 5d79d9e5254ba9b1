import type { PersonId } from '../../shared/domain/ids.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { ReviewSettings } from '../../shared/domain/registry/agency.js';
import { partyTo } from '../../shared/domain/registry/supervision.js';
import { OpenState, type Finding } from '../../shared/domain/review/finding.js';
import { plus, type Duration, type Instant } from '../../shared/domain/time.js';
import { inPages } from '../../shared/in-pages.js';
import type { AccountStore, FindingStore, PersonStore } from '../../shared/ports.js';

/**
 * What waits for somebody in the team: a first look, a conclusion, an objection, a holder or a superior whom no mail
 * reaches, or a request to the officer, in time or not.
 */
export type WaitingFor =
  | 'first-look'
  | 'conclusion'
  | 'objection'
  | 'holder-unreachable'
  | 'superior-unreachable'
  | 'request'
  | 'request-overdue';

export interface Waiting {
  readonly count: number;
  readonly oldest: Instant;
}

export type WaitingCounts = Readonly<Partial<Record<WaitingFor, Waiting>>>;

export interface WaitingDeps {
  readonly findings: Pick<FindingStore, 'inState' | 'untold'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly people: Pick<PersonStore, 'byId'>;
}

/** What of a finding is kept while all are gone through: never its texts. */
interface Matter extends Pick<Finding, 'account' | 'epoch' | 'foundAt'> {
  readonly queue: WaitingFor;
  readonly since: Instant;
  /** Who stands aside from it. */
  readonly away: Finding['desk']['away'];
}

/** A mail that was handed over arrives or comes back within minutes; so long nobody is said to be out of reach. */
const ON_ITS_WAY: Duration = { hours: 1 };

const waitsFor = (state: OpenState, { replyBy, stateSince }: Finding, at: Instant): WaitingFor | null => {
  switch (state) {
    case 'indicated':
      return 'first-look';
    case 'clarifying':
      // No window running: the question came back, or nobody knows where it is.
      return replyBy === null && plus(stateSince, ON_ITS_WAY) < at ? 'holder-unreachable' : null;
    case 'deciding':
      return 'conclusion';
    case 'objected':
      return 'objection';
  }
};

export const counted = (matters: readonly Pick<Matter, 'queue' | 'since'>[]): WaitingCounts => {
  const counts: Partial<Record<WaitingFor, Waiting>> = {};
  for (const { queue, since } of matters) {
    const { count, oldest } = counts[queue] ?? { count: 0, oldest: since };
    counts[queue] = { count: count + 1, oldest: since < oldest ? since : oldest };
  }
  return counts;
};

/**
 * Counts for a reader what waits, and since when the oldest of it does. What they may not judge is left out, as in every list that they can see: a count with one more than the list would tell them of it. What was found
 * after its registration had ended is no work.
 */
export const waitingMatters = async (
  { findings, accounts, people }: WaitingDeps,
  settings: Pick<ReviewSettings, 'excludeOwnUnit'>,
  at: Instant,
): Promise<(reader: Person) => Promise<WaitingCounts>> => {
  const looked = new Map<PersonId, Promise<Person | null>>();
  const byId = (id: PersonId): Promise<Person | null> => {
    const person = looked.get(id) ?? people.byId(id);
    looked.set(id, person);
    return person;
  };

  const matters: Matter[] = [];
  for (const state of OpenState.options)
    for await (const finding of inPages((limit, after?: Finding) => findings.inState(state, limit, after))) {
      const { account, epoch, foundAt, stateSince: since, desk } = finding;
      const queue = waitsFor(state, finding, at);
      if (queue !== null) matters.push({ account, epoch, foundAt, queue, since, away: desk.away });
    }
  // What the digests of two mornings could not tell anybody.
  for await (const finding of inPages((limit, after?: Finding) =>
    findings.untold('supervisor', limit, after),
  )) {
    const { account, epoch, foundAt, stateSince: since, desk } = finding;
    if (plus(since, { days: 1 }) < at)
      matters.push({ account, epoch, foundAt, queue: 'superior-unreachable', since, away: desk.away });
  }
  const registered = await accounts.byIds([...new Set(matters.map(({ account }) => account))]);
  const accountOf = new Map(registered.map((account) => [account.id, account]));
  const ofHolder = new Map<PersonId, Matter[]>();
  for (const matter of matters) {
    const account = accountOf.get(matter.account);
    if (account === undefined || isVoid(account, matter)) continue;
    ofHolder.set(account.holder, [...(ofHolder.get(account.holder) ?? []), matter]);
  }

  return async (reader) => {
    const caller = { person: reader, roles: reader.roles };
    const seen: Matter[] = [];
    for (const [id, theirs] of ofHolder) {
      const holder = await byId(id);
      if (holder === null) continue;
      const { isHolder, isSupervisor, conflict } = await partyTo(caller, holder, byId, settings);
      if (isHolder || isSupervisor || conflict !== null) continue;
      seen.push(...theirs.filter(({ away }) => !away.includes(reader.id)));
    }
    return counted(seen);
  };
};

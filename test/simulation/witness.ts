import { isActive, type ContestCalendar } from '../../shared/domain/calendar/contest.js';
import { superiorOf } from '../../shared/domain/digest/recipient.js';
import { tagOf, type MailingName } from '../../shared/domain/digest/mail.js';
import { keyedHash, type AccountId, type FindingId, type PersonId } from '../../shared/domain/ids.js';
import { isVoid, type Account } from '../../shared/domain/registry/account.js';
import type { FetchPermit } from '../../shared/domain/registry/permit.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { firstBreak } from '../../shared/domain/review/history.js';
import type { FetchOutcome } from '../../shared/networks/connector.js';
import { bundlesOf, type PostMessage } from '../../shared/domain/scanning/messages.js';
import type { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import { minus, plus } from '../../shared/domain/time.js';
import type {
  AccountScanStore,
  AccountStore,
  CohortStore,
  FindingStore,
  MailingStore,
  PersonStore,
  RecordStore,
} from '../../shared/ports.js';
import type { Posts, Version } from './posts.js';
import { serialIn } from './posts.js';
import type { Scheduler } from './scheduler.js';
import { reviewFault } from './review-rules.js';
import type { Weather } from './weather.js';

/** Something that must always hold did not. */
export interface Violation {
  /** As it is called in the table of README.md beside this file. */
  readonly invariant: string;
  readonly says: string;
}

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly posts: Posts;
  readonly hashKey: string;
  readonly contest: ContestCalendar;
  readonly weather: Weather;
  readonly stores: {
    readonly accounts: AccountStore;
    readonly findings: FindingStore;
    readonly mailings: MailingStore;
    readonly people: PersonStore;
    readonly scans: AccountScanStore;
    readonly record: RecordStore;
    readonly cohorts: Pick<CohortStore, 'turnOf'>;
  };
}

/** Whoever acts on an account just before it changes may still be at it for as long as a permit is good. */
const BITES_WITHIN = 60_000;
/** A digest goes to who was the superior when its run read the registry, minutes ago at most. */
const RUN_TAKES = 300_000;

interface Known {
  readonly at: number;
  readonly account: Account;
}

/** Watches every effect where it happens, and says what broke. It reads the stores as they are, and changes nothing. */
export const startWitness = (around: Surroundings) => {
  const { scheduler, posts, hashKey, contest, stores, weather } = around;
  const { skewMinutes } = weather;
  /** Where no call fails, nobody has an excuse for doing twice, or too soon, what they know of. */
  const isSmooth =
    Object.values(weather.call).every((probability) => probability === 0) && weather.outages.length === 0;
  const violations: Violation[] = [];
  const broke = (invariant: string, says: string): void => {
    violations.push({ invariant, says });
  };

  const accounts = new Map<AccountId, Known[]>();
  /** Serials of the versions that were handed to the classifier, and of those that made a finding. */
  const handed = new Map<number, { readonly hash: string; readonly at: number }>();
  const found = new Map<number, { readonly finding: Finding; readonly at: number }>();
  /** Hashes, as they stand in a window, of what was handed over and of what was counted. */
  const accepted = new Set<string>();
  const counted = new Map<AccountId, Set<string>>();
  const histories = new Map<FindingId, readonly string[]>();
  const orders = new Set<string>();
  const invited = new Set<string>();
  const sent = new Map<string, number>();
  const outcomeKnown = new Set<string>();
  const looks = new Map<string, number>();
  /** Hosts that asked for peace: when, and until when. */
  const asked = new Map<string, { readonly at: number; readonly until: number }>();
  let [fetches, peopleChangedAt] = [0, -Infinity];

  const windowHash = (uri: string, version: string): string =>
    [uri, version].map((text) => keyedHash(hashKey, text).slice(0, 16)).join('#');

  const version = (serial: number): Version | undefined =>
    posts
      .all()
      .flatMap(({ versions }) => versions)
      .find((candidate) => candidate.serial === serial);

  /** How an account was registered within the last minute. */
  const lately = (id: AccountId): readonly Account[] => {
    const known = accounts.get(id) ?? [];
    const from = scheduler.time() - BITES_WITHIN;
    return known
      .filter((_, index) => (known[index + 1]?.at ?? Infinity) >= from)
      .map(({ account }) => account);
  };

  const isContestOn = (): boolean => {
    const at = scheduler.now();
    const skew = { minutes: skewMinutes };
    return [minus(at, skew), at, plus(at, skew)].some((moment) => isActive(contest, moment));
  };

  const changedAt = (id: AccountId): number => accounts.get(id)?.at(-1)?.at ?? 0;

  const checkNew = async (finding: Finding): Promise<void> => {
    const serial = serialIn(finding.parts.map(({ text }) => text).join(' ')) ?? -1;
    const truth = version(serial);
    if (found.has(serial)) broke('R01', `version ${serial} made two findings`);
    if (truth?.flagged !== true)
      broke('R01', `finding ${finding.id} is of version ${serial}, which indicates nothing`);
    found.set(serial, { finding, at: scheduler.time() });
    const [account] = await stores.accounts.byIds([finding.account]);
    if (account === undefined || account.state === 'active') return;
    const isLong = scheduler.time() - changedAt(account.id) > 2 * skewMinutes * 60_000;
    if (isLong && !isVoid(account, finding))
      broke('P02', `finding ${finding.id} is there for people though its account is ${account.state}`);
  };

  const checkHistory = (finding: Finding): void => {
    const before = histories.get(finding.id) ?? [];
    const now = finding.history.map(({ hash }) => hash);
    if (before.some((hash, index) => now[index] !== hash))
      broke('R04', `an act on finding ${finding.id} was lost`);
    if (firstBreak(finding) !== null) broke('R04', `the history of finding ${finding.id} does not hold`);
    histories.set(finding.id, now);
    const fault = reviewFault(finding, skewMinutes);
    if (fault !== null) broke('P08', `finding ${finding.id}: ${fault}`);
  };

  const watchFindings = (store: FindingStore): FindingStore => ({
    ...store,
    create: async (finding) => {
      const outcome = await store.create(finding);
      if (outcome === 'created') await checkNew(finding);
      const kept = await stores.findings.byId(finding.id);
      if (kept !== null) checkHistory(kept);
      return outcome;
    },
    save: async (finding) => {
      const outcome = await store.save(finding);
      if (outcome === 'saved') checkHistory(finding);
      return outcome;
    },
  });

  const watchAccounts = (store: AccountStore): AccountStore => ({
    ...store,
    save: async (account) => {
      const outcome = await store.save(account);
      if (outcome !== 'saved') return outcome;
      const known = accounts.get(account.id) ?? [];
      accounts.set(account.id, [...known, { at: scheduler.time(), account }]);
      const { confirmation } = account;
      if (
        account.state === 'active' &&
        confirmation?.kind === 'link' &&
        !invited.has(`${account.holder}#${confirmation.noticeVersion}`)
      )
        broke('P03', `account ${account.id} was confirmed by a link that was never sent`);
      return outcome;
    },
  });

  const watchPeople = (store: PersonStore): PersonStore => ({
    ...store,
    save: async (person) => {
      const outcome = await store.save(person);
      if (outcome === 'saved') peopleChangedAt = scheduler.time();
      return outcome;
    },
  });

  const watchScans = (store: AccountScanStore): AccountScanStore => ({
    ...store,
    save: async (scan) => {
      const outcome = await store.save(scan);
      if (outcome !== 'saved') return outcome;
      const versions = counted.get(scan.account) ?? new Set();
      counted.set(scan.account, versions);
      for (const { post, version: hash } of scan.window) {
        if (!accepted.has(`${post}#${hash}`))
          broke('R09', `account ${scan.account} was marked as read before what it brought was handed over`);
        versions.add(`${post}#${hash}`);
      }
      if (scan.posts !== versions.size)
        broke('R01', `account ${scan.account} counts ${scan.posts} posts, and brought ${versions.size}`);
      return outcome;
    },
  });

  const watchMailings = (store: MailingStore): MailingStore => ({
    ...store,
    settle: async (name, end) => {
      await store.settle(name, end);
      if (end.state === 'sent') outcomeKnown.add(tagOf(name));
    },
    noteFate: async (name, event) => {
      const noted = await store.noteFate(name, event);
      if (noted) outcomeKnown.add(tagOf(name));
      return noted;
    },
  });

  const facts = () => ({
    fetches,
    handed,
    found,
    mails: sent.size,
    doubles: [...sent.values()].filter((times) => times > 1).length,
  });

  return {
    violations,
    broke,
    facts,
    watchFindings,
    watchAccounts,
    watchScans,
    watchMailings,
    watchPeople,
    handed: (message: PostMessage): void => {
      for (const { uri, version: name, parts } of bundlesOf(message).flatMap(({ posts }) => posts)) {
        const serial = serialIn(parts.map(({ text }) => text).join(' '));
        if (serial === null) continue;
        const hash = windowHash(uri, name);
        const before = handed.get(serial);
        if (before !== undefined && before.hash !== hash)
          broke('R01', `version ${serial} was handed over under two names`);
        handed.set(serial, { hash, at: before?.at ?? scheduler.time() });
        accepted.add(hash);
      }
    },
    ordered: async ({ cohort, lease }: ScanOrder): Promise<void> => {
      const name = `${cohort}#${lease}`;
      if (orders.has(name)) broke('R08', `cohort ${cohort} was ordered twice for ${lease}`);
      orders.add(name);
      if ((await stores.cohorts.turnOf(cohort))?.lease !== lease)
        broke('R08', `cohort ${cohort} was ordered by somebody who does not have it`);
    },
    fetched: (permit: FetchPermit, host: string): void => {
      fetches += 1;
      if (permit.kind === 'context') return;
      const states = lately(permit.account);
      const isOpen =
        permit.kind === 'scan'
          ? states.some(({ state, confirmation }) => state === 'active' && confirmation !== null)
          : states.some(({ state, confirmation }) => state !== 'withdrawn' && confirmation !== null);
      const wasOpen =
        accounts.get(permit.account)?.some(({ account }) => account.state === 'active') === true;
      if (!isOpen)
        broke(wasOpen ? 'P02' : 'P01', `${host} was asked for ${permit.account}, which is not open`);
      const peaceSince = asked.get(host);
      if (
        isSmooth &&
        permit.kind === 'scan' &&
        peaceSince !== undefined &&
        peaceSince.at < scheduler.time() - BITES_WITHIN &&
        peaceSince.until > scheduler.time() + skewMinutes * 60_000
      )
        broke('R13', `${host} was asked although it had asked for peace`);
      if (permit.kind === 'scan' && !isContestOn()) broke('P01', `${host} was asked while no contest is on`);
    },
    answered: (host: string, answer: FetchOutcome): void => {
      if (answer.kind !== 'answered' || answer.status !== 429) return;
      const seconds = Number(answer.headers.get('retry-after'));
      asked.set(host, { at: scheduler.time(), until: scheduler.time() + seconds * 1000 });
    },
    mailed: async (to: string, name: MailingName): Promise<void> => {
      const tag = tagOf(name);
      sent.set(tag, (sent.get(tag) ?? 0) + 1);
      if (outcomeKnown.has(tag) || (isSmooth && (sent.get(tag) ?? 0) > 1))
        broke('R07', `${name.kind} ${name.occasion} went out again`);
      if (name.kind === 'invitation') invited.add(`${name.recipient}#${name.occasion.split('#')[2] ?? ''}`);
      if (name.kind !== 'digest') return;
      const mailing = await stores.mailings.byTag(tag);
      for (const { finding: id, telling } of mailing?.items ?? []) {
        const known = [...found.values()].find(({ finding }) => finding.id === id);
        const stored = known === undefined ? null : await stores.findings.byId(known.finding.id);
        if (stored === null) continue;
        if (!['referred', 'objected', 'confirmed', 'withdrawn'].includes(stored.state))
          broke('P08', `a superior was told of finding ${id}, which is ${stored.state}`);
        const [account] = await stores.accounts.byIds([stored.account]);
        const holder = account === undefined ? null : await stores.people.byId(account.holder);
        if (holder === null) continue;
        if (holder.id === name.recipient) broke('P08', `the digest with finding ${id} went to its holder`);
        const superior = await superiorOf(holder, stores.people.byId);
        const isTheirs = superior.kind === 'superior' && superior.person.email === to;
        const isSettled = scheduler.time() - peopleChangedAt > RUN_TAKES;
        if (telling !== 'withdrawn' && !isTheirs && isSettled)
          broke('P08', `finding ${id} was told to somebody who is not the holder’s superior now`);
      }
    },
    read: async (reader: PersonId, id: FindingId): Promise<void> => {
      const look = `${reader}#${id}`;
      looks.set(look, (looks.get(look) ?? 0) + 1);
      const lines = (await stores.record.looksAt(id)).filter(({ person }) => person === reader).length;
      if (lines < (looks.get(look) ?? 0)) broke('P13', `${reader} saw finding ${id} off the record`);
      const finding = await stores.findings.byId(id);
      const [account] = finding === null ? [] : await stores.accounts.byIds([finding.account]);
      if (finding === null || account === undefined) return;
      const isLong = scheduler.time() - changedAt(account.id) > BITES_WITHIN;
      if (isLong && isVoid(account, finding)) broke('P02', `${reader} saw finding ${id}, which is void`);
    },
  };
};

export type Witness = ReturnType<typeof startWitness>;

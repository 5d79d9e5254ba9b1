import type { FileFolder, FileKey, Folder } from './domain/files.js';
import type { AccountId, CohortId, FindingId, PersonId } from './domain/ids.js';
import type { Count, CountRow, Month } from './domain/statistics/counts.js';
import type { Instant, LocalDate } from './domain/time.js';
import type { Agency } from './domain/registry/agency.js';
import type { Claims } from './domain/registry/claims.js';
import type { Account } from './domain/registry/account.js';
import type { ErasureOrder } from './domain/registry/erasure.js';
import type { Person } from './domain/registry/person.js';
import type { PlaceClaim, PlaceId } from './domain/registry/place.js';
import type { AccountScan } from './domain/scanning/account-scan.js';
import type { Cohort, Turn } from './domain/scanning/cohort.js';
import type { Drills, GoldenSet } from './domain/review/golden.js';
import type { ConcludedState } from './domain/review/retention.js';
import type { Finding, FindingState, OpenState, Telling } from './domain/review/finding.js';
import type { Fate, Mail, Mailing, MailingName, MailTag } from './domain/digest/mail.js';
import type { HolderRequest, RequestId } from './domain/requests/holder-request.js';
import type { LinePlace, RecordEntry, RecordLine } from './domain/record/entry.js';
import type { Seal } from './domain/record/seal.js';
import type { Packs } from './domain/screening/packs.js';
import type { Rules } from './domain/screening/rules.js';
import type { Tally, Trial } from './domain/screening/shadow.js';
import type { NetworkId } from './networks.js';

/** The present moment; a function, so that a warm container never lives in the past. */
export type Clock = () => Instant;

/** A page of something, and the opaque text with which the next one is asked for. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface PageRequest {
  readonly limit: number;
  /** `next` of the page before. A text that no page gave is refused with `BadCursorError`. */
  readonly cursor: string | null;
}

/**
 * Saves under an optimistic version: `revision` must be one above what is stored, or 0 when nothing is.
 * `stale` means that somebody else saved first; nothing was written.
 */
export type SaveOutcome = 'saved' | 'stale';

export interface AgencyStore {
  readonly read: () => Promise<Agency | null>;
  readonly save: (agency: Agency) => Promise<SaveOutcome>;
  /** The agency's own secret for keyed hashes, made at the first call and the same ever after. */
  readonly hashKey: () => Promise<string>;
}

export interface PersonStore {
  readonly byId: (id: PersonId) => Promise<Person | null>;
  readonly bySubject: (subject: string) => Promise<Person | null>;
  /** Everybody who carries this address, in lower case. */
  readonly byEmail: (email: string) => Promise<readonly Person[]>;
  readonly save: (person: Person) => Promise<SaveOutcome>;
  /** Everybody who has at least one role, in no order. */
  readonly withRoles: () => Promise<readonly Person[]>;
  readonly remove: (id: PersonId) => Promise<void>;
}

/** Erasures that were ordered and are not done yet. */
export interface ErasureStore {
  /** Keeps the first of two orders on one person, and gives the one that stands. */
  readonly order: (order: ErasureOrder) => Promise<ErasureOrder>;
  /** The oldest first. */
  readonly open: (limit: number) => Promise<readonly ErasureOrder[]>;
  readonly close: (subject: PersonId) => Promise<void>;
}

export interface AccountStore {
  /** Those of `ids` that exist, in no order. */
  readonly byIds: (ids: readonly AccountId[]) => Promise<readonly Account[]>;
  /** The same, as much as of now; costs a fraction where most of them are in this cohort. */
  readonly inCohort: (cohort: CohortId, ids: readonly AccountId[]) => Promise<readonly Account[]>;
  readonly save: (account: Account) => Promise<SaveOutcome>;
  readonly ofHolder: (holder: PersonId) => Promise<readonly Account[]>;
  readonly list: (page: PageRequest) => Promise<Page<Account>>;
  /**
   * Accounts whose holder is to be asked under this notice: not asked yet, asked under another one, or asked so long
   * ago that the link has expired. In a fixed order; `after` is the last of the page before.
   */
  readonly uninvited: (
    ask: { readonly notice: string; readonly at: Instant },
    limit: number,
    after?: Account,
  ) => Promise<readonly Account[]>;
  /** Confirmed accounts whose identity is known and that no cohort holds yet, at most `limit`. */
  readonly unenrolled: (limit: number) => Promise<readonly Account[]>;
  /** Accounts about whom their network is to be asked by `at` (`lookupDueAt`), longest due first within a shard, at most `limit`. */
  readonly lookupsDue: (at: Instant, limit: number) => Promise<readonly Account[]>;
  /** Withdrawn accounts whose coverage may still be there, withdrawn by `at`, the longest ago first, at most `limit`. */
  readonly withdrawnBy: (at: Instant, limit: number) => Promise<readonly Account[]>;
  /** Which account a place belongs to; `null` where nobody ever claimed it. */
  readonly placeOwner: (place: PlaceId) => Promise<PlaceClaim | null>;
  /** Gives a place to an account, if it still belongs to whom it did `before`. `taken` means that somebody was faster. */
  readonly claimPlace: (
    place: PlaceId,
    claim: PlaceClaim,
    before: PlaceClaim | null,
  ) => Promise<'claimed' | 'taken'>;
  /** Deletes an account, and its claim on its place. */
  readonly remove: (account: Account) => Promise<void>;
}

export interface CohortStore {
  readonly turnOf: (id: CohortId) => Promise<Turn | null>;
  /**
   * Puts an account into a cohort of its host that has room, making the next one where none has, and names it.
   * A pointer beside the cohorts remembers which one of a host has room. Enrolling twice may name another cohort, never two.
   */
  readonly enrol: (
    place: Pick<Cohort, 'network' | 'host' | 'dueAt'>,
    account: AccountId,
  ) => Promise<CohortId>;
  /** How many cohorts a host has. */
  readonly countOf: (host: Pick<Cohort, 'network' | 'host'>) => Promise<number>;
  /** Cohorts due by `at`, earliest first within a shard, at most `limit`. */
  readonly dueBy: (at: Instant, limit: number) => Promise<readonly Cohort[]>;
  /** Takes the lease if the cohort is still due when it was; `taken` when another run has it. */
  readonly lease: (cohort: Cohort, lease: Instant, until: Instant) => Promise<'leased' | 'taken'>;
  /** Ends the run that holds `lease`; a run that lost it changes nothing. */
  readonly finish: (
    id: CohortId,
    lease: Instant,
    run: Pick<Turn, 'dueAt' | 'lastRunAt' | 'emptyRuns' | 'failedRuns'> & {
      readonly leaving: readonly AccountId[];
    },
  ) => Promise<'finished' | 'lost'>;
}

export interface AccountScanStore {
  /** Accounts that were found renamed or gone since then, at most `limit`; which of them is not said. */
  readonly lostSince: (since: Instant, limit: number) => Promise<readonly AccountId[]>;
  readonly remove: (id: AccountId) => Promise<void>;
  readonly byAccounts: (ids: readonly AccountId[]) => Promise<readonly AccountScan[]>;
  readonly save: (scan: AccountScan) => Promise<SaveOutcome>;
}

/** What the quotas of networks' days have left, for all functions together. */
export interface QuotaStore {
  /** Takes units of a day before they are used. `spent`: fewer are left, and none was taken. */
  readonly take: (
    quota: { readonly network: NetworkId; readonly host: string; readonly day: LocalDate },
    units: number,
    limit: number,
  ) => Promise<'taken' | 'spent'>;
}

export interface FindingQuery extends PageRequest {
  readonly states: readonly FindingState[] | null;
  readonly provision: string | null;
  readonly network: string | null;
  /** By the time of the indication, `from` included, `to` excluded. */
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** For whoever asks for all findings. */
export const UNFILTERED = { states: null, provision: null, network: null, from: null, to: null } as const;

export interface FindingStore {
  /** Keeps the first of two saves of one id. */
  readonly create: (finding: Finding) => Promise<'created' | 'duplicate'>;
  readonly byId: (id: FindingId) => Promise<Finding | null>;
  readonly save: (finding: Finding) => Promise<SaveOutcome>;
  /** Newest indication first. */
  readonly list: (query: FindingQuery) => Promise<Page<Finding>>;
  readonly ofAccount: (account: AccountId) => Promise<readonly Finding[]>;
  /**
   * Findings of which this audience is still to be told something, longest waiting first; `after` is the last of the
   * page before.
   */
  readonly untold: (
    audience: keyof Finding['untold'],
    limit: number,
    after?: Finding,
  ) => Promise<readonly Finding[]>;
  /** Findings in an open state, the longest in it first; `after` is the last of the page before. */
  readonly inState: (state: OpenState, limit: number, after?: Finding) => Promise<readonly Finding[]>;
  /** Notes that the audience was told, unless there is meanwhile something else to tell. Touches no revision. */
  readonly told: (id: FindingId, audience: keyof Finding['untold'], telling: Telling) => Promise<void>;
  /**
   * Notes since when the post of a finding is gone, if there is that finding and it does not say so yet. The revision grows,
   * so that a decision that is made meanwhile cannot undo it.
   */
  readonly noteGone: (id: FindingId, at: Instant) => Promise<void>;
  /** Findings in `clarifying` whose window ended by `at`, at most `limit`. */
  readonly windowEndedBy: (at: Instant, limit: number) => Promise<readonly Finding[]>;
  /** Findings that have been in a concluded state since `at` or longer, the longest first; `after` as above. */
  readonly concludedBy: (
    state: ConcludedState,
    at: Instant,
    limit: number,
    after?: Finding,
  ) => Promise<readonly Finding[]>;
  /** Findings that a network's terms lend for some days only, captured by `at`, the oldest first; `after` as above. */
  readonly lentBy: (
    network: NetworkId,
    at: Instant,
    limit: number,
    after?: Finding,
  ) => Promise<readonly Finding[]>;
  /** From here on nothing more is saved of a finding, if it is still this revision: it is about to be deleted. */
  readonly lock: (finding: Finding) => Promise<'locked' | 'stale'>;
  /** Those of an account's findings whose deletion has begun and has not come to its end. */
  readonly lockedOf: (account: AccountId) => Promise<readonly Finding[]>;
  /**
   * Deletes a finding if it is still this revision. For `KEEP_GONE_DAYS` its id stays taken, so that a late copy of the
   * post does not bring it back.
   */
  readonly remove: (finding: Finding, at: Instant) => Promise<'removed' | 'stale'>;
}

/** Longer than a message can live in queues and dead letters, twice over. */
export const KEEP_GONE_DAYS = 30;

/** Items with known answers, and what of them each analyst was shown. */
export interface GoldenStore {
  readonly set: () => Promise<GoldenSet | null>;
  readonly saveSet: (set: GoldenSet) => Promise<SaveOutcome>;
  readonly drillsOf: (analyst: PersonId) => Promise<Drills | null>;
  readonly saveDrills: (drills: Drills) => Promise<SaveOutcome>;
  /** Those of every analyst, in no order. */
  readonly everyDrills: () => Promise<readonly Drills[]>;
  readonly removeDrills: (analyst: PersonId) => Promise<void>;
}

export interface MailingStore {
  /**
   * Claims a mail before it is sent. `claimed`: send it now. `sent`: it went out. `busy`: another run claimed it less
   * than a minute ago and is at it. `in-doubt`: the claim is older, so whoever had it has failed, and nobody knows
   * whether the mail went out. After a quarter of an hour it is given again, so a mail is sent at least once.
   */
  readonly claim: (
    mailing: MailingName & Pick<Mailing, 'items'>,
    at: Instant,
  ) => Promise<'claimed' | 'sent' | 'busy' | 'in-doubt' | 'undeliverable'>;
  /** Gives a claim back because the mail certainly was not sent: it may be claimed again at once. */
  readonly release: (name: MailingName) => Promise<void>;
  readonly settle: (
    name: MailingName,
    end: { readonly state: 'sent' | 'undeliverable'; readonly messageId: string | null },
  ) => Promise<void>;
  /** The mailing that an event of the mail service names; `null` for one that is not on record, or not any more. */
  readonly byTag: (tag: MailTag) => Promise<Mailing | null>;
  /**
   * Notes what became of a mail: one that came back is undeliverable, and one of which nobody knew whether it went out did.
   * `false` where what is known weighs more; a repeat is noted again.
   */
  readonly noteFate: (
    name: MailingName,
    event: { readonly fate: Fate; readonly messageId: string },
  ) => Promise<boolean>;
  /** The last mailing of this kind to a recipient by its occasion, whatever its state. */
  readonly last: (kind: Mailing['kind'], recipient: string) => Promise<Mailing | null>;
  /** Every mailing that speaks of a finding, whatever its state, in no order. */
  readonly about: (finding: FindingId) => Promise<readonly Mailing[]>;
  /** Every mailing to a recipient, in no order. */
  readonly to: (recipient: string) => Promise<readonly Mailing[]>;
  /** Mailings that were last claimed by `at`, the oldest first. */
  readonly claimedBy: (at: Instant, limit: number) => Promise<readonly Mailing[]>;
  readonly remove: (mailing: Mailing) => Promise<void>;
}

export interface RequestStore {
  readonly save: (request: HolderRequest) => Promise<SaveOutcome>;
  readonly byId: (id: RequestId) => Promise<HolderRequest | null>;
  /** Those about a person, newest first. */
  readonly ofPerson: (person: PersonId) => Promise<readonly HolderRequest[]>;
  readonly remove: (id: RequestId) => Promise<void>;
  /** Those without an answer, the earliest due first; `after` is the last of the page before. */
  readonly open: (limit: number, after?: HolderRequest) => Promise<readonly HolderRequest[]>;
  /** Those that were answered by `at`, the longest ago first. */
  readonly answeredBy: (at: Instant, limit: number) => Promise<readonly HolderRequest[]>;
  /** All, newest first. */
  readonly list: (page: PageRequest) => Promise<Page<HolderRequest>>;
}

export interface RecordStore {
  readonly append: (entry: RecordEntry) => Promise<void>;
  /** Appends what may be said only once, under its name; `there` means that it was said before, and that stands. */
  readonly appendOnce: (name: string, entry: RecordEntry) => Promise<'appended' | 'there'>;
  /**
   * Lines from a moment (included) to another (excluded), in their order; `after` is the last of the page before. What
   * was appended within the last minute may be missing.
   */
  readonly lines: (
    span: { readonly from: Instant | null; readonly to: Instant },
    limit: number,
    after?: LinePlace,
  ) => Promise<readonly RecordLine[]>;
  /** Every look at a finding, in the order of time. What was appended within the last minute may be missing. */
  readonly looksAt: (finding: FindingId) => Promise<readonly Extract<RecordEntry, { kind: 'read' }>[]>;
}

/** The seals of the record's days, which nobody can alter once they are there. */
export interface SealStore {
  readonly byDay: (day: LocalDate) => Promise<Seal | null>;
  /** Keeps the first seal of a day. */
  readonly put: (seal: Seal) => Promise<'sealed' | 'there'>;
  /** The days that are sealed, first day first. */
  readonly days: () => Promise<readonly LocalDate[]>;
}

/** What is to be known of the packs in use: their rules, or of them only the calendars or the code. */
export interface RulesStore<Known = Rules> {
  readonly active: () => Promise<Known>;
}

export interface PackStore extends RulesStore {
  /** The packs in use with all their words; a pack that does not hold is refused with all its faults named. */
  readonly whole: () => Promise<Packs>;
}

export interface CandidateStore {
  /** The packs that are tried on live traffic beside those in use, or `null` while none are. */
  readonly candidate: () => Promise<Packs | null>;
}

/** A set of packs as it was published. Both forms are read when they are first asked for. */
export interface PublishedPacks {
  readonly packs: () => Promise<Packs>;
  /** What `compilePacks` made of them, so that a start need not compile; `null` if they were published without it. */
  readonly compiled: () => Promise<Uint8Array | null>;
}

export interface PublishedStore {
  /** The very same values until others are published. */
  readonly published: (set: 'active' | 'candidate') => Promise<PublishedPacks | null>;
}

/** Counts of what happened to findings, by what they concerned, and of nobody. */
export interface CountStore {
  /** Adds one for each. A repeat adds again, so only whoever made a thing happen counts it. */
  readonly add: (month: Month, counts: readonly Count[]) => Promise<void>;
  /** The counts of these months together, in no order. */
  readonly read: (months: readonly Month[]) => Promise<readonly CountRow[]>;
}

/** Counts of trials: how the verdicts of two sets of packs relate, and nothing of a post or a person. */
export interface ShadowStore {
  /** Adds to the counts of a day in UTC. A repeat adds again: the counts are a measure, not a ledger. */
  readonly add: (trial: Trial, day: LocalDate, tally: Tally) => Promise<void>;
  /** The days of a trial that have counts, first day first. */
  readonly days: (trial: Trial) => Promise<readonly { readonly day: LocalDate; readonly tally: Tally }[]>;
}

export interface Queue<Message> {
  /** Returns only when every message was accepted; throws otherwise, and then some may have been. */
  readonly send: (messages: readonly Message[]) => Promise<void>;
}

export interface Mailer {
  /**
   * Hands one mail over, once: an answer that is lost is not tried again here. `rejected`: no mail can be made of this.
   * `unsent`: it was refused this time, `because` of that, and certainly did not go out. A throw leaves that open.
   */
  readonly send: (
    mail: Mail,
    name: MailingName,
  ) => Promise<
    | { readonly kind: 'accepted'; readonly messageId: string }
    | { readonly kind: 'rejected' }
    | { readonly kind: 'unsent'; readonly because: Error }
  >;
}

/** Tells operators what happened: an event with a constant name, ids and counts. Never a text, a name, an address. */
export type Report = (event: string, facts: Readonly<Record<string, string | number>>) => void;

/** Verifies a bearer token; `null` for one that is not to be trusted, for whatever reason. Throws when the issuer is down. */
export type TokenReader = (token: string) => Promise<Claims | null>;

/** Files that people gave or asked for. Nothing else of a person is kept as a file. */
export interface FileStore {
  /** Keeps a file under a key that no other file ever had: what may come twice is named by its hash. */
  readonly put: (key: FileKey, file: { readonly bytes: Uint8Array; readonly type: string }) => Promise<void>;
  readonly read: (key: FileKey) => Promise<Uint8Array | null>;
  /** Keeps the bytes of a file that is there under another key too. */
  readonly copy: (from: FileKey, to: FileKey) => Promise<void>;
  readonly remove: (key: FileKey) => Promise<void>;
  /** An address that hands the file out as `name` to whoever has it, to be saved and never shown, for so many seconds. */
  readonly link: (
    key: FileKey,
    until: { readonly seconds: number; readonly name: string },
  ) => Promise<string>;
  /**
   * An address to which whoever has it may PUT these very bytes for so many seconds, with these headers and no others.
   */
  readonly uploadLink: (
    key: FileKey,
    file: {
      readonly bytes: number;
      readonly sha256: string;
      readonly type: string;
      readonly seconds: number;
    },
  ) => Promise<{ readonly link: string; readonly headers: Readonly<Record<string, string>> }>;
  /** Where its links lead, as a browser names it: scheme, host and port. */
  readonly origin: () => Promise<string>;
  readonly list: (
    folder: FileFolder,
  ) => Promise<readonly { readonly key: FileKey; readonly bytes: number }[]>;
  /** Deletes all files of a folder, and tells how many there were. */
  readonly erase: (folder: FileFolder) => Promise<number>;
  /** Deletes what everybody has in a folder of this kind since `at` or longer, and tells how many there were. */
  readonly eraseOld: (folder: Folder, at: Instant) => Promise<number>;
}

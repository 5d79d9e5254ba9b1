import type { Calendars } from '../../shared/domain/calendar/calendars.js';
import type { ContestCalendar } from '../../shared/domain/calendar/contest.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { forgetAt } from '../../shared/domain/registry/forget-identity.js';
import { closedGates } from '../../shared/domain/registry/gates.js';
import type { HostGuard } from '../../shared/domain/registry/host-grammar.js';
import { askAt, identified, type Answered } from '../../shared/domain/registry/identify.js';
import { IdentityLookup } from '../../shared/domain/registry/permit.js';
import { isFree, isVouchedFor, placesOf, type PlaceId } from '../../shared/domain/registry/place.js';
import { askedProof, proofCode, proofIn } from '../../shared/domain/registry/proof.js';
import { readHandle } from '../../shared/domain/registry/read-handle.js';
import { minus, type Instant } from '../../shared/domain/time.js';
import type { AccountId } from '../../shared/domain/ids.js';
import { FUNCTIONS } from '../../shared/functions.js';
import { inParallel } from '../../shared/in-parallel.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { NetworkId } from '../../shared/networks.js';
import type { Connector, GuardedFetch, IdentityAnswer } from '../../shared/networks/connector.js';
import type {
  AccountScanStore,
  AccountStore,
  AgencyStore,
  Clock,
  CohortStore,
  RulesStore,
  Report,
} from '../../shared/ports.js';
import { timeLimit } from '../../shared/time-limit.js';
import { dropUnread, forgetIdentity } from './forget.js';

/** The page that a profile may link to in place of showing a code. */
interface OwnPages {
  readonly isPageOf: (account: Account, href: string) => boolean;
}

export interface IdentifyAccountsDeps {
  readonly agency: Pick<AgencyStore, 'read' | 'hashKey'>;
  readonly packs: RulesStore<Calendars>;
  readonly accounts: Pick<AccountStore, 'byIds' | 'save' | 'lookupsDue' | 'placeOwner' | 'claimPlace'>;
  readonly scans: Pick<AccountScanStore, 'lostSince' | 'byAccounts' | 'save'>;
  readonly cohorts: Pick<CohortStore, 'turnOf'>;
  readonly connectors: Readonly<Record<NetworkId, Pick<Connector, 'identify'>>>;
  /** Those that this deployment reads; no other is asked anything. */
  readonly networks: readonly NetworkId[];
  readonly proofPages: (key: string) => OwnPages;
  readonly fetch: GuardedFetch;
  readonly guard: HostGuard;
  readonly now: Clock;
  readonly report: Report;
}

const ACCOUNTS_PER_RUN = 500;
/** A look-up may take several calls of ten seconds each; what a run leaves over the next one takes. */
const RUN_SECONDS = FUNCTIONS['identify-accounts'].timeoutSeconds * 0.5;
const AT_ONCE = 8;

interface Around {
  readonly agency: Agency;
  readonly contests: readonly ContestCalendar[];
  /** Whether all gates are; while one is closed nobody is asked anything, and what is due to be forgotten is. */
  readonly isOpen: boolean;
  readonly key: string;
  /** Hosts that asked for peace in this run, and until when. */
  readonly throttled: Map<string, Instant>;
}

/**
 * Asks the networks who the declared handles are, follows accounts that were renamed or moved, and looks for the codes by
 * which holders prove that an account is theirs; and forgets what a network's terms lend for some days only. It reads only what `IdentityLookup` opens, and collects no post.
 */
export const identifyAccounts = (deps: IdentifyAccountsDeps) => async (): Promise<Tally> => {
  const agency = await deps.agency.read();
  if (agency === null) return {};
  const { contests } = await deps.packs.active();
  const isOpen = closedGates(agency, contests, deps.now()).length === 0;
  const around = { agency, contests, isOpen, key: await deps.agency.hashKey(), throttled: new Map() };
  const isOver = timeLimit(deps.now, RUN_SECONDS);
  const run = startRun();
  const due = await dueAccounts(deps);
  for (let start = 0; start < due.length && !isOver(); start += AT_ONCE)
    await inParallel(due.slice(start, start + AT_ONCE), (id) =>
      run.attempt(() => identifyOne(deps, around, id)),
    );
  return run.end('accounts-identified', deps.report);
};

/** Those whose time has come, and those that a look has just found renamed or gone. */
const dueAccounts = async ({ accounts, scans, now }: IdentifyAccountsDeps): Promise<readonly AccountId[]> => {
  const at = now();
  const due = await accounts.lookupsDue(at, ACCOUNTS_PER_RUN);
  const since = minus(at, { days: 1 });
  const lost = await accounts.byIds(await scans.lostSince(since, ACCOUNTS_PER_RUN));
  // Once is enough: whoever was asked about since it was lost waits for the next turn.
  const unasked = lost.filter(
    (account) => askAt(account) !== null && (account.lookup === null || account.lookup.at < since),
  );
  return [...new Set([...due, ...unasked].map(({ id }) => id))];
};

type End = Answered['kind'] | 'not-permitted' | 'changed-meanwhile' | 'forgotten';

const identifyOne = async (
  deps: IdentifyAccountsDeps,
  around: Around,
  id: AccountId,
): Promise<End | null> => {
  const { accounts, now } = deps;
  // As it is now: the list may be behind, and the holder may have paused or withdrawn meanwhile.
  const [account] = await accounts.byIds([id]);
  if (account === undefined) return null;
  const endsAt = forgetAt(account);
  if (endsAt !== null && endsAt <= now()) return forgetIdentity(deps, account);
  if (!around.isOpen || askAt(account) === null) return null;
  const lookup = lookupFor(deps, around, account);
  if (lookup === null) return 'not-permitted';
  const answer = await answerTo(deps, around, lookup);
  const answered = answer.kind === 'not-read' ? answer : await understood(deps, around, account, answer);
  const next = identified(account, answered, now());
  const saved = await accounts.save(next);
  if (saved === 'saved' && answered.kind === 'found') await dropUnread(deps, next);
  // The holder changed something at the same moment. It stays due, and the next run asks again.
  return saved === 'saved' ? answered.kind : 'changed-meanwhile';
};

const lookupFor = (
  { guard, now }: IdentifyAccountsDeps,
  { agency, contests }: Around,
  account: Account,
): IdentityLookup | null => {
  const handle = readHandle(account.network, account.handle, guard);
  const handleHost = handle.kind === 'accepted' ? handle.host : null;
  const permission = IdentityLookup.request({ agency, contests, account, handleHost, at: now() });
  return permission.kind === 'granted' ? permission.lookup : null;
};

const answerTo = async (
  { connectors, networks, fetch, now }: IdentifyAccountsDeps,
  { throttled }: Around,
  lookup: IdentityLookup,
): Promise<IdentityAnswer | { readonly kind: 'not-read' }> => {
  if (!networks.includes(lookup.network)) return { kind: 'not-read' };
  const host = `${lookup.network} ${lookup.host ?? ''}`;
  const retryAt = throttled.get(host);
  if (retryAt !== undefined) return { kind: 'throttled', retryAt };
  const answer = await connectors[lookup.network].identify(lookup, { fetch, now });
  if (answer.kind === 'throttled') throttled.set(host, answer.retryAt);
  return answer;
};

/** The answer, once the account has the place that it names; texts and links of the profile end here. */
const understood = async (
  deps: IdentifyAccountsDeps,
  { key }: Around,
  account: Account,
  answer: IdentityAnswer,
): Promise<Answered> => {
  if (answer.kind !== 'found') return answer;
  const { identity, handle } = answer;
  const asking = askedProof(account);
  const isOwnPage = (href: string): boolean => deps.proofPages(key).isPageOf(account, href);
  const proof = asking === null ? null : proofIn(answer, proofCode(key, account, asking), isOwnPage);
  // A known identity has its place, and is never exchanged; whoever has only their own word gets theirs with the proof.
  const isDue = isVouchedFor(account) ? account.identity === null : proof !== null;
  if (isDue)
    for (const place of new Set(placesOf({ ...account, identity })))
      if (!(await hasPlace(deps, account, place))) return { kind: 'taken' };
  return { kind: 'found', identity, handle, proof };
};

/** The place before the account: killed between the two, the next run finds the place its own. */
const hasPlace = async (
  { accounts, now }: IdentifyAccountsDeps,
  account: Account,
  place: PlaceId,
): Promise<boolean> => {
  const at = now();
  const claim = await accounts.placeOwner(place);
  // A claim of the unproved is free for others after a while, so that it is made anew.
  if (claim?.account === account.id && isVouchedFor(account)) return true;
  if (claim !== null && claim.account !== account.id) {
    const [owner] = await accounts.byIds([claim.account]);
    if (!isFree(place, claim, owner ?? null, at)) return false;
  }
  return (await accounts.claimPlace(place, { account: account.id, claimedAt: at }, claim)) === 'claimed';
};

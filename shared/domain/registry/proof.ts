import { keyedHash } from '../ids.js';
import { millisecondsBetween, plus, type Duration, type Instant } from '../time.js';
import type { Account, Proof, ProofPlace } from './account.js';

/** How long a code is looked for. */
const CODE_VALID: Duration = { days: 7 };
const SOONEST: Duration = { minutes: 5 };
const LATEST: Duration = { hours: 6 };

type Asked = Extract<Proof, { kind: 'asked' }>;

/** What a profile shows of itself. */
export interface Shown {
  readonly declares: readonly { readonly where: 'profile' | 'post'; readonly text: string }[];
  readonly links: readonly { readonly href: string; readonly isMe: boolean }[];
}

/** The proof that is asked for now; `null` where none is, or where it was asked under a registration that has lapsed. */
export const askedProof = ({ proof, epoch }: Pick<Account, 'proof' | 'epoch'>): Asked | null =>
  proof?.kind === 'asked' && proof.epoch === epoch ? proof : null;

/** The account with a proof asked for; the very same while one is asked for already, so that its code stays good. */
export const askForProof = (account: Account, at: Instant): Account => {
  const asked = askedProof(account);
  if (asked !== null && at < asked.until) return account;
  const { epoch } = account;
  const proof: Asked = { kind: 'asked', at, until: plus(at, CODE_VALID), epoch, missedAt: null };
  return { ...account, proof, revision: account.revision + 1 };
};

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const CODE_LETTERS = 16;

/**
 * The code that the holder puts into their profile or a post: 80 bits that nobody can guess, good for this account, this
 * registration and this asking alone. It is not stored. Its letters are those that are not taken for one another.
 */
export const proofCode = (key: string, account: Pick<Account, 'id' | 'epoch'>, asked: Asked): string => {
  const digest = Buffer.from(keyedHash(key, 'proof', account.id, String(account.epoch), asked.at), 'hex');
  const letters = Array.from(digest.subarray(0, CODE_LETTERS), (byte) => LETTERS[byte % LETTERS.length]);
  return `netral-${letters.join('')}`;
};

/** What shows that the account is its holder's; `null` where nothing does. `isOwnPage` knows the address of the page made for it. */
export const proofIn = (
  { declares, links }: Shown,
  code: string,
  isOwnPage: (href: string) => boolean,
): ProofPlace | null => {
  if (links.some(({ href, isMe }) => isMe && isOwnPage(href))) return 'link';
  const bearing = declares.filter(({ text }) => text.toLowerCase().includes(code)).map(({ where }) => where);
  return bearing.includes('profile') ? 'profile' : (bearing[0] ?? null);
};

/** The proof after a look-up. `found` is where the code stood, `null` if nowhere or if there was nothing to look at. */
export const afterSearch = (
  account: Pick<Account, 'proof' | 'epoch'>,
  found: ProofPlace | null,
  at: Instant,
): Proof | null => {
  const { proof } = account;
  if (proof?.kind !== 'asked') return proof;
  const asked = askedProof(account);
  if (asked === null) return { kind: 'failed', at, reason: 'lapsed' };
  if (at >= asked.until) return { kind: 'failed', at, reason: 'code-not-found' };
  return found === null ? { ...asked, missedAt: at } : { kind: 'proved', at, how: found };
};

/** A code that was not there is looked for again: soon at first, then ever more rarely. */
export const searchAgainAt = (asked: Asked, at: Instant): Instant => {
  const rare = plus(at, { minutes: millisecondsBetween(asked.at, at) / 4 / 60_000 });
  const times = [rare, plus(at, SOONEST)].sort();
  return [times.at(-1) ?? rare, plus(at, LATEST)].sort()[0] ?? rare;
};

/** Whether a code was given out since the network was last asked. */
export const isNewlyAsked = (account: Pick<Account, 'proof' | 'epoch' | 'lookup'>): boolean => {
  const asked = askedProof(account);
  return asked !== null && (account.lookup === null || account.lookup.at <= asked.at);
};

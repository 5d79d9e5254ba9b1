import * as z from 'zod';
import { Count, HostName, Label, NetworkName, Positive, Text } from '../fields.js';
import { ACCOUNT_NETWORKS } from '../../networks.js';
import { AreaCode } from '../calendar/contest.js';
import { AccountId, CohortId, PersonId, Sha256 } from '../ids.js';
import { Instant, LocalDate } from '../time.js';

/**
 * How the holder came to confirm: by the signed link, by a declaration on paper that they are shown, or by declaring the
 * account themself under the notice.
 */
export const Confirmation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), at: Instant, noticeVersion: Label }),
  z.strictObject({
    kind: z.literal('declaration'),
    at: Instant,
    noticeVersion: Label,
    reference: Label,
    declaredOn: LocalDate,
  }),
  z.strictObject({ kind: z.literal('self'), at: Instant, noticeVersion: Label }),
]);
export type Confirmation = z.infer<typeof Confirmation>;

export const AccountState = z.enum(['invited', 'active', 'paused', 'withdrawn']);
export type AccountState = z.infer<typeof AccountState>;

/** An account as its network knows it. */
export const Identity = z.strictObject({
  /** What stays when the holder renames the account: a feed's address, a DID, the id on its Mastodon host. */
  id: NetworkName,
  /** Who serves it, and whose quota and manners apply: accounts of one host travel together. */
  host: HostName,
});
export type Identity = z.infer<typeof Identity>;

/** Where the code stood by which the holder proved that the account is theirs. */
export const ProofPlace = z.enum(['profile', 'link', 'post']);
export type ProofPlace = z.infer<typeof ProofPlace>;

/** Whether the holder has shown that the account is theirs, by putting a code there that only they were given. */
export const Proof = z.discriminatedUnion('kind', [
  /** The code is given out and looked for until then; a registration that lapses meanwhile voids it. */
  z.strictObject({
    kind: z.literal('asked'),
    at: Instant,
    until: Instant,
    epoch: Positive,
    /** When it was last looked for and not there. */
    missedAt: Instant.nullable(),
  }),
  z.strictObject({ kind: z.literal('proved'), at: Instant, how: ProofPlace }),
  z.strictObject({ kind: z.literal('failed'), at: Instant, reason: z.enum(['code-not-found', 'lapsed']) }),
]);
export type Proof = z.infer<typeof Proof>;

/** What the last question to the network, who this handle is, came to. */
export const LookupEnd = z.enum([
  'found',
  'not-found',
  'moved',
  'opted-out',
  'needs-token',
  'throttled',
  'unreachable',
  'malformed',
  // The network's answer is an account that somebody else has registered.
  'taken',
  // This deployment does not read the network, so nobody was asked.
  'not-read',
]);
export type LookupEnd = z.infer<typeof LookupEnd>;

export const Lookup = z.strictObject({
  at: Instant,
  end: LookupEnd,
  /** Look-ups in a row that did not find the account; they lengthen the wait. */
  failures: Count,
  /** When the network is asked again; `null` where its answer cannot change. */
  dueAt: Instant.nullable(),
});
export type Lookup = z.infer<typeof Lookup>;

/** The holder gave the account another name on its network; its identity stayed. */
export const Rename = z.strictObject({
  from: NetworkName,
  to: NetworkName,
  at: Instant,
});
export type Rename = z.infer<typeof Rename>;

/** A public account that its holder has declared. */
export const Account = z.strictObject({
  id: AccountId,
  holder: PersonId,
  area: AreaCode,
  network: z.enum(ACCOUNT_NETWORKS),
  /** What the holder wrote: a feed's address, a handle. */
  handle: NetworkName,
  /** `null` until it was looked up; nothing is collected before. */
  identity: Identity.nullable(),
  /** When the network last said so. */
  identifiedAt: Instant.nullable().default(null),
  /** A hash of the identity that was known before its network's terms had it forgotten; no other may take its place. */
  formerPlace: Sha256.nullable().default(null),
  /** `null` until the network was first asked who the handle is. */
  lookup: Lookup.nullable().default(null),
  /** Names that the account had before, oldest first. */
  renames: z.array(Rename).max(20).default([]),
  /** `null` while the holder was not asked for one. */
  proof: Proof.nullable().default(null),
  state: AccountState,
  /** Grows whenever the registration lapses, so that what is under way then is void. */
  epoch: Positive,
  /** One for each epoch that ended, in order: from its end until the registration was in force again, if it is. */
  lapses: z.array(z.strictObject({ from: Instant, to: Instant.nullable() })),
  /** The last one; while `invited` it no longer covers what is registered. */
  confirmation: Confirmation.nullable(),
  effectiveFrom: LocalDate,
  effectiveTo: LocalDate.nullable(),
  /** When the invitation went out, or was found undeliverable: its mailing says which. */
  invitedAt: Instant.nullable(),
  /** The version of the notice that came with it. */
  invitedNotice: Text.nullable(),
  /** How many invitations went out under that notice, and one more once the last of them has expired. */
  invitations: Count,
  cohort: CohortId.nullable(),
  /** When its coverage and marks were deleted after its withdrawal; `null` while they may be there. */
  ledgerEndedAt: Instant.nullable().default(null),
  revision: Count,
});
export type Account = z.infer<typeof Account>;

export type AccountChange =
  | { readonly kind: 'confirm'; readonly noticeVersion: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'withdraw' };

export type AccountOutcome =
  | { readonly kind: 'changed'; readonly account: Account }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: 'not-confirmed' | 'withdrawn' };

/** The one way an account's registration changes. A pause and a withdrawal void what is under way. */
export const changeAccount = (account: Account, change: AccountChange, at: Instant): AccountOutcome => {
  const changed = (fields: Partial<Account>): AccountOutcome => ({
    kind: 'changed',
    account: { ...account, ...fields, revision: account.revision + 1 },
  });
  if (account.state === 'withdrawn')
    return change.kind === 'withdraw' ? { kind: 'unchanged' } : { kind: 'refused', reason: 'withdrawn' };
  switch (change.kind) {
    case 'confirm':
      if (account.state !== 'invited') return { kind: 'unchanged' };
      return changed({
        state: 'active',
        confirmation: { kind: 'link', at, noticeVersion: change.noticeVersion },
        ...inForceAgain(account, at),
      });
    case 'pause':
      if (account.state === 'invited') return { kind: 'refused', reason: 'not-confirmed' };
      return account.state === 'paused'
        ? { kind: 'unchanged' }
        : changed({ state: 'paused', ...lapsed(account, at) });
    case 'resume':
      if (account.state === 'invited') return { kind: 'refused', reason: 'not-confirmed' };
      return account.state === 'active'
        ? { kind: 'unchanged' }
        : changed({ state: 'active', ...inForceAgain(account, at) });
    case 'withdraw':
      return changed({ state: 'withdrawn', proof: null, ...lapsed(account, at) });
  }
};

type Registration = Pick<Account, 'epoch' | 'lapses'>;

/** The registration lapses at this moment, and another epoch begins; a lapse before it ends, so that each has its own time. */
export const lapsed = (account: Registration, at: Instant): Registration => ({
  epoch: account.epoch + 1,
  lapses: [...inForceAgain(account, at).lapses, { from: at, to: null }],
});

/** The registration is in force again. */
export const inForceAgain = ({ epoch, lapses }: Registration, at: Instant): Registration => ({
  epoch,
  lapses: lapses.map((lapse) => (lapse.to === null ? { ...lapse, to: at } : lapse)),
});

/** Whether it is still to get its place in a cohort. */
export const isToBeEnrolled = ({
  state,
  cohort,
  identity,
}: Pick<Account, 'state' | 'cohort' | 'identity'>): boolean =>
  state === 'active' && cohort === null && identity !== null;

/** Whether something was found only after the registration under which its post was collected had lapsed. */
export const isVoid = (
  { lapses }: Pick<Account, 'lapses'>,
  found: { readonly epoch: number; readonly foundAt: Instant },
): boolean => {
  const lapse = lapses[found.epoch - 1];
  return lapse !== undefined && found.foundAt >= lapse.from;
};

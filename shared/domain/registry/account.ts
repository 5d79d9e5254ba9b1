import * as z from 'zod';
import { NETWORK_IDS } from '../../networks.js';
import { AreaCode } from '../calendar/contest.js';
import { AccountId, CohortId, PersonId } from '../ids.js';
import { Instant, LocalDate } from '../time.js';

/** How the holder came to confirm: by the signed link, or by a declaration on paper that they are shown. */
export const Confirmation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), at: Instant, noticeVersion: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('declaration'),
    at: Instant,
    noticeVersion: z.string().min(1),
    reference: z.string().min(1),
    declaredOn: LocalDate,
  }),
]);
export type Confirmation = z.infer<typeof Confirmation>;

export const AccountState = z.enum(['invited', 'active', 'paused', 'withdrawn']);
export type AccountState = z.infer<typeof AccountState>;

/** A public account that its holder has declared. */
export const Account = z.strictObject({
  id: AccountId,
  holder: PersonId,
  area: AreaCode,
  network: z.enum(NETWORK_IDS),
  /** What the holder wrote: a feed's address, a handle. */
  handle: z.string().min(1).max(2048),
  /** The place whose quota and manners apply: accounts of one host travel together. */
  host: z.string().min(1).max(253),
  state: AccountState,
  /** Grows with each withdrawal and pause, so that what was collected under an earlier one is void. */
  epoch: z.int().positive(),
  /** When each earlier epoch ended, in order. */
  epochEnds: z.array(Instant),
  confirmation: Confirmation.nullable(),
  effectiveFrom: LocalDate,
  effectiveTo: LocalDate.nullable(),
  /** When the invitation went out, or was found undeliverable: its mailing says which. */
  invitedAt: Instant.nullable(),
  cohort: CohortId.nullable(),
  revision: z.int().nonnegative(),
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
      });
    case 'pause':
      if (account.state === 'invited') return { kind: 'refused', reason: 'not-confirmed' };
      return account.state === 'paused'
        ? { kind: 'unchanged' }
        : changed({ state: 'paused', ...nextEpoch(account, at) });
    case 'resume':
      if (account.state === 'invited') return { kind: 'refused', reason: 'not-confirmed' };
      return account.state === 'active' ? { kind: 'unchanged' } : changed({ state: 'active' });
    case 'withdraw':
      return changed({ state: 'withdrawn', ...nextEpoch(account, at) });
  }
};

const nextEpoch = ({ epoch, epochEnds }: Account, at: Instant): Pick<Account, 'epoch' | 'epochEnds'> => ({
  epoch: epoch + 1,
  epochEnds: [...epochEnds, at],
});

/** Whether something was found only after the registration under which its post was collected had ended. */
export const isVoid = (
  account: Account,
  found: { readonly epoch: number; readonly foundAt: Instant },
): boolean => {
  const end = account.epochEnds[found.epoch - 1];
  return end !== undefined && found.foundAt >= end;
};

import { plus, type Instant, type Duration } from '../time.js';
import type { Account } from './account.js';

/** How long the link of an invitation is good for. */
export const LINK_VALID: Duration = { days: 14 };

/** The first invitation and three reminders. */
const MOST_INVITATIONS = 4;

type Asked = Pick<Account, 'invitedAt' | 'invitedNotice' | 'invitations'>;

/** When somebody who was asked is to be looked at again: as the link expires; `null` once nothing more is sent. */
export const remindAt = (invitedAt: Instant, { invitations }: Asked): Instant | null =>
  invitations > MOST_INVITATIONS ? null : plus(invitedAt, LINK_VALID);

/** What is due now: an invitation, by its number under this notice; an end of asking, as the last one has expired too; nothing. */
export type NextInvitation =
  | { readonly kind: 'invite'; readonly number: number }
  | { readonly kind: 'stand-aside' }
  | { readonly kind: 'wait' };

export const nextInvitation = (
  account: Asked & Pick<Account, 'state'>,
  notice: string,
  at: Instant,
): NextInvitation => {
  const { state, invitedAt, invitedNotice, invitations } = account;
  if (state !== 'invited') return { kind: 'wait' };
  if (invitedAt === null || invitedNotice !== notice) return { kind: 'invite', number: 1 };
  const due = remindAt(invitedAt, account);
  if (due === null || at < due) return { kind: 'wait' };
  return invitations < MOST_INVITATIONS
    ? { kind: 'invite', number: invitations + 1 }
    : { kind: 'stand-aside' };
};

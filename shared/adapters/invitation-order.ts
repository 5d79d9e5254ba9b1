import { sha256 } from '../domain/ids.js';
import type { Account } from '../domain/registry/account.js';
import { remindAt } from '../domain/registry/invite.js';
import type { Instant } from '../domain/time.js';

/** Notices are named by people, so they stand hashed in a key. */
const under = (notice: string): string => `${sha256('notice', notice).slice(0, 16)}#`;

/**
 * The place of an invited account among those that wait: first those not asked yet, then by the notice that they were
 * asked under, within it by the time at which they are to be asked again.
 */
export const invitationOrder = (account: Account): string => {
  const { id, invitedAt, invitedNotice } = account;
  if (invitedAt === null || invitedNotice === null) return `#${id}`;
  return `${under(invitedNotice)}${remindAt(invitedAt, account) ?? 'never'}#${id}`;
};

interface Range {
  readonly from: string;
  readonly to: string;
}

/** Where those stand that are to be asked by `at`: everybody under another notice, and who is due under this one. */
export const rangesToAsk = (notice: string, at: Instant): readonly Range[] => [
  { from: ' ', to: under(notice) },
  { from: under(notice), to: `${under(notice)}${at}~` },
  { from: `${under(notice)}~`, to: '~' },
];

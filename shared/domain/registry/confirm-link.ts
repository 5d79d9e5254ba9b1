import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Positive, Text } from '../fields.js';
import { AccountId, keyedHash } from '../ids.js';
import { Instant, plus } from '../time.js';
import { LINK_VALID } from './invite.js';

/** What a holder confirms by opening the link of their invitation: this registration, under this notice. */
export const Confirmable = z.strictObject({
  account: AccountId,
  epoch: Positive,
  noticeVersion: Text,
});
export type Confirmable = z.infer<typeof Confirmable>;

const Payload = Confirmable.extend({ validUntil: Instant });

export type ConfirmLink =
  ({ readonly kind: 'valid' } & Confirmable) | { readonly kind: 'expired' } | { readonly kind: 'forged' };

const signature = (key: string, payload: string): string =>
  Buffer.from(keyedHash(key, 'confirm-link', payload), 'hex').toString('base64url');

const isSame = (given: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** A token for the link of one invitation, good for 14 days: only letters, digits, `-`, `_` and a dot. */
export const confirmToken = (
  key: string,
  { account, epoch, noticeVersion }: Confirmable,
  at: Instant,
): string => {
  const text = JSON.stringify({ account, epoch, noticeVersion, validUntil: plus(at, LINK_VALID) });
  const payload = Buffer.from(text).toString('base64url');
  return `${payload}.${signature(key, payload)}`;
};

/**
 * Reads a token back. `valid` says that we made it, not that it still applies: the caller compares epoch and notice
 * with the registry. Nothing of a token is looked at before its signature holds.
 */
export const readConfirmToken = (key: string, token: string, at: Instant): ConfirmLink => {
  const dot = token.indexOf('.');
  const payload = token.slice(0, dot);
  if (dot === -1 || !isSame(token.slice(dot + 1), signature(key, payload))) return { kind: 'forged' };
  const { validUntil, ...confirmable } = Payload.parse(
    JSON.parse(Buffer.from(payload, 'base64url').toString()),
  );
  return at < validUntil ? { kind: 'valid', ...confirmable } : { kind: 'expired' };
};

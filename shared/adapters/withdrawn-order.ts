import type { Account } from '../domain/registry/account.js';

/** By when an account was withdrawn, while its coverage may still be there; `null` for all others. */
export const withdrawnOrder = ({ id, state, lapses, ledgerEndedAt }: Account): string | null => {
  const withdrawnAt = lapses.at(-1)?.from;
  return state === 'withdrawn' && ledgerEndedAt === null && withdrawnAt !== undefined
    ? `${withdrawnAt}#${id}`
    : null;
};

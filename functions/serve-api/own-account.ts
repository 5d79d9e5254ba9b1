import * as z from 'zod';
import { Account } from '../../shared/domain/registry/account.js';
import { AccountStanding } from '../../shared/domain/scanning/account-standing.js';

/** An account as its holder sees it: what is registered, how it was confirmed, and what was scanned. */
export const OwnAccount = z.strictObject({
  id: Account.shape.id,
  network: Account.shape.network,
  handle: Account.shape.handle,
  state: Account.shape.state,
  confirmation: Account.shape.confirmation,
  effectiveFrom: Account.shape.effectiveFrom,
  effectiveTo: Account.shape.effectiveTo,
  coverage: AccountStanding,
});
export type OwnAccount = z.infer<typeof OwnAccount>;

export const ownAccount = (account: Account & { readonly standing: AccountStanding }): OwnAccount =>
  OwnAccount.parse({
    id: account.id,
    network: account.network,
    handle: account.handle,
    state: account.state,
    confirmation: account.state === 'invited' ? null : account.confirmation,
    effectiveFrom: account.effectiveFrom,
    effectiveTo: account.effectiveTo,
    coverage: account.standing,
  });

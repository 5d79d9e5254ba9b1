import * as z from 'zod';
import { LINE, LINK } from '../../shared/domain/limits.js';
import { proofPages } from '../../shared/adapters/proof-pages.js';
import { Account, Proof } from '../../shared/domain/registry/account.js';
import { askedProof, proofCode } from '../../shared/domain/registry/proof.js';
import { AccountStanding } from '../../shared/domain/scanning/account-standing.js';
import type { ApiDeps } from './api.js';

const [asked, proved, failed] = Proof.options;

/** The proof that the account is the holder's: asked for, with what the holder is to show; given; or failed, and why. */
const OwnProof = z.discriminatedUnion('kind', [
  asked.omit({ epoch: true }).extend({
    /** To stand in the profile or in a public post. */
    code: z.string().max(LINE),
    /** In place of the code: a page to which the profile links with `rel="me"`. */
    link: z.url().max(LINK),
  }),
  proved,
  failed,
]);

/** An account as its holder sees it: what is registered, who the network says it is, how it was confirmed, and what was scanned. */
export const OwnAccount = z.strictObject({
  id: Account.shape.id,
  network: Account.shape.network,
  handle: Account.shape.handle,
  /** Handles that it had before. */
  renames: Account.shape.renames,
  /** What the network last said of the handle, and when it is asked again. */
  lookup: Account.shape.lookup,
  proof: OwnProof.nullable(),
  state: Account.shape.state,
  confirmation: Account.shape.confirmation,
  effectiveFrom: Account.shape.effectiveFrom,
  effectiveTo: Account.shape.effectiveTo,
  coverage: AccountStanding,
});
export type OwnAccount = z.infer<typeof OwnAccount>;

type Standing = Account & { readonly standing: AccountStanding };

const ownProof = (account: Account, key: string, publicUrl: string): z.infer<typeof OwnProof> | null => {
  const { proof } = account;
  if (proof?.kind !== 'asked') return proof;
  const asking = askedProof(account);
  const link = proofPages(key, publicUrl).addressFor(account);
  // Asked for under a registration that has lapsed since.
  if (asking === null || link === null) return { kind: 'failed', at: proof.at, reason: 'lapsed' };
  const { kind, at, until, missedAt } = asking;
  return { kind, at, until, missedAt, code: proofCode(key, account, asking), link };
};

/** Accounts as their holder sees them. */
export const ownAccounts =
  ({ agency, publicUrl }: Pick<ApiDeps, 'agency' | 'publicUrl'>) =>
  async (accounts: readonly Standing[]): Promise<OwnAccount[]> => {
    const key = await agency.hashKey();
    return accounts.map((account) =>
      OwnAccount.parse({
        id: account.id,
        network: account.network,
        handle: account.handle,
        renames: account.renames,
        lookup: account.lookup,
        proof: ownProof(account, key, publicUrl),
        state: account.state,
        confirmation: account.state === 'invited' ? null : account.confirmation,
        effectiveFrom: account.effectiveFrom,
        effectiveTo: account.effectiveTo,
        coverage: account.standing,
      }),
    );
  };

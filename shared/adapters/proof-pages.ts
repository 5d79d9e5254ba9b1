import * as z from 'zod';
import { AccountId } from '../domain/ids.js';
import type { Account } from '../domain/registry/account.js';
import { askedProof } from '../domain/registry/proof.js';
import { Instant } from '../domain/time.js';
import { sealing } from './sealed-cursors.js';

/** Where the pages are that a profile may link to. */
const PATH = '/open/me/';

/** Which asking for a proof a page was made for. */
const Asking = z.tuple([AccountId, z.coerce.number().int().positive(), Instant]);

type Named = Pick<Account, 'id' | 'epoch' | 'proof'>;

/**
 * Pages with which a holder's profile and Netral point at each other (`rel="me"`). The address is sealed, so that it tells
 * nobody which account it is about, and only its holder was ever given it.
 */
export const proofPages = (hashKey: string, publicUrl: string) => {
  const { seal, open } = sealing(hashKey, 'proof-page');
  const read = (token: string): z.infer<typeof Asking> | null =>
    Asking.safeParse(open(token)?.split(' ')).data ?? null;
  const isFor = (account: Named, token: string): boolean => {
    const [id, epoch, at] = read(token) ?? [];
    return id === account.id && epoch === account.epoch && at === askedProof(account)?.at;
  };
  return {
    /** The address of the page for the proof that is asked for now; `null` where none is. */
    addressFor: (account: Named): string | null => {
      const asked = askedProof(account);
      return asked === null
        ? null
        : `${publicUrl}${PATH}${seal(`${account.id} ${account.epoch} ${asked.at}`)}`;
    },
    /** Which account the page of this token may be about; whether it still is, `isFor` says. */
    accountOf: (token: string): AccountId | null => read(token)?.[0] ?? null,
    isFor,
    isPageOf: (account: Named, href: string): boolean => {
      const token = href.startsWith(`${publicUrl}${PATH}`)
        ? href.slice(publicUrl.length + PATH.length)
        : null;
      return token !== null && isFor(account, token);
    },
  };
};

import type { Identity } from './account.js';

export type HandleFault = 'not-an-address' | 'not-https' | 'not-a-handle' | 'host' | 'too-long';

/** What people write as the name of an account: a handle, or the address of its profile. */
export type ReadHandle =
  | {
      readonly kind: 'accepted';
      /** The one form in which it is kept. */
      readonly handle: string;
      /** The host that the handle itself names; `null` where only the network can tell. */
      readonly host: string | null;
      /** Where the handle is the identity; `null` where the network has to be asked. */
      readonly identity: Identity | null;
    }
  | { readonly kind: 'refused'; readonly reason: HandleFault };

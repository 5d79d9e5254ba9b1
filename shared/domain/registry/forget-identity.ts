import { lentDays } from '../../networks.js';
import { plus, type Instant } from '../time.js';
import type { Account } from './account.js';
import { identityPlace } from './place.js';

/** When what the network said of an account has to be gone, unless it says it again before; `null` for never. */
export const forgetAt = ({
  network,
  identity,
  identifiedAt,
}: Pick<Account, 'network' | 'identity' | 'identifiedAt'>): Instant | null => {
  const days = lentDays(network);
  return days === null || identity === null || identifiedAt === null ? null : plus(identifiedAt, { days });
};

/**
 * The account without what its network said of it: it goes by what its holder wrote, and nothing is read before the network is
 * asked anew. A hash of its place is kept, by which a handle that has become somebody else's meanwhile is known.
 */
export const forgotten = (account: Account): Account => {
  const { network, identity, renames, handle } = account;
  return {
    ...account,
    handle: renames[0]?.from ?? handle,
    renames: [],
    identity: null,
    identifiedAt: null,
    formerPlace: identity === null ? account.formerPlace : identityPlace(network, identity),
    lookup: null,
    cohort: null,
    revision: account.revision + 1,
  };
};

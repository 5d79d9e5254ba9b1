import * as z from 'zod';
import { AccountId, sha256, Sha256 } from '../ids.js';
import { Instant, plus, type Duration } from '../time.js';
import type { Account, Identity } from './account.js';

/** Where posts come from, whoever registers it: one network, one handle. */
export const PlaceId = Sha256.brand<'PlaceId'>();
export type PlaceId = z.infer<typeof PlaceId>;

export const placeId = ({ network, handle }: Pick<Account, 'network' | 'handle'>): PlaceId =>
  PlaceId.parse(sha256('place', network, handle));

/** Networks whose ids are given out by each host for itself. */
const IDS_OF_HOSTS: readonly string[] = ['mastodon'];

/** The place of an identity, by whatever handle it was registered: two handles of one account are one place. */
export const identityPlace = (network: Account['network'], { id, host }: Identity): PlaceId =>
  placeId({ network, handle: IDS_OF_HOSTS.includes(network) ? `${id}@${host}` : id });

/** Every place that an account has. */
export const placesOf = (account: Account): PlaceId[] => [
  placeId(account),
  ...(account.identity === null ? [] : [identityPlace(account.network, account.identity)]),
];

/** Which account a place belongs to. Two accounts of one place would accuse one person of what another wrote. */
export const PlaceClaim = z.strictObject({ account: AccountId, claimedAt: Instant });
export type PlaceClaim = z.infer<typeof PlaceClaim>;

/** Whoever claims a place does so just before they save the account, and never take as long as this in between. */
const IMPORT: Duration = { minutes: 15 };

/**
 * Whether an account is anybody's word but its holder's own: of one that its holder has registered and not proved nobody
 * knows whose it is, so it keeps no place from another.
 */
export const isVouchedFor = ({ confirmation, proof }: Pick<Account, 'confirmation' | 'proof'>): boolean =>
  confirmation?.kind !== 'self' || proof?.kind === 'proved';

/**
 * Whether a place may go over to another account: its owner is withdrawn, unproved, or goes by another name now, or an
 * import that died never made it.
 */
export const isFree = (place: PlaceId, claim: PlaceClaim, owner: Account | null, at: Instant): boolean => {
  if (owner !== null && owner.state !== 'withdrawn')
    return (!placesOf(owner).includes(place) || !isVouchedFor(owner)) && at > plus(claim.claimedAt, IMPORT);
  const withdrawnAt = owner?.lapses.at(-1)?.from;
  // Withdrawn before the claim: it may be under way to be registered anew.
  const wasUsed = withdrawnAt !== undefined && withdrawnAt >= claim.claimedAt;
  return wasUsed || at > plus(claim.claimedAt, IMPORT);
};

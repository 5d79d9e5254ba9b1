import { quotaDayAt } from '../domain/scanning/quota-day.js';
import type { Instant } from '../domain/time.js';
import { NETWORKS, type NetworkId } from '../networks.js';
import type { Clock, QuotaStore } from '../ports.js';

/** Takes a call from the day's quota before it is made; until when there is peace if none is left, else `null`. */
export type Meter = (network: NetworkId, host: string) => Promise<Instant | null>;

/** Every call of a network that counts them costs one unit, whichever function makes it. */
export const quotaMeter =
  (quotas: QuotaStore, now: Clock): Meter =>
  async (network, host) => {
    const { callsPerDay } = NETWORKS[network];
    if (callsPerDay === null) return null;
    const { day, endsAt } = quotaDayAt(now());
    return (await quotas.take({ network, host, day }, 1, callsPerDay)) === 'spent' ? endsAt : null;
  };

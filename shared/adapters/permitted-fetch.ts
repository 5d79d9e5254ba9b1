import { allowedUrl, type HostGuard } from '../domain/registry/host-grammar.js';
import type { Instant } from '../domain/time.js';
import type { FetchOutcome, GuardedFetch, TakeIn } from '../networks/connector.js';
import { isWithinReach, type Reach } from '../networks/reach.js';
import type { NetworkId } from '../networks.js';

/** What decides whether a connector may ask for an address. */
export interface Wall {
  readonly now: () => Instant;
  readonly guard: HostGuard;
  /** The addresses that each network's connector may ask for. */
  readonly reach: (network: NetworkId) => readonly Reach[];
}

/** Asks for an address that was let through. */
type Transport = (
  network: NetworkId,
  url: URL,
  headers: Readonly<Record<string, string>>,
  takeIn: TakeIn,
) => Promise<FetchOutcome>;

/** What waited for room has outlived its permit. */
class StalePermitError extends Error {
  override readonly name = 'StalePermitError';
}

/** Lets through what a permit of this moment opens, and nothing else; nothing is taken in by one that ended in a wait. */
export const permittedFetch =
  ({ now, guard, reach }: Wall, transport: Transport): GuardedFetch =>
  async (permit, { url: text, headers = {} }, takeIn) => {
    if (!permit.isFresh(now())) return { kind: 'forbidden', reason: 'stale-permit' };
    const url = allowedUrl(text, guard);
    if (url === null) return { kind: 'forbidden', reason: 'address' };
    if (!isWithinReach(reach(permit.network), permit, url)) return { kind: 'forbidden', reason: 'reach' };
    if (permit.kind === 'context' && !permit.spend(text))
      return { kind: 'forbidden', reason: 'stale-permit' };
    const stillFresh = async (wait: Promise<void>): Promise<void> => {
      await wait;
      if (!permit.isFresh(now())) throw new StalePermitError();
    };
    const inTime: TakeIn = (bytes) => {
      const wait = takeIn?.(bytes) ?? null;
      return wait === null ? null : stillFresh(wait);
    };
    try {
      return await transport(permit.network, url, headers, inTime);
    } catch (error) {
      if (error instanceof StalePermitError) return { kind: 'forbidden', reason: 'stale-permit' };
      throw error;
    }
  };

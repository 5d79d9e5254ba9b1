import type { GuardedFetch, TakeIn } from '../../shared/networks/connector.js';

/** What each look may take in whatever the others do; most looks take less. */
const OWN_BYTES = 256 * 1024;
/** What all looks may take in above that, at once. */
const SHARED_BYTES = 24 * 1024 * 1024;
/** A look that has taken in so much asks for nothing more; the next one goes on. */
const ENOUGH_BYTES = 5 * 1024 * 1024;
/** No look takes in more. One fetch after another never comes so far, since none is larger than 5 MB; several at once may. */
const MOST_BYTES = 2 * ENOUGH_BYTES;

/** A look may take in no more. */
class EnoughError extends Error {
  override readonly name = 'EnoughError';
}

/** What one look takes in, until it leaves. */
export interface Intake {
  /**
   * Counts bytes, and gives what is to be waited for before more of them is taken in, `null` when nothing is. Throws where they
   * are not taken in at all: a look that failed has left while its other fetches go on.
   */
  readonly take: TakeIn;
  readonly bytes: () => number;
  /** It holds some of what is shared. */
  readonly isLarge: () => boolean;
  /** Nothing more is to be asked for. */
  readonly hasEnough: () => boolean;
  /** What it took in is let go. */
  readonly leave: () => void;
}

/**
 * Bounds the memory that bodies take: text holds the whole body from which it was cut. Where no room is left, looks wait for
 * one another in the order in which they came, and the first of them goes on at once, so that there is always one that can end. Each call is
 * for another look.
 */
export const intakes = (): (() => Intake) => {
  let shared = 0;
  /** Goes on however little room there is. */
  let favoured: object | null = null;
  const waiting: { readonly look: object; readonly goOn: () => void }[] = [];
  const mayGoOn = (look: object): boolean => {
    if (shared > SHARED_BYTES) favoured ??= look;
    return shared <= SHARED_BYTES || favoured === look;
  };
  const callNext = (gone: object): void => {
    for (const one of waiting.splice(0))
      if (one.look === gone || mayGoOn(one.look)) one.goOn();
      else waiting.push(one);
  };
  return () => {
    const look = {};
    let bytes = 0;
    let hasLeft = false;
    const held = (): number => Math.max(0, bytes - OWN_BYTES);
    return {
      take: (more) => {
        if (hasLeft || bytes + more > MOST_BYTES) throw new EnoughError();
        const before = held();
        bytes += more;
        shared += held() - before;
        if (held() === 0 || mayGoOn(look)) return null;
        return new Promise((resolve) => {
          waiting.push({ look, goOn: resolve });
        });
      },
      bytes: () => bytes,
      isLarge: () => held() > 0,
      hasEnough: () => hasLeft || bytes >= ENOUGH_BYTES,
      leave: () => {
        hasLeft = true;
        shared -= held();
        bytes = 0;
        if (favoured === look) favoured = null;
        callNext(look);
      },
    };
  };
};

/** Asks for what a look has room for. The rest is the next run's, and held against nobody. */
export const fetchWithin =
  (fetch: GuardedFetch, { hasEnough, take }: Intake): GuardedFetch =>
  async (permit, request) => {
    if (hasEnough()) return { kind: 'put-off' };
    try {
      return await fetch(permit, request, take);
    } catch (error) {
      if (error instanceof EnoughError) return { kind: 'put-off' };
      throw error;
    }
  };

import { millisecondsBetween, type Instant } from '../../shared/domain/time.js';
import type { Clock } from '../../shared/ports.js';

/**
 * Lets through `burst` calls at once and `perSecond` after that. It counts calls and knows of no caller, so it bounds what
 * all of them together cost this process, and cannot tell who they were.
 */
export const callLimit = (
  { burst, perSecond }: Readonly<Record<'burst' | 'perSecond', number>>,
  now: Clock,
): (() => boolean) => {
  let left = burst;
  let last: Instant | null = null;
  return () => {
    const at = now();
    const seconds = last === null ? 0 : Math.max(0, millisecondsBetween(last, at) / 1000);
    left = Math.min(burst, left + seconds * perSecond);
    last = at;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
};

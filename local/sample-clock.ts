import { instant, millisecondsBetween, type Instant } from '../shared/domain/time.js';

const RealDate = Date;

export interface SampleClock {
  readonly now: () => Instant;
  /** Jumps to a moment. */
  readonly set: (at: Instant) => void;
  /** Comes back to the real time. */
  readonly release: () => void;
}

/**
 * Lets this process live at another time: `new Date()` and `Date.now()` answer with an offset, timers run as always.
 * The functions, the token issuer and the embedded services then agree on what day it is, and nothing in the deployed
 * code knows of it.
 */
export const installSampleClock = (): SampleClock => {
  let offset = 0;
  const now = (): number => RealDate.now() + offset;
  const sampleDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, parts: unknown[], newTarget): object => {
      const made: unknown = Reflect.construct(
        target,
        parts.length === 0 ? [now()] : parts,
        newTarget === sampleDate ? target : newTarget,
      );
      if (!(made instanceof RealDate)) throw new TypeError('Not a date');
      return made;
    },
    get: (target, property): unknown => (property === 'now' ? now : Reflect.get(target, property)),
  });
  globalThis.Date = sampleDate;
  return {
    now: () => instant(new RealDate(now())),
    set: (at) => {
      offset = millisecondsBetween(instant(new RealDate()), at);
    },
    release: () => {
      offset = 0;
    },
  };
};

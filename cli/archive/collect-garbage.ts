import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as z from 'zod';

const Collect = z.custom<() => void>((value) => typeof value === 'function');

/**
 * Gives memory back now. The bytes of a stream lie outside of the heap, where V8 lets more than a hundred megabytes of
 * them pile up before it looks (seen with Node 24, 2026-11-25); on a holder's small machine that is what runs out.
 */
export const garbageCollector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return Collect.parse(runInNewContext('gc'));
};

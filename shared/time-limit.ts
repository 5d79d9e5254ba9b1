import { plus } from './domain/time.js';
import type { Clock } from './ports.js';

/** Asks whether so many seconds have passed since now. */
export const timeLimit = (now: Clock, seconds: number): (() => boolean) => {
  const end = plus(now(), { seconds });
  return () => now() >= end;
};

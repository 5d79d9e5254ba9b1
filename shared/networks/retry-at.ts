import { instant, milliseconds, type Instant } from '../domain/time.js';

const DAY = milliseconds({ days: 1 });

export const later = (at: Instant, wait: number): Instant => instant(new Date(Date.parse(at) + wait));

export const httpDate = (text: string | null): number | null => {
  const time = text === null ? NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
};

/** `Retry-After` in milliseconds from now: seconds or a date (RFC 9110 10.2.3), `null` without a wait in the future. */
export const askedWait = (header: string | null, at: Instant): number | null => {
  if (header === null) return null;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : (httpDate(header) ?? 0) - Date.parse(at);
  return wait > 0 ? wait : null;
};

interface Asked {
  /** How long the host asked us to wait, in milliseconds; `null` when it did not say. */
  readonly wait: number | null;
  readonly throttlesBefore: number;
  readonly floorMinutes: number;
  readonly at: Instant;
}

/**
 * When to come back to a host that asked us to slow down: when it says, else twice as late each time; in a day at the
 * latest, so that no answer can silence an account for a whole campaign.
 */
export const retryAt = ({ wait, throttlesBefore, floorMinutes, at }: Asked): Instant =>
  later(at, Math.min(wait ?? milliseconds({ minutes: floorMinutes }) * 2 ** throttlesBefore, DAY));

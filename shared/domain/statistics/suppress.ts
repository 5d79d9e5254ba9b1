import type { CountRow, Events } from './counts.js';

/** Fewer could be recognised by who knows the unit. */
const FEWEST = 5;

/** What became of the findings of a group, `null` where it is not said. */
export interface GroupCounts {
  readonly group: string;
  /** Findings that somebody looked at. */
  readonly looked: number;
  readonly outcome: { readonly dismissed: number; readonly referred: number } | null;
}

export interface Suppressed {
  readonly groups: readonly GroupCounts[];
  /** Groups that are too small to be named, as one. */
  readonly others: { readonly groups: number; readonly looked: number };
}

export const lookedIn = (events: Events): number => (events['first-dismiss'] ?? 0) + (events.clarify ?? 0);
export const dismissedIn = (events: Events): number => (events['first-dismiss'] ?? 0) + (events.dismiss ?? 0);

const isSmall = (count: number): boolean => count > 0 && count < FEWEST;

/**
 * Counts of groups without those from which somebody could be recognised. A group with fewer than five findings is not
 * named. An outcome is not said where a part of it, or what is left, is under five. Where only one is left unsaid it could
 * be worked out from the total, so the smallest of the others goes with it.
 */
export const suppressed = (rows: readonly CountRow[]): Suppressed => {
  const all = rows
    .map(({ value, events }) => {
      const looked = lookedIn(events);
      const dismissed = dismissedIn(events);
      const referred = events.refer ?? 0;
      const parts = [dismissed, referred, Math.max(0, looked - dismissed - referred)];
      return { group: value, looked, outcome: parts.some(isSmall) ? null : { dismissed, referred } };
    })
    .filter(({ looked }) => looked > 0)
    .sort((left, right) => left.looked - right.looked || (left.group < right.group ? -1 : 1));

  const small = all.filter(({ looked }) => looked < FEWEST).length;
  const unnamed = small === 1 || (small > 1 && sumOf(all.slice(0, small)) < FEWEST) ? small + 1 : small;
  const others = all.slice(0, unnamed);
  const named = all.slice(unnamed);
  const unsaid = named.filter(({ outcome }) => outcome === null).length + others.length;
  const first = named.find(({ outcome }) => outcome !== null);
  const groups = named.map((one) => (unsaid === 1 && one === first ? { ...one, outcome: null } : one));
  return { groups: groups.reverse(), others: { groups: others.length, looked: sumOf(others) } };
};

const sumOf = (groups: readonly { readonly looked: number }[]): number =>
  groups.reduce((sum, { looked }) => sum + looked, 0);

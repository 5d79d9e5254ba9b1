import { POINTS_AT_NUMBERS } from './ballot-numbers.js';
import type { ContestPack } from './rules.js';
import { BALLOT_LIKE, valueIn, type Page } from './page.js';
import type { Meaning } from './meaning.js';
import { NUMBER_ID } from './vocabulary.js';

/** What a page holds, one bit each. */
export const ACT = 1;
export const NAME = 2;
export const GENERIC = 4;
/** A number that somebody has, written like a ballot number or introduced as one by a word. */
export const BALLOT_NUMBER = 8;
/** Words without which no number is a ballot number: an election, or an act that points at one. */
const ELECTION = 16;
/** Of a meaning only: it introduces the number that follows. */
const INTRODUCES = 32;

/** Whether a contestant may be spoken of, somewhere in a post and what it answers: the mask makes a target of nothing else. */
export const mayNameSomebody = (sight: number): boolean =>
  (sight & (NAME | GENERIC)) !== 0 || (sight & (BALLOT_NUMBER | ELECTION)) === (BALLOT_NUMBER | ELECTION);

const bitOf = (meaning: Meaning): number => {
  switch (meaning.kind) {
    case 'act':
      return POINTS_AT_NUMBERS.has(meaning.act) ? ACT | ELECTION : ACT;
    case 'slang':
      return ACT;
    case 'contestant':
      return NAME;
    case 'generic':
      return GENERIC;
    case 'cue':
      return meaning.cue === 'introducer' ? INTRODUCES : meaning.cue === 'election' ? ELECTION : 0;
    case 'suppressor':
      return 0;
  }
};

/** What a glance knows: the bits of each meaning, and a 1 at each number under which somebody stands in any contest. */
export interface Outline {
  readonly bits: Uint8Array;
  readonly numbers: Uint8Array;
}

/** A ballot number has no more than two digits. */
const NUMBERS = 100;

export const outlineOf = (
  meanings: readonly Meaning[],
  contests: readonly Pick<ContestPack, 'contestants'>[],
): Outline => {
  const numbers = new Uint8Array(NUMBERS);
  for (const { contestants } of contests)
    for (const { number } of contestants) if (number !== null) numbers[number] = 1;
  return { bits: Uint8Array.from(meanings, bitOf), numbers };
};

/**
 * A first look at a page: what kinds of words it holds, whatever they are. A page without an act, or without anything
 * that could be a contestant, needs no second look.
 */
export const glance = (page: Page, { bits, numbers }: Outline): number => {
  const { found, foundCount, keys, marks, count } = page;
  const isSomebodys = (token: number): boolean =>
    token < count && keys[token] === NUMBER_ID && numbers[valueIn(marks[token] ?? 0)] === 1;
  let seen = 0;
  for (let index = 0; index < foundCount; index += 3) {
    const bit = bits[found[index + 2] ?? 0] ?? 0;
    seen |= bit;
    if (bit === INTRODUCES && isSomebodys(found[index + 1] ?? 0)) seen |= BALLOT_NUMBER;
  }
  if ((page.seen & BALLOT_LIKE) !== 0)
    for (let token = 0; token < count; token += 1)
      if (((marks[token] ?? 0) & BALLOT_LIKE) !== 0 && isSomebodys(token)) seen |= BALLOT_NUMBER;
  return seen;
};

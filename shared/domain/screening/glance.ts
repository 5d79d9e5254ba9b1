import { POINTS_AT_NUMBERS } from './ballot-numbers.js';
import { BALLOT_LIKE, type Page } from './page.js';
import type { Meaning } from './terms.js';
import { NUMBER_ID } from './vocabulary.js';

/** What a page holds, one bit each. */
export const ACT = 1;
export const NAME = 2;
export const GENERIC = 4;
/** A number that is written like a ballot number, or that a word introduces as one. */
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

/** The bits of each meaning. */
export const bitsOf = (meanings: readonly Meaning[]): Uint8Array => Uint8Array.from(meanings, bitOf);

/**
 * A first look at a page: what kinds of words it holds, whatever they are. A page without an act, or without anything
 * that could be a contestant, needs no second look.
 */
export const glance = ({ found, foundCount, keys, count, seen: marks }: Page, bits: Uint8Array): number => {
  let seen = (marks & BALLOT_LIKE) === 0 ? 0 : BALLOT_NUMBER;
  for (let index = 0; index < foundCount; index += 3) {
    const bit = bits[found[index + 2] ?? 0] ?? 0;
    seen |= bit;
    const next = found[index + 1] ?? 0;
    if (bit === INTRODUCES && next < count && keys[next] === NUMBER_ID) seen |= BALLOT_NUMBER;
  }
  return seen;
};

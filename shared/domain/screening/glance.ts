import type { Page } from './page.js';
import type { Meaning } from './terms.js';
import { NUMBER_ID } from './vocabulary.js';

/** What a page holds, one bit each. */
export const ACT = 1;
export const NAME = 2;
export const GENERIC = 4;
export const NUMBER_TOKEN = 8;
/** All that a contestant can be spoken of with: no target is ever made of anything else. */
export const ANY_TARGET = NAME | GENERIC | NUMBER_TOKEN;

const bitOf = ({ kind }: Meaning): number => {
  switch (kind) {
    case 'act':
    case 'slang':
      return ACT;
    case 'contestant':
      return NAME;
    case 'generic':
      return GENERIC;
    case 'cue':
    case 'suppressor':
      return 0;
  }
};

/** The bits of each meaning. */
export const bitsOf = (meanings: readonly Meaning[]): Uint8Array => Uint8Array.from(meanings, bitOf);

/** A first look at a page: what kinds of words it holds, whatever they are. */
export const glance = ({ found, keys, count }: Page, bits: Uint8Array): number => {
  let seen = 0;
  for (let index = 2; index < found.length; index += 3) seen |= bits[found[index] ?? 0] ?? 0;
  for (let token = 0; token < count; token += 1) if (keys[token] === NUMBER_ID) seen |= NUMBER_TOKEN;
  return seen;
};

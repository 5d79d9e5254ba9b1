import type { Term } from './match.js';
import { addFound, type Page } from './page.js';
import { UNKNOWN } from './vocabulary.js';

/**
 * All terms as a tree of word ids, level by level, so that the children of a node stand side by side:
 *
 *     terms     pilih=5 nomor=8 | pilih=5 | dukung=3
 *
 *     node          0       1      2       3
 *     keys          -       3      5       8       the word that leads to a node; rising among siblings
 *     children      1       3      3       4  4    of a node: from children[node] to children[node + 1]
 *     meanings      0       0      1       2  3    the same for what a term that ends here means, in `said`
 *     said          dukung, pilih, pilih nomor
 *
 *     first         [ 0 0 0 1 0 2 … ]              by word id: the node of the first word of a term, or 0
 */
export interface Trie {
  readonly keys: Int32Array;
  readonly children: Int32Array;
  readonly meanings: Int32Array;
  readonly said: Int32Array;
  readonly first: Int32Array;
}

/** A term in numbers: the ids of its words, and of its meaning. */
export type TermIds = Term<number, number>;

const compare = (left: readonly number[], right: readonly number[]): number => {
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

/** A run of sorted terms that share their first `depth` words, and so a node. */
interface Branch {
  readonly from: number;
  readonly to: number;
}

/** Lays terms out as a tree. Terms of no words are left out; equal ones keep their order. */
export const trieOf = (terms: readonly TermIds[], words: number): Trie => {
  const sorted = terms
    .filter(({ keys }) => keys.length > 0)
    .toSorted((one, other) => compare(one.keys, other.keys));
  const keys = [UNKNOWN];
  const children: number[] = [];
  const meanings: number[] = [];
  const said: number[] = [];
  let level: Branch[] = [{ from: 0, to: sorted.length }];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: Branch[] = [];
    for (const { from, to } of level) {
      let at = from;
      meanings.push(said.length);
      for (; at < to && sorted[at]?.keys.length === depth; at += 1) said.push(sorted[at]?.meaning ?? 0);
      children.push(keys.length);
      while (at < to) {
        const key = sorted[at]?.keys[depth] ?? UNKNOWN;
        const begin = at;
        while (at < to && sorted[at]?.keys[depth] === key) at += 1;
        keys.push(key);
        below.push({ from: begin, to: at });
      }
    }
    level = below;
  }
  children.push(keys.length);
  meanings.push(said.length);
  const first = new Int32Array(words);
  for (let node = children[0] ?? 0; node < (children[1] ?? 0); node += 1) first[keys[node] ?? 0] = node;
  return {
    keys: Int32Array.from(keys),
    children: Int32Array.from(children),
    meanings: Int32Array.from(meanings),
    said: Int32Array.from(said),
    first,
  };
};

/** The node among `low` to `high` (exclusive), which are siblings, that a word leads to, by halving; else 0. */
const siblingOf = (keys: Int32Array, low: number, high: number, key: number): number => {
  const end = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low < end && keys[low] === key ? low : 0;
};

/**
 * Finds all terms at once, in one pass over whole tokens, so a term never matches inside a word. From each token
 * it goes no further than the longest term: the work is linear in the text. What it finds comes by its first
 * token, shorter terms first, terms of the same words in the order in which they were given.
 */
export const findTerms = (page: Page, trie: Trie): void => {
  const { keys, count } = page;
  const { children, meanings, said, first } = trie;
  for (let from = 0; from < count; from += 1) {
    const key = keys[from] ?? UNKNOWN;
    let node = key === UNKNOWN ? 0 : (first[key] ?? 0);
    for (let to = from + 1; node !== 0; to += 1) {
      const end = meanings[node + 1] ?? 0;
      for (let meaning = meanings[node] ?? 0; meaning < end; meaning += 1)
        addFound(page, from, to, said[meaning] ?? 0);
      const low = children[node] ?? 0;
      const high = children[node + 1] ?? 0;
      if (low === high || to === count) break;
      const next = keys[to] ?? UNKNOWN;
      node = next === UNKNOWN ? 0 : siblingOf(trie.keys, low, high, next);
    }
  }
};

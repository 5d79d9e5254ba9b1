import { PREFIXES } from './affixes.js';

/** Words by the name under which terms call for them. */
export type Sets = Readonly<Record<string, readonly string[]>>;

const SEPARATOR = /[,\n]/;
const PIECES = /<[^<>]*>?|[^\s<]+/g;
const CALL = /^<(?:([a-z]+)\+)?([a-z0-9-]+)>$/;

/** The items of a list as people write it, with commas or line ends between them. */
export const itemsOf = (text: string): string[] =>
  text
    .split(SEPARATOR)
    .map((item) => item.trim().replace(/\s+/g, ' '))
    .filter((item) => item !== '');

const derived = (prefix: string, phrase: string): string[] => {
  const [stem = '', ...rest] = phrase.split(' ');
  return (PREFIXES[prefix]?.(stem) ?? []).map((word) => [word, ...rest].join(' '));
};

/** What may stand for one piece of a term; `null` if it calls for something that is not there. */
const choicesOf = (piece: string, sets: Sets): readonly string[] | null => {
  if (!piece.startsWith('<')) return piece.split('/');
  const [, prefix, name = ''] = CALL.exec(piece) ?? [];
  const set = Object.hasOwn(sets, name) ? sets[name] : undefined;
  if (set === undefined || prefix === undefined) return set ?? null;
  return Object.hasOwn(PREFIXES, prefix) ? set.flatMap((phrase) => derived(prefix, phrase)) : null;
};

/** More would be a slip of the pen, or meant to fill the memory. */
const MOST_TERMS = 2_000;

type Expanded =
  | { readonly kind: 'terms'; readonly terms: readonly string[] }
  | { readonly kind: 'fault'; readonly why: string };

/**
 * All that a term stands for: `saya/aku <surely> <me+vote>` is every choice of *saya* or *aku*, of a word of the set
 * `surely`, and of what *me-* makes of a word of the set `vote`.
 */
export const expand = (term: string, sets: Sets): Expanded => {
  let terms: readonly string[] = [''];
  for (const piece of term.match(PIECES) ?? []) {
    const choices = choicesOf(piece, sets);
    if (choices === null) return { kind: 'fault', why: `there is nothing for ${piece}` };
    if (terms.length * choices.length > MOST_TERMS)
      return { kind: 'fault', why: `stands for more than ${MOST_TERMS} terms` };
    terms = terms.flatMap((begun) => choices.map((choice) => (begun === '' ? choice : `${begun} ${choice}`)));
  }
  return { kind: 'terms', terms };
};

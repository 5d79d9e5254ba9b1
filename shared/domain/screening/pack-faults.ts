import type { LanguagePack, Packs } from './packs.js';
import { Act, type CodePack } from './code-pack.js';
import type { ContestPack } from './rules.js';
import { keysOf, lexiconOf, namesOf } from './terms.js';
import { NUMBER, type Lexicon } from './tokens.js';

/** One letter is found everywhere; an emoji is a word. */
const TOO_SHORT = /^[\p{L}\p{N}]?$/u;
const LONGEST_TERM = 8;

const termFault = (place: string, term: string, lexicon: Lexicon): string[] => {
  const keys = keysOf(term, lexicon);
  if (TOO_SHORT.test(keys.join(''))) return [`${place}: "${term}" has fewer than two letters.`];
  if (keys.length > LONGEST_TERM) return [`${place}: "${term}" has more than ${LONGEST_TERM} words.`];
  return [];
};

const codeFaults = (code: CodePack): string[] => {
  const known = new Map(code.provisions.map((provision) => [provision.id, provision]));
  return Act.options.flatMap((act) =>
    (['before', 'after'] as const).flatMap((when) =>
      code.acts[act][when].flatMap((id) => {
        const place = `${code.id}: acts.${act}.${when}`;
        const provision = known.get(id);
        if (provision === undefined) return [`${place} names ${id}, which the pack does not have.`];
        return provision.indicable ? [] : [`${place} names ${id}, which no machine may indicate.`];
      }),
    ),
  );
};

const termsWithPlace = (pack: LanguagePack): { readonly place: string; readonly term: string }[] =>
  [...pack.acts, ...pack.generics, ...pack.cues, ...pack.suppressors].flatMap(({ rule, terms }) =>
    terms.map((term) => ({ place: `${pack.id}: ${rule}`, term })),
  );

const contains = (keys: readonly string[], inner: readonly string[]): boolean =>
  keys.some((_, from) => inner.every((key, index) => keys[from + index] === key));

/** Faults of one contest against itself and against the words of the languages. */
const contestFaults = (
  pack: ContestPack,
  lexicon: Lexicon,
  ordinary: readonly { readonly place: string; readonly term: string; readonly keys: readonly string[] }[],
): string[] => {
  const faults: string[] = [];
  const owners = new Map<string, { readonly contestant: string; readonly place: string }>();
  const numbers = new Map<number, string>();
  for (const contestant of pack.contestants) {
    const other = contestant.number === null ? undefined : numbers.get(contestant.number);
    if (other !== undefined)
      faults.push(`${pack.id}: ${other} and ${contestant.key} both have number ${contestant.number ?? 0}.`);
    if (contestant.number !== null) numbers.set(contestant.number, contestant.key);
    for (const { place: inner, term, role } of namesOf(contestant)) {
      const place = `${pack.id}: contestants.${contestant.key}.${inner}`;
      const keys = keysOf(term, lexicon);
      faults.push(...termFault(place, term, lexicon));
      if (keys.includes(NUMBER))
        faults.push(`${place}: "${term}" holds a ballot number; \`number\` says it already.`);
      const owner = owners.get(keys.join(' '));
      if (owner !== undefined && owner.contestant !== contestant.key)
        faults.push(`"${term}" stands for two contestants: ${owner.place} and ${place}.`);
      owners.set(keys.join(' '), owner ?? { contestant: contestant.key, place });
      const clash =
        role === 'name' || role === 'ticket' ? ordinary.find((word) => contains(word.keys, keys)) : undefined;
      if (clash !== undefined)
        faults.push(`${place}: "${term}" is also in "${clash.term}" of ${clash.place}.`);
    }
  }
  return faults;
};

/**
 * What a person must mend before these packs may be used, each fault with its place; none if all is well.
 * The schemas have already refused what one pack alone shows.
 */
export const packFaults = ({ code, languages, contests }: Packs): string[] => {
  const lexicon = lexiconOf(languages, contests);
  const ordinary = languages
    .flatMap(termsWithPlace)
    .map(({ place, term }) => ({ place, term, keys: keysOf(term, lexicon) }));
  const ids = [code, ...languages, ...contests].map(({ id }) => id);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `Two packs are called ${id}.`),
    ...codeFaults(code),
    ...ordinary.flatMap(({ place, term }) => termFault(place, term, lexicon)),
    ...contests.flatMap((pack) => contestFaults(pack, lexicon, ordinary)),
    ...contests.flatMap(({ id, slang }) =>
      slang.flatMap(({ term, from, to }) => [
        ...termFault(`${id}: slang`, term, lexicon),
        ...(to < from ? [`${id}: slang "${term}" ends before it begins.`] : []),
      ]),
    ),
  ];
};

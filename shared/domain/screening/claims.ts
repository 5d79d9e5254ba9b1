import type { LocalDate } from '../time.js';
import { longest, type Match } from './match.js';
import { namesIn, only, withTitles, type NameFound, type Of } from './names.js';
import type { Cue } from './meaning.js';
import { isHandle } from './style.js';
import type { Meaning } from './meaning.js';
import { NUMBER, type Reading } from './tokens.js';

/** The terms of a text that speak, once no two of them claim the same words. */
export interface Claims {
  readonly names: readonly NameFound[];
  readonly acts: readonly Of<'act'>[];
  readonly slang: readonly Of<'slang'>[];
  readonly generics: readonly Of<'generic'>[];
  readonly suppressors: readonly Of<'suppressor'>[];
  /** A cue takes no words away from others: *coblos* calls to vote and introduces a number. */
  readonly cues: readonly Of<'cue'>[];
  /** The tokens of names, of words that only fill a sentence, and of phrases of more than one word. */
  readonly taken: ReadonlySet<number>;
  readonly fillers: ReadonlySet<number>;
  readonly phrased: ReadonlySet<number>;
}

interface Words {
  readonly from: number;
  readonly to: number;
}

/** The tokens of some words. */
export const covered = (...lists: readonly (readonly Words[])[]): Set<number> => {
  const tokens = new Set<number>();
  for (const words of lists)
    for (const { from, to } of words) for (let index = from; index < to; index += 1) tokens.add(index);
  return tokens;
};

export const cuesOf = (cues: readonly Of<'cue'>[], ...kinds: readonly Cue[]): Of<'cue'>[] =>
  cues.filter(({ meaning }) => kinds.includes(meaning.cue));

/** Whether anything is done that could be weighed. */
export const claimsAct = ({ acts, slang }: Claims): boolean => acts.length > 0 || slang.length > 0;

/**
 * Gives each word of a text to the longest term that may have it. A contestant's words are taken before any term of a
 * language may use them, so that a name can neither be part of an act nor of its suppression. The contest is told by its
 * position among the packs; the day is that of the post in its zone.
 */
export const claimsOf = (
  { tokens }: Reading,
  matches: readonly Match<Meaning>[],
  contest: { readonly index: number; readonly day: LocalDate },
): Claims => {
  const allCues = only(matches, 'cue');
  const ours = only(matches, 'contestant').filter(
    ({ from, to, meaning }) =>
      meaning.contest === contest.index && tokens[from]?.sentence === tokens[to - 1]?.sentence,
  );
  const names = withTitles(namesIn(tokens, ours), allCues, tokens);
  const taken = covered(names);
  const fillers = covered(cuesOf(allCues, 'filler', 'own-voice'));
  const introduced = new Set(cuesOf(allCues, 'introducer').map(({ to }) => to));

  const speaks = ({ meaning }: Match<Meaning>): boolean => {
    if (meaning.kind === 'contestant' || meaning.kind === 'cue') return false;
    if (meaning.kind !== 'slang') return true;
    return meaning.contest === contest.index && meaning.from <= contest.day && contest.day <= meaning.to;
  };
  const isFree = ({ from, to }: Words): boolean => {
    for (let index = from; index < to; index += 1) if (taken.has(index)) return false;
    return tokens[from]?.clause === tokens[to - 1]?.clause;
  };
  const isNamed = (index: number): boolean =>
    taken.has(index) ||
    tokens[index]?.ballotLike === true ||
    (tokens[index]?.key === NUMBER && introduced.has(index));
  const closes = (clause: number | undefined, index: number): boolean => {
    let next = index;
    while (fillers.has(next)) next += 1;
    const token = tokens[next];
    return token === undefined || token.clause !== clause || token.emoji || token.tag;
  };
  // An act that has to touch a contestant takes no words from others where it does not.
  const touches = ({ from, to, meaning }: Match<Meaning>): boolean => {
    if (meaning.kind !== 'act' || meaning.touching === null) return true;
    const clause = tokens[from]?.clause;
    const beside = meaning.touching === 'before' ? to : from - 1;
    if (!isNamed(beside) || tokens[beside]?.clause !== clause) return false;
    return meaning.touching !== 'closing' || closes(clause, to);
  };
  // The words of a handle are a name, whatever they say: `@dpp_mentari`.
  const language = longest(
    matches,
    (match) => speaks(match) && isFree(match) && !isHandle(tokens[match.from]) && touches(match),
  );
  return {
    names,
    acts: only(language, 'act'),
    slang: only(language, 'slang'),
    generics: only(language, 'generic'),
    suppressors: only(language, 'suppressor'),
    cues: allCues.filter(isFree),
    taken,
    fillers,
    phrased: covered(language.filter(({ from, to }) => to - from > 1)),
  };
};

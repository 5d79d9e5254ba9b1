import type { Term } from './match.js';
import { normalise } from './normalise.js';
import { Role, type Meaning } from './meaning.js';
import type { LanguagePack } from './packs.js';
import type { ContestPack, Contestant } from './rules.js';
import { emptyPage } from './page.js';
import { readPage } from './read-page.js';
import { readingOf } from './reading.js';
import type { Lexicon } from './tokens.js';
import { vocabularyOf } from './vocabulary.js';

/** A stem shorter than this takes no endings: *gas-in* would be found in too much. */
const SHORTEST_STEM = 4;

/** The terms that speak for a contestant. `place` is the path in the pack, for whoever must mend it. */
export const namesOf = (
  contestant: Contestant,
): { readonly place: string; readonly term: string; readonly role: Role }[] => [
  ...contestant.tickets.map((term, at) => ({ place: `tickets[${at}]`, term, role: 'ticket' as const })),
  ...contestant.people.flatMap(({ name, aliases }, person) => [
    { place: `people[${person}].name`, term: name, role: 'name' as const },
    ...aliases.map((term, at) => ({
      place: `people[${person}].aliases[${at}]`,
      term,
      role: 'name' as const,
    })),
  ]),
  ...contestant.parties.map((term, at) => ({ place: `parties[${at}]`, term, role: 'name' as const })),
  ...contestant.accounts.map((term, at) => ({ place: `accounts[${at}]`, term, role: 'name' as const })),
  ...contestant.hashtags.map((term, at) => ({ place: `hashtags[${at}]`, term, role: 'hashtag' as const })),
  ...contestant.slogans.map((term, at) => ({ place: `slogans[${at}]`, term, role: 'slogan' as const })),
];

const wordsOf = (term: string): string[] =>
  normalise(term).text.match(/\p{L}+|\p{Extended_Pictographic}/gu) ?? [];

/** Terms of an unreviewed language that would speak against a post are as if they were not there. */
export const effective = (pack: LanguagePack): LanguagePack =>
  pack.review !== 'unreviewed'
    ? pack
    : {
        ...pack,
        spellings: {},
        numbers: {},
        acts: [],
        generics: [],
        cues: pack.cues.filter(({ cue }) => cue === 'numbered' || cue === 'counted'),
      };

/** All that single words mean, of all packs; where two languages differ, the first listed is right. */
export const lexiconOf = (languages: readonly LanguagePack[], contests: readonly ContestPack[]): Lexicon => {
  const words = new Map<string, string>();
  const numbers = new Map<string, number>();
  const learn = (word: string, standsFor = word): void => {
    if (!words.has(word)) words.set(word, standsFor);
  };
  for (const { spellings } of languages)
    for (const [word, variants] of Object.entries(spellings))
      for (const variant of variants) for (const single of wordsOf(variant)) learn(single, word);
  for (const pack of languages) {
    for (const [word, value] of Object.entries(pack.numbers))
      if (!numbers.has(word)) numbers.set(word, value);
    for (const { terms } of [...pack.acts, ...pack.generics, ...pack.cues, ...pack.suppressors])
      for (const term of terms) for (const word of wordsOf(term)) learn(word);
    for (const word of pack.common) learn(word);
  }
  for (const { contestants, slang } of contests) {
    for (const contestant of contestants)
      for (const { term } of namesOf(contestant))
        // The words run together in a handle are no words that a hashtag could be cut into.
        if (!term.startsWith('@')) for (const word of wordsOf(term)) learn(word);
    for (const { term } of slang) for (const word of wordsOf(term)) learn(word);
  }
  for (const { acts, endings } of languages)
    for (const word of acts.flatMap(({ terms }) => terms.flatMap(wordsOf)))
      if (word.length >= SHORTEST_STEM)
        // The last letter written twice (*hebatt*) is as good as an ending; three and more are one already.
        for (const ending of [...endings, word.at(-1) ?? '']) learn(word + ending, words.get(word));
  const introducers = languages
    .flatMap(({ cues }) => cues.filter(({ cue }) => cue === 'introducer'))
    .flatMap(({ terms }) => terms.map((term) => wordsOf(term).at(-1) ?? ''))
    .map((word) => words.get(word) ?? word);
  const abbreviations = languages
    .flatMap(({ cues }) => cues.filter(({ cue }) => cue === 'title'))
    .flatMap(({ terms }) => terms.filter((term) => term.endsWith('.')).flatMap(wordsOf));
  const lists = {
    words,
    numbers,
    introducers: new Set(introducers),
    abbreviations: new Set(abbreviations),
  };
  return { ...lists, vocabulary: vocabularyOf(lists) };
};

/** Terms lie on it one at a time, and leave nothing behind. */
const page = emptyPage();

/** A term as the matcher sees it: read just as a post is read. */
export const keysOf = (term: string, { vocabulary }: Lexicon): string[] => {
  const texts = [{ text: term }];
  readPage(page, texts, vocabulary);
  return readingOf(page, texts, vocabulary).tokens.map(({ key }) => key);
};

/** Every term of every pack. */
export const termsOf = (
  languages: readonly LanguagePack[],
  contests: readonly ContestPack[],
  lexicon: Lexicon,
): Term<Meaning>[] => {
  const all = (terms: readonly string[], meaning: Meaning): Term<Meaning>[] =>
    terms.map((term) => ({ keys: keysOf(term, lexicon), meaning }));
  return [
    ...languages.flatMap(({ acts, generics, cues, suppressors }) => [
      ...acts.flatMap(({ terms, ...act }) => all(terms, { kind: 'act', ...act })),
      ...generics.flatMap(({ terms, rule }) => all(terms, { kind: 'generic', rule })),
      ...cues.flatMap(({ terms, ...cue }) => all(terms, { kind: 'cue', ...cue })),
      ...suppressors.flatMap(({ terms, ...suppressor }) => all(terms, { kind: 'suppressor', ...suppressor })),
    ]),
    ...contests.flatMap(({ contestants, slang }, contest) => [
      ...contestants.flatMap((one, contestant) => {
        const names = namesOf(one);
        return Role.options.flatMap((role) =>
          all(
            names.filter((name) => name.role === role).map(({ term }) => term),
            { kind: 'contestant', contest, contestant, role },
          ),
        );
      }),
      ...slang.flatMap(({ term, act, from, to }) =>
        all([term], { kind: 'slang', rule: 'slang', act, contest, from, to }),
      ),
    ]),
  ];
};

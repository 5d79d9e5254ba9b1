import type { LanguagePack } from './packs.js';
import type { ContestPack } from './rules.js';
import { outlineOf, type Outline } from './glance.js';
import { isName, type Meaning } from './meaning.js';
import { effective, lexiconOf, termsOf } from './terms.js';
import { trieOf, type Trie } from './trie.js';
import { spellingOf, vocabularyOf, type Vocabulary } from './vocabulary.js';

/** All that the words of a post are looked up in. */
export interface Tables {
  readonly vocabulary: Vocabulary;
  readonly trie: Trie;
  /** What the numbers mean that the trie holds; those of contestants, which are many and all alike, come last. */
  readonly meaningAt: (number: number) => Meaning | undefined;
  /** The same for a first glance. */
  readonly outline: Outline;
}

export const tablesOf = (languages: readonly LanguagePack[], contests: readonly ContestPack[]): Tables => {
  const usable = languages.map(effective);
  const lexicon = lexiconOf(usable, contests);
  const terms = termsOf(usable, contests, lexicon);
  const vocabulary = vocabularyOf(
    lexicon,
    terms.flatMap(({ keys }) => keys),
  );
  const size = vocabulary.traits.length;
  const ids = new Map(Array.from({ length: size }, (_, id) => [spellingOf(vocabulary, id), id] as const));
  const all = [...new Set(terms.map(({ meaning }) => meaning))];
  const meanings = [...all.filter((one) => !isName(one)), ...all.filter(isName)];
  const numbers = new Map(meanings.map((meaning, number) => [meaning, number] as const));
  const inNumbers = terms.map(({ keys, meaning }) => ({
    keys: keys.map((key) => ids.get(key) ?? 0),
    meaning: numbers.get(meaning) ?? 0,
  }));
  return {
    vocabulary,
    trie: trieOf(inNumbers, size),
    meaningAt: (number) => meanings[number],
    outline: outlineOf(meanings, contests),
  };
};

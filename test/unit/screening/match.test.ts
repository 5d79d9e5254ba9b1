import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longest, type Match, type Term } from '../../../shared/domain/screening/match.js';
import { emptyPage, type Page } from '../../../shared/domain/screening/page.js';
import { matchesOf } from '../../../shared/domain/screening/reading.js';
import { findTerms, trieOf } from '../../../shared/domain/screening/trie.js';
import { UNKNOWN } from '../../../shared/domain/screening/vocabulary.js';
import { everyMatch } from '../../reference/match.js';

const term = (words: string): Term<string> => ({ keys: words.split(' '), meaning: words });
const tokens = (words: string): { key: string }[] =>
  words === '' ? [] : words.split(' ').map((key) => ({ key }));

/** A matcher over words, each given the number that it would have in a vocabulary. */
const compileMatcher = (
  terms: readonly Term<string>[],
): ((text: readonly { key: string }[], onto?: (page: Page) => void) => Match<string>[]) => {
  const words = [...new Set(terms.flatMap(({ keys }) => keys))];
  const inNumbers = terms.map(({ keys }, meaning) => ({
    keys: keys.map((key) => words.indexOf(key)),
    meaning,
  }));
  const trie = trieOf(inNumbers, words.length);
  const meanings = terms.map(({ meaning }) => meaning);
  return (text, onto = () => undefined) => {
    const page = emptyPage();
    page.keys = Int32Array.from(text, ({ key }) => (words.includes(key) ? words.indexOf(key) : UNKNOWN));
    page.count = text.length;
    onto(page);
    findTerms(page, trie);
    return matchesOf(page, (number) => meanings[number]);
  };
};

describe('findTerms', () => {
  it('finds overlapping and nested terms', () => {
    const match = compileMatcher([term('jangan'), term('jangan pilih'), term('pilih nomor')]);
    expect(match(tokens('jangan pilih nomor'))).toEqual([
      { from: 0, to: 1, meaning: 'jangan' },
      { from: 0, to: 2, meaning: 'jangan pilih' },
      { from: 1, to: 3, meaning: 'pilih nomor' },
    ]);
  });

  it('finds nothing inside a word', () => {
    const match = compileMatcher([term('pilih')]);
    expect(match(tokens('pilihan terpilih'))).toEqual([]);
  });

  it('finds every meaning of the same words, in the order of the terms', () => {
    const match = compileMatcher([term('b'), { keys: ['a', 'b'], meaning: 'second' }, term('a b')]);
    expect(match(tokens('a b')).map(({ meaning }) => meaning)).toEqual(['second', 'a b', 'b']);
  });

  it('finds nothing where there is nothing to find', () => {
    expect(compileMatcher([])(tokens('a b'))).toEqual([]);
    expect(compileMatcher([{ keys: [], meaning: 'nothing' }, term('a')])(tokens(''))).toEqual([]);
  });

  const words = (most: number): fc.Arbitrary<string> =>
    fc
      .array(fc.constantFrom('a', 'b', 'c', '{n}'), { minLength: 1, maxLength: most })
      .map((list) => list.join(' '));

  it('agrees with comparing every term at every place', () => {
    fc.assert(
      fc.property(fc.array(words(4), { maxLength: 12 }), words(40), (phrases, text) => {
        const terms = phrases.map(term);
        expect(compileMatcher(terms)(tokens(text))).toEqual(everyMatch(terms)(tokens(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a term that nearly matches everywhere', 'a a a a a a a b', 'a'],
    ['nested terms', 'a a a a a a a a', 'a'],
  ])('looks at each token no more often than its longest term is long: %s', (_, phrase, word) => {
    const match = compileMatcher([term(phrase)]);
    let looks = 0;
    match(
      Array.from({ length: 3_000 }, () => ({ key: word })),
      (page) => {
        page.keys = new Proxy(page.keys, {
          get: (keys, key): unknown => {
            looks += 1;
            return Reflect.get(keys, key);
          },
        });
      },
    );
    expect(looks).toBeGreaterThanOrEqual(3_000);
    expect(looks).toBeLessThanOrEqual(3_000 * 8);
  });
});

describe('longest', () => {
  const match = compileMatcher([term('jangan'), term('jangan pilih'), term('pilih nomor'), term('nomor')]);

  it('takes the longest term at each place and never the same words twice', () => {
    expect(longest(match(tokens('jangan pilih nomor'))).map(({ meaning }) => meaning)).toEqual([
      'jangan pilih',
      'nomor',
    ]);
  });

  it('falls back to a shorter term when the longest is not allowed', () => {
    const chosen = longest(match(tokens('jangan pilih nomor')), ({ to }) => to !== 2);
    expect(chosen.map(({ meaning }) => meaning)).toEqual(['jangan', 'pilih nomor']);
  });

  it('never overlaps', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('jangan', 'pilih', 'nomor', 'x'), { maxLength: 20 }), (keys) => {
        const chosen = longest(match(keys.map((key) => ({ key }))));
        for (const [index, { to }] of chosen.entries())
          expect(chosen[index + 1]?.from ?? to).toBeGreaterThanOrEqual(to);
        expect(chosen.length > 0).toBe(keys.some((key) => key === 'jangan' || key === 'nomor'));
      }),
    );
  });
});

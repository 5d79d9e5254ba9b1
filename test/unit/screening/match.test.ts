import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatcher, longest, type Match, type Term } from '../../../shared/domain/screening/match.js';

const term = (words: string): Term<string> => ({ keys: words.split(' '), meaning: words });
const tokens = (words: string): { key: string }[] =>
  words === '' ? [] : words.split(' ').map((key) => ({ key }));

/** What a matcher is: every term at every place, compared word by word. */
const naive = (terms: readonly Term<string>[], text: readonly { key: string }[]): Match<string>[] =>
  text.flatMap((_, from) =>
    terms.flatMap(({ keys, meaning }) =>
      keys.every((key, index) => text[from + index]?.key === key)
        ? [{ from, to: from + keys.length, meaning }]
        : [],
    ),
  );

const inOrder = (matches: readonly Match<string>[]): string[] =>
  matches.map(({ from, to, meaning }) => `${from}-${to} ${meaning}`).toSorted();

describe('compileMatcher', () => {
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

  const words = (most: number): fc.Arbitrary<string> =>
    fc
      .array(fc.constantFrom('a', 'b', 'c', '{n}'), { minLength: 1, maxLength: most })
      .map((list) => list.join(' '));

  it('agrees with a naive matcher', () => {
    fc.assert(
      fc.property(fc.array(words(4), { maxLength: 12 }), words(40), (phrases, text) => {
        const terms = phrases.map(term);
        expect(inOrder(compileMatcher(terms)(tokens(text)))).toEqual(inOrder(naive(terms, tokens(text))));
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
    const watched = Array.from({ length: 3_000 }, () => ({
      get key() {
        looks += 1;
        return word;
      },
    }));
    match(watched);
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

import { describe, expect, it } from 'vitest';
import { emptyPage } from '../../../shared/domain/screening/page.js';
import { readPage } from '../../../shared/domain/screening/read-page.js';
import { readingOf } from '../../../shared/domain/screening/reading.js';
import { lexiconOf } from '../../../shared/domain/screening/terms.js';
import type { Reading } from '../../../shared/domain/screening/tokens.js';
import { samplePacks } from './sample-packs.js';

const { languages, contests } = samplePacks();
const { vocabulary } = lexiconOf(languages, contests);
const page = emptyPage();
const read = (...texts: readonly string[]): Reading => {
  const parts = texts.map((text) => ({ text }));
  readPage(page, parts, vocabulary);
  return readingOf(page, parts, vocabulary);
};
const keys = (text: string): string[] => read(text).tokens.map(({ key }) => key);
const sentences = (text: string): number => new Set(read(text).tokens.map(({ sentence }) => sentence)).size;

describe('readPage', () => {
  it.each([
    ['reads chat spellings', 'jgn plh nmr', ['jangan', 'pilih', 'nomor']],
    ['reads endings of acts', 'pilihlah coblosin', ['pilih', 'coblos']],
    [
      'makes one symbol of small numbers in digits and words',
      'nomor 2 nomor dua 02',
      ['nomor', '{n}', 'nomor', '{n}', '{n}'],
    ],
    [
      'leaves years, amounts, times and shares alone',
      '2029 3,2 07.00 24/7 20 %',
      ['2029', '3,2', '07.00', '24/7', '20'],
    ],
    ['reads a doubled word as one', 'sama2 hati2', ['sama', 'hati']],
    ['reads a number glued to a ballot word', 'paslon2', ['paslon', '{n}']],
    ['cuts a hashtag without capitals into known words', '#coblosargabinar', ['coblos', 'arga', 'binar']],
    ['does not cut a hashtag that holds anything unknown', '#coblosxyzzy', ['coblosxyzzy']],
    ['does not cut ordinary words', 'coblosarga', ['coblosarga']],
    ['leaves marks out, and emoji that no pack knows', 'ayo, 🦄 "coblos"!', ['ayo', 'coblos']],
    [
      'puts emoji behind the words of their sentence, each once',
      '✌️ ayo ✌🏽 coblos! ya',
      ['ayo', 'coblos', '✌', 'ya'],
    ],
  ])('%s', (_, text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  it.each([
    ['two sentences', 'Siap. Ayo!', 2],
    ['lines', 'Siap\nAyo\n\nLagi', 3],
    ['an abbreviation', 'coblos no. 2', 1],
    ['a title', 'dr. Arga datang', 1],
    ['a missing space', 'Ayo.coblos', 1],
    ['dots', 'Ayo... coblos', 2],
  ])('counts the sentences of %s', (_, text, expected) => {
    expect(sentences(text)).toBe(expected);
  });

  it('marks the sentence that a question mark ends', () => {
    const { tokens, questions } = read('Ayo. Siapa dia? Entah.');
    expect(tokens.filter(({ sentence }) => questions.has(sentence)).map(({ key }) => key)).toEqual([
      'siapa',
      'dia',
    ]);
  });

  it.each([
    'kata "ayo coblos" itu',
    "kata 'ayo coblos' itu",
    'kata “ayo coblos” itu',
    'kata ‘ayo coblos’ itu',
  ])('marks what is quoted in %s', (text) => {
    const { tokens, quoted } = read(text);
    expect([...quoted].map((index) => tokens[index]?.key)).toEqual(['ayo', 'coblos']);
  });

  it('marks nothing when a quotation never ends', () => {
    expect(read('kata "ayo coblos').quoted.size).toBe(0);
    expect(read("do'a jum'at").quoted.size).toBe(0);
  });

  it('never lets a sentence run from one part into the next', () => {
    const { tokens } = read('coblos', 'nomor');
    expect(tokens.map(({ part, sentence }) => [part, sentence])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('does not count a handle as words of a language', () => {
    expect(read('halo @arga_x').tokens.map(({ word }) => word)).toEqual([true, false, false]);
  });
});

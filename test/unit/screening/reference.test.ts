import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsAct, claimsOf } from '../../../shared/domain/screening/claims.js';
import {
  foldCodePoint,
  foldSeveral,
  foldUnit,
  NOTHING,
  SEVERAL,
} from '../../../shared/domain/screening/fold.js';
import { ACT, glance, mayNameSomebody } from '../../../shared/domain/screening/glance.js';
import { pointAt } from '../../../shared/domain/screening/letters.js';
import { mask } from '../../../shared/domain/screening/mask.js';
import { normalise } from '../../../shared/domain/screening/normalise.js';
import { emptyPage } from '../../../shared/domain/screening/page.js';
import { readPage } from '../../../shared/domain/screening/read-page.js';
import { matchesOf, readingOf } from '../../../shared/domain/screening/reading.js';
import { tablesOf } from '../../../shared/domain/screening/tables.js';
import { effective, lexiconOf, termsOf } from '../../../shared/domain/screening/terms.js';
import { findTerms } from '../../../shared/domain/screening/trie.js';
import { weigh } from '../../../shared/domain/screening/weigh.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { everyMatch } from '../../reference/match.js';
import { normalise as normaliseSlowly } from '../../reference/normalise.js';
import { readSlowly } from '../../reference/read-slowly.js';
import { samplePacks } from './sample-packs.js';

const { languages, contests } = samplePacks();
const lexicon = lexiconOf(languages.map(effective), contests);
const terms = termsOf(languages.map(effective), contests, lexicon);
const { vocabulary, trie, outline, meaningAt } = tablesOf(languages, contests);
const page = emptyPage();
const everyMatchOf = everyMatch(terms);

const words = [...lexicon.words.keys(), ...lexicon.numbers.keys()];
const DISGUISES: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toUpperCase(),
  (word) => word.slice(0, 1).toUpperCase() + word.slice(1),
  (word) => Array.from(word).join('.'),
  (word) => Array.from(word).join(' '),
  (word) => word.replaceAll('o', '0').replaceAll('a', '4').replaceAll('i', '1'),
  (word) => word.replaceAll('a', '@').replaceAll('s', '$'),
  (word) => word.slice(0, 2) + '*' + word.slice(2),
  (word) => word + word.slice(-1).repeat(3),
  (word) => word.replaceAll('u', 'v'),
  (word) => word.replaceAll('o', 'о').replaceAll('e', 'ｅ'),
  (word) =>
    Array.from(word, (letter) => String.fromCodePoint(0x1d400 - 0x61 + 26 + letter.charCodeAt(0))).join(''),
  (word) => `#${word}`,
  (word) => `@${word}`,
  (word) => `${word}2`,
];
const SIGNS = [
  ...['.', ',', '!', '?', '…', ':', '"', "'", '“', '’', '(', '/', '-', '_', '\n', '%', '#', '@', '|', '*'],
  ...[
    '2',
    '02',
    '2️⃣',
    '3,5',
    '07.00',
    '2029',
    '10%',
    '1',
    '②',
    '½',
    'ﷺ',
    'ß',
    'İ',
    'Σ',
    '😀',
    '☝🏽',
    '🔥',
    '❤️',
    '\ud83d',
  ],
  ...[
    'https://a.example/b',
    'x://',
    '\u200b',
    '\u0323',
    '\u00a0',
    'ｱ',
    '漢字',
    'العربية',
    'é',
    '🅰',
    '\0',
    '\ufffe',
    '\uffff',
  ],
];
const word = fc
  .tuple(fc.constantFrom(...words), fc.constantFrom(...DISGUISES))
  .map(([plain, disguise]) => disguise(plain));
const glue = fc.constantFrom('', ' ', ' ', ' ', ' ', '  ', '#', '.');
const written = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 6, arbitrary: word },
        { weight: 3, arbitrary: fc.constantFrom(...SIGNS) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
      ),
      glue,
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.flat().join(''));
const parts = fc
  .array(written, { minLength: 1, maxLength: 3 })
  .map((texts) => texts.map((text) => ({ text })));

describe('reading fast', () => {
  it('folds every unit as it is folded slowly', () => {
    const wrong = Array.from({ length: 0x10000 }, (_, unit) => unit).filter((unit) => {
      const folded = foldUnit(unit);
      const text =
        folded === NOTHING ? '' : folded === SEVERAL ? foldSeveral(unit) : String.fromCharCode(folded);
      return text !== foldCodePoint(unit);
    });
    expect(wrong).toEqual([]);
  });

  it('gives the same normal form as one stage after another', () => {
    fc.assert(
      fc.property(fc.oneof(written, fc.string({ unit: 'binary' })), (text) => {
        expect(normalise(text)).toEqual(normaliseSlowly(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('gives the same tokens and the same terms as reading slowly', () => {
    fc.assert(
      fc.property(parts, (texts) => {
        readPage(page, texts, vocabulary);
        findTerms(page, trie);
        const slow = readSlowly(texts, lexicon);
        expect(readingOf(page, texts, vocabulary)).toEqual(slow);
        expect(matchesOf(page, meaningAt)).toEqual(everyMatchOf(slow.tokens));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never reads past the end of a text that was cut out of a longer one', () => {
    const whole = `${'ab'.repeat(20)}𝙂${'ab'.repeat(20)}`;
    const points = Array.from({ length: 20_000 }, () => pointAt(whole.slice(0, 41), 40));
    expect(new Set(points)).toEqual(new Set([0xd835]));
    expect(pointAt(whole, 40)).toBe(0x1d642);
  });

  it('has nothing on its page of the post before', () => {
    const again = emptyPage();
    readPage(page, [{ text: 'Ayo "coblos nomor 2"? '.repeat(400) }], vocabulary);
    for (const on of [page, again]) {
      readPage(on, [{ text: 'Coblos!' }], vocabulary);
      findTerms(on, trie);
    }
    expect(readingOf(page, [{ text: 'Coblos!' }], vocabulary)).toEqual(
      readingOf(again, [{ text: 'Coblos!' }], vocabulary),
    );
    expect(matchesOf(page, meaningAt)).toEqual(matchesOf(again, meaningAt));
  });
});

describe('glance', () => {
  const on = { index: 0, day: LocalDate.parse('2029-10-10') };

  it('never passes over a post that a closer reading would indicate', () => {
    let passedOver = 0;
    let indicated = 0;
    fc.assert(
      fc.property(parts, (texts) => {
        readPage(page, texts, vocabulary);
        findTerms(page, trie);
        const sight = glance(page, outline);
        const reading = readingOf(page, texts, vocabulary);
        const claims = claimsOf(reading, matchesOf(page, meaningAt), on);
        const evidence = weigh(mask(reading, claims, contests[0]!), null);
        if (evidence !== null) indicated += 1;
        if ((sight & ACT) !== 0 && mayNameSomebody(sight) && claimsAct(claims)) return;
        passedOver += 1;
        expect(evidence).toBeNull();
      }),
      { numRuns: 3_000 },
    );
    expect(passedOver).toBeGreaterThan(300);
    expect(indicated).toBeGreaterThan(30);
  });
});

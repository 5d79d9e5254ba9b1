import { describe, expect, it } from 'vitest';
import { anInput, sampleScreener } from './sample-packs.js';
import { STRONG } from './strong-examples.js';

const onWords = (text: string, change: (word: string) => string): string =>
  text.replace(/(?<![#@\p{L}])\p{L}{4,}(?!\p{L})/gu, change);
const swap = (word: string, table: Readonly<Record<string, string>>, from = 0): string =>
  Array.from(word)
    .map((letter, at) => (at >= from && at < word.length - 1 ? (table[letter] ?? letter) : letter))
    .join('');
const shifted = (start: number) => (letter: string) =>
  String.fromCodePoint(start + (letter.codePointAt(0) ?? 0));

/** Ways in which people hide words from machines and not from each other. */
const DISGUISES: Readonly<Record<string, (text: string) => string>> = {
  'digits for letters': (text) =>
    onWords(text, (word) => swap(word, { o: '0', a: '4', e: '3', i: '1', s: '5', t: '7' }, 1)),
  'one digit for a letter': (text) => onWords(text, (word) => swap(word, { o: '0', a: '@' }, 1)),
  'stretched words': (text) =>
    onWords(text, (word) => `${word.slice(0, -1)}${(word.at(-1) ?? '').repeat(4)}`),
  'letters with dots between': (text) => onWords(text, (word) => Array.from(word).join('.')),
  'letters with blanks between': (text) =>
    text.replace(/\b(coblos|pilih|dukung)\b/giu, (word) => Array.from(word).join(' ')),
  'stars in words': (text) => onWords(text, (word) => `${word.slice(0, 2)}*${word.slice(2)}`),
  'invisible letters': (text) => onWords(text, (word) => Array.from(word).join('\u200b')),
  'marks on letters': (text) => onWords(text, (word) => Array.from(word).join('\u0307')),
  'Cyrillic look-alikes': (text) =>
    onWords(text, (word) => swap(word, { a: 'а', o: 'о', e: 'е', p: 'р', c: 'с' })),
  'full-width letters': (text) => text.replace(/[a-z]/gu, shifted(0xff41 - 0x61)),
  'mathematical bold': (text) => text.replace(/[a-z]/gu, shifted(0x1d41a - 0x61)),
  'circled letters': (text) => text.replace(/[a-z]/gu, shifted(0x24d0 - 0x61)),
  capitals: (text) => text.toUpperCase(),
};

describe('a disguise', () => {
  it.each(Object.entries(DISGUISES))('of %s hides little', (_, disguise) => {
    const found = STRONG.filter(({ text, context = null }) => {
      const disguised = disguise(text);
      return sampleScreener(anInput(disguised, { context })).kind === 'indicated';
    });
    expect(found.length / STRONG.length).toBeGreaterThanOrEqual(0.9);
  });

  it('hides at most one in twenty over all', () => {
    const found = Object.values(DISGUISES).flatMap((disguise) =>
      STRONG.map(
        ({ text, context = null }) =>
          sampleScreener(anInput(disguise(text), { context })).kind === 'indicated',
      ),
    );
    expect(found.filter(Boolean).length / found.length).toBeGreaterThanOrEqual(0.95);
  });
});

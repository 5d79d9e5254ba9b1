import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDraft, foldInto } from '../../../shared/domain/screening/draft.js';
import { normalise } from '../../../shared/domain/screening/normalise.js';
import { STAGES } from '../../../shared/domain/screening/stages.js';

const textOf = (original: string): string => normalise(original).text;

describe('normalise', () => {
  it.each([
    ['lower-cases', 'AYO Coblos', 'ayo coblos'],
    ['reads full-width letters', 'ＣＯＢＬＯＳ', 'coblos'],
    ['reads mathematical letters', '𝐜𝐨𝐛𝐥𝐨𝐬 𝓪𝓻𝓰𝓪', 'coblos arga'],
    ['reads letters in black circles and squares', '🅒🅞🅑🅛🅞🅢 🅰🆁🅶🅰', 'coblos arga'],
    ['reads circled numbers', 'nomor ②', 'nomor 2'],
    ['reads Cyrillic look-alikes', 'сoblоs раslоn', 'coblos paslon'],
    ['reads Greek look-alikes', 'cοblοs', 'coblos'],
    ['drops accents', 'çöblós', 'coblos'],
    ['drops combining dots', 'c\u0323o\u0323blos', 'coblos'],
    ['drops zero-width characters', 'co\u200bb\u200dl\ufeffos', 'coblos'],
    ['drops soft hyphens and direction marks', 'co\u00adb\u202elos', 'coblos'],
    ['drops skin tones and variation selectors', '☝🏽 ✌️', '☝ ✌'],
    ['keeps a keycap as a number with its cap', '2️⃣', '2\u20e3'],
    ['reads leetspeak inside words', 'c0blos p4sl0n m3n4ng', 'coblos paslon menang'],
    ['reads a one as l beside a vowel and as i between consonants', 'pas1on p1lih', 'paslon pilih'],
    ['reads a few signs for letters next to one another', 'p45lon t373p me$@h', 'paslon tetep mesah'],
    ['reads a last zero as o', 'n0 2', 'no 2'],
    ['reads @ and $ in words', 'p@slon co$los lup@', 'paslon coslos lupa'],
    ['removes stars in words', 'co*blos pas*lon', 'coblos paslon'],
    ['joins words spelt out with dots', 'c.o.b.l.o.s', 'coblos'],
    ['joins words spelt out with spaces', 'ayo p a s l o n', 'ayo paslon'],
    ['joins words spelt out with strokes', 'c-o-b-l-o-s a|r|g|a', 'coblos arga'],
    ['shortens stretched letters', 'coblooooos', 'coblos'],
    ['reads v as u between consonants', 'dukvng', 'dukung'],
    ['splits hashtags at capitals', '#ArgaMenang2029', '#arga menang2029'],
    ['splits hashtags behind an acronym', '#PPPMenang', '#ppp menang'],
    ['keeps a name that begins with two capitals', '#BInar', '#binar'],
    ['splits hashtags at underscores', '#arga_menang', '#arga menang'],
    ['drops links', 'lihat https://arga.example/coblos ya', 'lihat   ya'],
  ])('%s', (_, original, expected) => {
    expect(textOf(original)).toBe(expected);
  });

  it.each([
    '4g',
    '5g',
    'b2b',
    '2fa',
    'sdn01',
    'code01',
    'rt01',
    'covid19',
    'b 1234 xyz',
    'mp3',
    'sama2',
    'hati2',
    'paslon1',
    'paslon01menang',
    'kode12345x',
    'ppp',
    '07.00-13.00',
    'maaf saat ini',
    'visi televisi november',
    'a.n. dr. s.h.',
    'tahun 2029',
    'anak-anak arga-binar',
  ])('leaves "%s" as it is', (text) => {
    expect(textOf(text)).toBe(text);
  });

  it('leads back to the original of each character', () => {
    const original = 'Ayo 𝐜0b\u200blos!';
    const { text, starts, ends } = normalise(original);
    const from = text.indexOf('coblos');
    expect(original.slice(starts[from], ends[from + 5])).toBe('𝐜0b\u200blos');
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.string({
      unit: fc.constantFrom(
        ...[
          'a',
          'b',
          'v',
          'o',
          'O',
          'B',
          '0',
          '1',
          '2',
          '4',
          '@',
          '$',
          '*',
          "'",
          '.',
          '-',
          '_',
          ' ',
          '#',
          '|',
        ],
        ...[
          '://',
          'http://',
          '\n',
          '\u200b',
          '\ufe0f',
          '\u20e3',
          '\ud83d',
          '✌',
          'ａ',
          'а',
          'İ',
          'ß',
          '①',
          'Σ',
        ],
      ),
      maxLength: 30,
    }),
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const once = textOf(original);
        expect(textOf(once)).toBe(once);
      }),
      { numRuns: 5_000 },
    );
  });

  it('maps every character into the original, in order', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const { text, starts, ends } = normalise(original);
        expect(starts.length).toBe(text.length);
        let last = 0;
        for (const [index, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(ends[index]).toBeGreaterThan(start);
          expect(ends[index]).toBeLessThanOrEqual(original.length);
          last = start;
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['one letter', 'a'],
    ['spelt-out letters', 'a.'],
    ['letters apart', 'a b '],
    ['stars in words', 'a*'],
    ['digits between letters', 'a0'],
    ['runs of digits between letters', 'a555'],
    ['links', 'a://'],
    ['hashtags', '#A'],
    ['near misses of a spelt-out word', 'a.b.c '],
    ['lone surrogates', '\ud800'],
  ])('looks at each character only a few times: %s', (_, unit) => {
    const draft = emptyDraft();
    foldInto(draft, unit.repeat(2_000));
    let looks = 0;
    const watched = {
      ...draft,
      codes: new Proxy(draft.codes, {
        get: (codes, key): unknown => {
          looks += 1;
          return Reflect.get(codes, key);
        },
      }),
    };
    for (const stage of STAGES) stage(watched);
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(unit.length * 2_000 * 40);
  });
});

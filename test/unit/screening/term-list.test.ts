import { describe, expect, it } from 'vitest';
import { PREFIXES } from '../../../shared/domain/screening/affixes.js';
import { LanguagePack } from '../../../shared/domain/screening/packs.js';
import { expand, itemsOf } from '../../../shared/domain/screening/term-list.js';
import { packContent } from './sample-packs.js';

describe('a prefix', () => {
  it.each([
    ['pilih', ['memilih', 'milih']],
    ['coblos', ['mencoblos', 'nyoblos']],
    ['tusuk', ['menusuk', 'nusuk']],
    ['sokong', ['menyokong', 'nyokong']],
    ['kawal', ['mengawal', 'ngawal']],
    ['usung', ['mengusung', 'ngusung']],
    ['dukung', ['mendukung', 'ngedukung', 'ndukung']],
    ['bela', ['membela', 'ngebela']],
    ['jagokan', ['menjagokan', 'ngejagokan']],
    ['menangkan', ['memenangkan', 'menangkan']],
    ['contreng', ['mencontreng', 'nyontreng']],
    ['promosikan', ['mempromosikan', 'ngepromosikan']],
    ['hormati', ['menghormati', 'ngehormati']],
    ['rangkul', ['merangkul', 'ngerangkul']],
    ['cek', ['mengecek', 'ngecek']],
  ])('me- before %s sounds as people say and write it', (stem, forms) => {
    expect(PREFIXES['me']?.(stem)).toEqual(forms);
  });

  it.each([
    ['pe', 'pilih', 'pemilih'],
    ['pe', 'dukung', 'pendukung'],
    ['pe', 'sokong', 'penyokong'],
    ['di', 'pilih', 'dipilih'],
    ['ku', 'dukung', 'kudukung'],
  ])('%s- goes before %s', (prefix, stem, word) => {
    expect(PREFIXES[prefix]?.(stem)).toEqual([word]);
  });
});

describe('a list of terms', () => {
  const sets = { i: ['saya', 'aku'], vote: ['pilih', 'coblos'], office: ['bupati', 'wali kota'] };
  const termsOf = (term: string): readonly string[] => {
    const expanded = expand(term, sets);
    return expanded.kind === 'terms' ? expanded.terms : [expanded.why];
  };

  it('has commas or line ends between its items', () => {
    expect(itemsOf('coblos,  saya   pilih\n\n tusuk ,\n')).toEqual(['coblos', 'saya pilih', 'tusuk']);
  });

  it('stands for every choice', () => {
    expect(termsOf('beri/kasih suara')).toEqual(['beri suara', 'kasih suara']);
    expect(termsOf('<i> tetap <vote>')).toEqual([
      'saya tetap pilih',
      'saya tetap coblos',
      'aku tetap pilih',
      'aku tetap coblos',
    ]);
    expect(termsOf('jadi <office>')).toEqual(['jadi bupati', 'jadi wali kota']);
    expect(termsOf('<i> <me+vote>')).toContain('aku nyoblos');
  });

  it.each([
    ['<nobody> pilih', 'there is nothing for <nobody>'],
    ['<toString>', 'there is nothing for <toString>'],
    ['<xy+vote>', 'there is nothing for <xy+vote>'],
    ['saya <vote', 'there is nothing for <vote'],
    ['<i> '.repeat(12), 'stands for more than 2000 terms'],
  ])('says what is wrong with %s', (term, why) => {
    expect(termsOf(term)).toEqual([why]);
  });

  it('is refused in a pack with its place', () => {
    const parsed = LanguagePack.safeParse({
      ...LanguagePack.parse(packContent('language/su.yaml')),
      generics: [{ rule: 'a', terms: 'jago <nobody>' }],
    });
    expect(parsed.error?.issues).toMatchObject([
      { path: ['generics', 0, 'terms'], message: '"jago <nobody>": there is nothing for <nobody>' },
    ]);
  });

  it('is written out once, so that a pack may be read again', () => {
    const pack = LanguagePack.parse(packContent('language/id.yaml'));
    expect(LanguagePack.parse(pack)).toEqual(pack);
    expect(pack.acts.flatMap(({ terms }) => terms)).toContain('aku pasti nyoblos');
  });
});

import { describe, expect, it } from 'vitest';
import { packRef } from '../../../shared/domain/screening/packs.js';
import { languageOf } from '../../../shared/domain/screening/language-of.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import { somePacks } from '../../fixtures/packs.js';
import { anIndication } from '../../fixtures/finding.js';
import { aContest, NOW } from '../../fixtures/registry.js';

const packs = somePacks();
const refs = packs.languages.map(packRef);
const ledBy = (...rules: string[]) =>
  languageOf(
    anIndication({ packs: refs, spans: rules.map((rule) => ({ part: 0, start: 0, end: 1, rule })) }),
  );

describe('the language of an indication', () => {
  it('can be told from every act of every language pack', () => {
    for (const { language, acts } of packs.languages)
      for (const { rule } of acts) expect(ledBy(rule, 'contestant'), rule).toBe(language);
    expect(packs.languages.length).toBeGreaterThan(10);
  });

  it('is Indonesian of what the screening indicates as long as no other language was reviewed', () => {
    const screen = compileScreener(packs);
    const texts = [
      'Mari kita coblos nomor 2!',
      'Ayo nyoblos nomor 2, sedulur kabeh!',
      'Hayu urang pilih Candra–Dewi!',
    ];
    const languages = texts.flatMap((text) => {
      const parts = [{ field: 'body' as const, text }];
      const verdict = screen({ parts, context: null, postedAt: NOW, contests: [aContest().id] });
      return verdict.kind === 'indicated' ? [languageOf(verdict)] : [];
    });
    expect(languages.length).toBeGreaterThan(0);
    expect(new Set(languages)).toEqual(new Set(['id']));
    expect(
      packs.languages.filter(({ review }) => review !== 'unreviewed').map(({ language }) => language),
    ).toEqual(['id']);
  });

  it('is Indonesian where nothing says otherwise', () => {
    expect(ledBy('slang', 'contestant')).toBe('id');
    expect(languageOf(anIndication())).toBe('id');
  });
});

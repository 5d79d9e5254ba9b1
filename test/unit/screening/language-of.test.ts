import { describe, expect, it } from 'vitest';
import { packRef } from '../../../shared/domain/screening/pack-ref.js';
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

  it('is that of the act which was read, and not of the words around it', () => {
    const screen = compileScreener(packs);
    const languageIn = (text: string) => {
      const parts = [{ field: 'body' as const, text }];
      const verdict = screen({ parts, context: null, postedAt: NOW, contests: [aContest().id] });
      return verdict.kind === 'indicated' ? languageOf(verdict) : null;
    };
    expect(languageIn('Mari kita coblos nomor 2!')).toBe('id');
    expect(languageIn('Monggo nyoblos Candra–Dewi, sedulur kabeh')).toBe('jv');
    expect(languageIn('Sedulur kabeh, ayo coblos nomor 2!')).toBe('id');
  });

  it('is Indonesian where nothing says otherwise', () => {
    expect(ledBy('slang', 'contestant')).toBe('id');
    expect(languageOf(anIndication())).toBe('id');
  });
});

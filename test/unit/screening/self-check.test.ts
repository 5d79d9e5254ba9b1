import { describe, expect, it } from 'vitest';
import { AreaCode } from '../../../shared/domain/calendar/contest.js';
import { selfCheckerOf } from '../../../shared/domain/screening/self-check.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import { Instant } from '../../../shared/domain/time.js';
import { somePacks } from '../../fixtures/packs.js';
import { NOW } from '../../fixtures/registry.js';

const check = selfCheckerOf(somePacks());
const area = AreaCode.parse('99.01');
const draft = 'Ayo coblos nomor 2';

describe('a self-check', () => {
  it('says what the screening would say, with the provision in Indonesian and the words that led there', () => {
    const checked = check({ text: draft, postedAt: NOW, area });
    expect(checked).toMatchObject({
      verdict: 'indicated',
      contests: [{ id: 'pilbup-sukamaju', stage: 'campaign' }],
      provisions: [{ id: 'DIS-2' }],
    });
    expect(checked.provisions[0]?.form.id).toContain('kampanye');
    expect(checked.reason).toMatch(/^Diindikasikan karena ada ajakan/);
    for (const { start, end, words } of checked.words) expect(draft.slice(start, end)).toBe(words);
    expect(checked.words.map(({ words }) => words)).toContain('coblos');
  });

  it('says of every draft what the screening of a post would', () => {
    const packs = somePacks();
    const screen = compileScreener(packs);
    const drafts = [
      draft,
      'Selamat pagi, rapat jam sembilan.',
      '🙏',
      'Insya Allah Pak Arga menang satu putaran',
    ];
    for (const text of drafts) {
      const verdict = screen({
        parts: [{ field: 'body', text }],
        context: null,
        postedAt: NOW,
        contests: packs.contests.map(({ id }) => id),
      });
      expect(check({ text, postedAt: NOW, area }).verdict).toBe(verdict.kind);
    }
  });

  it('looks only at the contests of the writer’s area, as the collection does', () => {
    const elsewhere = check({ text: draft, postedAt: NOW, area: AreaCode.parse('98.01') });
    expect(elsewhere).toMatchObject({ verdict: 'no-contest', contests: [], provisions: [], words: [] });
    expect(elsewhere.reason).toMatch(/^Tidak ada pemilihan/);
    expect(check({ text: draft, postedAt: NOW, area: null }).verdict).toBe('indicated');
  });

  it('names the provision of the stage in which it is to be posted', () => {
    const prospective = check({ text: draft, postedAt: Instant.parse('2026-09-10T05:00:00.000Z'), area });
    expect(prospective.provisions.map(({ id }) => id)).toEqual(['KE-2']);
    const between = check({ text: draft, postedAt: Instant.parse('2027-03-01T05:00:00.000Z'), area });
    expect(between.verdict).toBe('no-contest');
  });
});

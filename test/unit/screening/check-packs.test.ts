import { describe, expect, it } from 'vitest';
import { checkPacks } from '../../../shared/domain/screening/check-packs.js';
import type { Packs } from '../../../shared/domain/screening/packs.js';
import { samplePacks } from './sample-packs.js';

const packs = samplePacks();
const withContestants = (change: (key: string) => object): Packs => ({
  ...packs,
  contests: packs.contests.map((contest) => ({
    ...contest,
    contestants: contest.contestants.map((one) => ({ ...one, ...change(one.key) })),
  })),
});

describe('checkPacks', () => {
  it('finds nothing wrong with the packs of the project', () => {
    expect(checkPacks(packs, [])).toEqual({ faults: [], warnings: [] });
  });

  it('names a look-alike that is indicated', () => {
    const { faults } = checkPacks(packs, ['Selamat pagi', 'Ayo coblos nomor 2']);
    expect(faults).toEqual(['pilbup-sukamaju: a look-alike is indicated: "Ayo coblos nomor 2"']);
  });

  it('names a template in which one contestant is treated unlike another', () => {
    const uneven = withContestants((key) => (key === 'eka-fajar' ? { hashtags: ['#Eka'] } : {}));
    expect(checkPacks(uneven, []).faults.join('\n')).toMatch(
      /<hashtag>.* for arga-binar but .* for eka-fajar/,
    );
  });

  it('names a term that would indicate alone', () => {
    const loud = withContestants((key) =>
      key === 'gilang' ? { people: [{ name: 'Dukung Gilang', aliases: ['Gilang', 'ayo coblos 01'] }] } : {},
    );
    expect(checkPacks(loud, []).faults.join('\n')).toMatch(/coblos 01/);
  });

  it('names an act that is also something else', () => {
    const languages = packs.languages.map((pack) => ({
      ...pack,
      acts: pack.acts.map((act) =>
        act.rule === 'winning' ? { ...act, terms: [...act.terms, 'merapat'] } : act,
      ),
    }));
    expect(checkPacks({ ...packs, languages }, []).warnings).toEqual([
      'language-id: winning: "merapat" is also in language-id: rallying.',
    ]);
  });
});

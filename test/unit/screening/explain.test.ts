import { describe, expect, it } from 'vitest';
import { explain } from '../../../shared/domain/screening/explain.js';
import { aContext, anInput, samplePacks } from './sample-packs.js';

const explained = (text: string, overrides = {}) => explain(samplePacks(), anInput(text, overrides));

describe('explain', () => {
  it('shows the text without disguise and without sides', () => {
    const { normal, contests } = explained('C0blos Candra–Dewi!');
    expect(normal).toEqual(['coblos candra-dewi!']);
    expect(contests).toMatchObject([{ masked: 'coblos ◆', electoral: true, weighed: { enough: true } }]);
  });

  it('names all that was found, where it stands', () => {
    const text = 'Saya tidak dukung Pak Arga';
    const [contest] = explained(text).contests;
    expect(contest?.found.map(({ kind, rule, words }) => `${kind} ${rule}: ${words}`)).toEqual([
      'suppressor negation: tidak',
      'act backing-call: dukung',
      'target contestant: Pak Arga',
    ]);
    expect(contest?.weighed).toEqual({ acts: [], against: [], enough: false });
  });

  it('tells a person why, in one sentence', () => {
    expect(explained('Ayo coblos nomor 2').reason).toBe(
      'Diindikasikan karena ada ajakan atau pernyataan memilih (“Ayo”), ajakan atau pernyataan memilih (“coblos”) yang tertuju pada peserta pemilihan (“2”).',
    );
    expect(explained('Selamat pagi').reason).toMatch(/^Tidak ada indikasi/);
    expect(explained('🙏').reason).toMatch(/^Tidak dapat ditentukan/);
  });

  it('finds whom an answer is about in what it answers', () => {
    const { reason } = explained('Siap menangkan, Ndan!', { context: aContext() });
    expect(reason).toContain('(“Arga–Binar”)');
  });
});

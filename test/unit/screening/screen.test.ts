import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Instant, LocalDate } from '../../../shared/domain/time.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import type { Verdict } from '../../../shared/domain/screening/verdict.js';
import { LOOK_ALIKES } from './look-alikes.js';
import {
  aContext,
  anInput,
  evidenceOf,
  provisionsOf,
  samplePacks,
  sampleScreener,
  SUKAMAJU,
} from './sample-packs.js';
import { STRONG, STRONG_REGIONAL } from './strong-examples.js';

/** The rules that led to an indication; none where there is none. */
const rulesOf = (verdict: Verdict): readonly string[] => (verdict.kind === 'indicated' ? verdict.rules : []);

const BEFORE_DESIGNATION = Instant.parse('2029-09-10T03:00:00.000Z');

describe('what a person should see', () => {
  it.each(STRONG)('indicates "$text"', ({ text, context = null, touches: [before, after] }) => {
    expect(provisionsOf(sampleScreener(anInput(text, { context })))).toContain(after);
    const earlier = sampleScreener(anInput(text, { context, postedAt: BEFORE_DESIGNATION }));
    expect(provisionsOf(earlier)).toContain(before);
  });

  it.each(STRONG_REGIONAL)('indicates "$text" in its language', ({ text, touches }) => {
    expect(provisionsOf(sampleScreener(anInput(text)))).toContain(touches[1]);
  });
});

describe.each(Object.entries(LOOK_ALIKES))('%s', (_, texts) => {
  it.each(texts)('does not indicate "%s"', (text) => {
    expect(sampleScreener(anInput(text))).toEqual({ kind: 'none' });
  });
});

describe('what is passed on without a word of one’s own', () => {
  const shared = (text: string, own = '') =>
    sampleScreener(anInput(own, { context: { relation: 'share', text } }));

  it.each(['', ' ', '🔥'])('is read as said: a call, shared with "%s"', (own) => {
    const verdict = shared('Ayo coblos nomor 2, Candra–Dewi!', own);
    expect(provisionsOf(verdict)).toContain('DIS-6');
    expect(verdict.kind === 'indicated' && verdict.spans.every(({ part }) => part === 'context')).toBe(true);
  });

  it.each([
    'KPU Sukamaju menetapkan tiga paslon: Arga–Binar, Candra–Dewi, Eka–Fajar',
    'Survei: Candra–Dewi unggul',
    'Jalan provinsi rusak tiga tahun',
  ])('is nothing where the words are nothing: "%s"', (text) => {
    expect(shared(text)).toEqual({ kind: 'none' });
  });

  it('is not what it answers or quotes', () => {
    const context = { relation: 'reply-to', text: 'Ayo coblos nomor 2, Candra–Dewi!' } as const;
    expect(sampleScreener(anInput('', { context }))).toEqual({ kind: 'undecided', reason: 'empty-text' });
  });
});

describe('too little to tell', () => {
  it.each([
    'Arga',
    'coblos',
    '02',
    'nomor 2',
    'gaskeun',
    '#ArgaMenang',
    'Pak Arga ✌️',

    'Pak Arga 👍🔥❤️',
    'Jalan pagi 🔥 #ArgaMenang',
    'menang',
    'Mantap',
  ])('does not indicate from "%s" alone', (text) => {
    expect(sampleScreener(anInput(text)).kind).toBe('none');
  });

  it('does not take a nod at something that is no campaign for support', () => {
    const context = aContext('Pak Arga meninjau jalan rusak');
    expect(sampleScreener(anInput('Mantap, ini baru pemimpin', { context }))).toEqual({ kind: 'none' });
  });

  it('does not take a wish for support', () => {
    const context = aContext('Pak Arga resmi jadi bakal calon bupati');
    expect(sampleScreener(anInput('Semoga amanah, Pak', { context }))).toEqual({ kind: 'none' });
  });

  it('does not take sharing the news for support', () => {
    const context = aContext('Survei: Candra–Dewi unggul', 'share');
    expect(sampleScreener(anInput('Menarik 😍', { context }))).toEqual({ kind: 'none' });
  });

  it.each([
    ['no words at all', ['✌️🔥', ' \n '], 'empty-text'],
    ['no part at all', [], 'empty-text'],
    ['nothing but halves of characters', ['\ud83d\ud83d \udc4d'], 'empty-text'],
    ['a text of absurd length', ['coblos nomor 2 '.repeat(8_000)], 'text-too-long'],
    [
      'a language that no pack is for',
      [
        'Vandaag hebben wij geweldig lekker gewandeld langs het strand met onze vrolijke honden en daarna heerlijk gegeten bij grootmoeder',
      ],
      'unsupported-language',
    ],
  ])('is undecided about %s', (_, texts, reason) => {
    const parts = texts.map((text) => ({ field: 'body' as const, text }));
    expect(sampleScreener(anInput('', { parts }))).toEqual({ kind: 'undecided', reason });
  });

  it.each([
    ['of the greatest length', `${'hujan deras pagi '.repeat(5_880)} ayo coblos Arga–Binar`],
    ['with halves of characters', 'Ayo \ud83dcoblos\udc4d Arga–Binar \ud83d'],
    ['with words from right to left', 'السلام عليكم، ayo coblos Arga–Binar، شكرا'],
    ['with marks that turn the direction', 'Ayo \u202ecoblos\u202c \u2067Arga–Binar\u2069'],
  ])('reads a text %s', (_, text) => {
    expect(rulesOf(sampleScreener(anInput(text)))).toContain('vote-call');
  });

  it('finds nothing in a text from right to left', () => {
    expect(sampleScreener(anInput('السلام عليكم ورحمة الله'))).toEqual({ kind: 'none' });
  });

  it('finds nothing where no contest is on', () => {
    expect(sampleScreener(anInput('Ayo coblos nomor 2', { contests: [] }))).toEqual({ kind: 'none' });
  });
});

describe('an indication', () => {
  it('quotes the original exactly', () => {
    const text = 'Besok 𝐜0b\u200blos n0. 2 ya 🙏🏽';
    expect(evidenceOf(sampleScreener(anInput(text)), text)).toEqual([
      'vote-call: 𝐜0b\u200blos',
      'ballot-number: 2',
    ]);
  });

  it('points into the part that the words stand in, and into the context', () => {
    const parts = [
      { field: 'title' as const, text: 'Kabar' },
      { field: 'body' as const, text: 'Siap menangkan, Ndan!' },
    ];
    const verdict = sampleScreener(anInput('', { parts, context: aContext('Kampanye Arga–Binar') }));
    expect(verdict).toMatchObject({
      spans: [
        { part: 1, start: 0, end: 14, rule: 'vote-call' },
        { part: 'context', start: 9, end: 19, rule: 'contestant' },
      ],
    });
  });

  it('names the contest, the stage, the rules and every pack that made it', () => {
    expect(sampleScreener(anInput('Ayo coblos nomor 2'))).toMatchObject({
      kind: 'indicated',
      contest: SUKAMAJU,
      stage: 'campaign',
      provisions: ['DIS-2'],
      rules: ['vote-call', 'urging', 'ballot-number'],
      packs: [
        { id: 'skb-2-2022' },
        { id: 'language-id' },
        { id: 'language-jv' },
        { id: 'language-su' },
        { id: 'language-min' },
        { id: 'language-mly-east' },
        { id: 'pilbup-sukamaju' },
      ],
    });
  });

  it('says what was weighed against it in vain', () => {
    const text = 'Jangan dukung Arga–Binar? Tidak. Coblos 02!';
    const verdict = sampleScreener(anInput(text));
    expect(verdict).toMatchObject({ kind: 'indicated', rules: ['vote-call', 'ballot-number', 'question'] });
  });

  it('names the provisions of both tiers when the stage is unknown', () => {
    const postedAt = Instant.parse('2028-01-01T00:00:00.000Z');
    expect(sampleScreener(anInput('Ayo coblos nomor 2', { postedAt }))).toMatchObject({
      stage: null,
      provisions: ['KE-2', 'DIS-2'],
    });
  });

  it('takes the day in the zone of the contest', () => {
    const lastMinute = Instant.parse('2029-09-21T16:59:00.000Z');
    const designated = Instant.parse('2029-09-21T17:00:00.000Z');
    const stages = [lastMinute, designated].map((postedAt) =>
      sampleScreener(anInput('Ayo coblos nomor 2', { postedAt })),
    );
    expect(stages).toMatchObject([{ stage: 'prospective' }, { stage: 'designation' }]);
  });

  it('always has spans that lie in the text and hold something', () => {
    const pieces = [
      'Ayo',
      'coblos',
      'nomor 2',
      'Pak Arga',
      'dukung',
      '𝐩𝐢𝐥𝐢𝐡',
      '02',
      '🙏🏽',
      '\n',
      'tidak',
      '#ArgaMenang',
    ];
    let indicated = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }), (chosen) => {
        const text = chosen.join(' ');
        const verdict = sampleScreener(anInput(text));
        const spans = verdict.kind === 'indicated' ? verdict.spans : [];
        if (spans.length > 0) indicated += 1;
        for (const { start, end } of spans) {
          expect(text.slice(start, end).trim()).not.toBe('');
          expect(end).toBeLessThanOrEqual(text.length);
        }
        expect(verdict.kind === 'indicated').toBe(spans.length > 0);
      }),
      { numRuns: 1_000 },
    );
    expect(indicated).toBeGreaterThan(100);
  });
});

describe('suppression', () => {
  it.each([
    ['negation', 'Saya tidak dukung Arga–Binar'],
    ['a question', 'Kamu dukung Arga–Binar?'],
    ['a report', 'Warga dukung Arga–Binar, ujar wartawan'],
    ['a quotation', 'Ibu-ibu menulis begini di kaca: "coblos Arga–Binar"'],
    ['a list of all', 'Dukung Arga–Binar, Candra–Dewi, Eka–Fajar'],
    ['support for each of all', 'Ada yang dukung Arga. Ada yang dukung Candra. Ada yang dukung Eka.'],
    ['regret', 'Nyesel dukung Arga–Binar'],
    [
      'a deed of others, to the end of its clause',
      'Kelompok tani sekecamatan dengan suara bulat dukung Arga–Binar',
    ],
    ['a passive written apart', 'Arga boleh di dukung siapa saja'],
    ['votes that were counted', 'Di TPS kami hasilnya 190 suara untuk Arga–Binar'],
    ['an election that is to be won', 'Partai Mentari menyusun langkah memenangkan pilkada'],
    ['what is liked less', 'Golput lebih baik daripada pilih Arga–Binar'],
    ['a deed of others in a hashtag', 'Hari ini hujan #SenatorDukungArga'],
    ['mockery', 'Hebat sekali Arga–Binar 🤣'],
    ['a hope that somebody mocks', 'Ngimpi kali Arga–Binar bakal menang'],
  ])('holds for %s', (_, text) => {
    expect(sampleScreener(anInput(text)).kind).toBe('none');
  });

  it.each([
    ['another sentence', 'ASN harus netral. Tapi ayo coblos Arga–Binar!'],
    ['the far end of a sentence', 'Saya tidak bisa tidur semalam suntuk dan pagi ini dukung Arga–Binar'],
    ['a verb with a subject of its own', 'Debatnya tidak pada program kami pilih Arga–Binar'],
    ['the writer’s own voice', 'Kader partai silakan berunding saya dukung Arga–Binar'],
    ['what the writer hopes', 'Semoga Arga–Binar unggul di pilkada'],
    ['a hashtag of the writer’s', 'Hari ini hujan #AkuDukungArga'],
    ['a question after a call', 'Mari dukung Arga–Binar buang yang lain masih mau ditipu?'],
    ['a quotation of one’s own', '"Dukung Arga–Binar"'],
    ['a list of all beside support for one', 'Arga gagal, Candra juga. Saya dukung Eka!'],
    ['a list of all beside a call for one', 'Bukan Arga, Candra juga gagal. Coblos Eka!'],
  ])('does not reach %s', (_, text) => {
    expect(sampleScreener(anInput(text)).kind).toBe('indicated');
  });
});

describe('emoji', () => {
  const rulesOf = (text: string): readonly string[] => {
    const verdict = sampleScreener(anInput(text));
    return verdict.kind === 'indicated' ? verdict.rules : [];
  };

  it('support a contestant of whom more is said, whatever their tone of skin', () => {
    expect(rulesOf('Arga hebat')).toEqual([]);
    expect(rulesOf('Arga hebat 💪🏽')).toEqual(['praising', 'emoji', 'contestant']);
  });

  it('part no phrase and no word from the contestant that it touches', () => {
    expect(rulesOf('Saya tetap 💙 Pak Arga')).toContain('siding-openly');
    expect(rulesOf('suara saya 🔥 untuk Arga–Binar')).toContain('vote-call');
  });

  it('are quoted from where they stand', () => {
    const text = '🔥🔥 Arga hebat';
    const verdict = sampleScreener(anInput(text));
    const spans = verdict.kind === 'indicated' ? verdict.spans : [];
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['🔥', 'Arga', 'hebat']);
  });
});

describe('wanting somebody', () => {
  it.each([
    ['Mending Pak Arga!', 'Pak Arga pintar!'],
    ['Mending Pak Arga daripada Pak Candra', 'Mending Pak Arga atau Pak Candra sama saja'],
  ])('"%s" is enough, "%s" is not', (wanting, other) => {
    expect(sampleScreener(anInput(wanting)).kind).toBe('indicated');
    expect(sampleScreener(anInput(other)).kind).toBe('none');
  });
});

describe('what belongs to a name', () => {
  it.each([
    'tetap Prof. Dr. Arga',
    'tetap Bapak Prof Dr Arga',
    'Tetap kang haji Arga',
    'tetap calon bupati Arga',
  ])('are the titles before it: %s', (text) => {
    expect(rulesOf(sampleScreener(anInput(`Pilkada nanti saya ${text}`)))).toContain('siding-openly');
  });
});

describe('speaking of oneself', () => {
  it.each([
    ['Saya warga Sukamaju siap pilih Arga–Binar', 'Warga Sukamaju siap pilih Arga–Binar'],
    ['Nggak pakai ribet, pilih Arga–Binar aja', 'Nggak akan pilih Arga–Binar'],
  ])('"%s" is not "%s"', (own, other) => {
    expect(sampleScreener(anInput(own)).kind).toBe('indicated');
    expect(sampleScreener(anInput(other)).kind).toBe('none');
  });
});

describe('slang', () => {
  const text = 'Gayeng, Eka–Fajar bikin sejahtera';

  it('counts while it is valid', () => {
    expect(sampleScreener(anInput(text))).toMatchObject({ rules: ['slang', 'promising', 'contestant'] });
  });

  it('is an ordinary word afterwards', () => {
    const contests = samplePacks().contests.map((contest) => ({
      ...contest,
      slang: contest.slang.map((one) => ({ ...one, to: LocalDate.parse('2029-09-30') })),
    }));
    expect(compileScreener(samplePacks({ contests }))(anInput(text)).kind).toBe('none');
  });
});

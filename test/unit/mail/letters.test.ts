import { describe, expect, it } from 'vitest';
import { Language } from '../../../shared/domain/registry/person.js';
import { dateText, deadlineText, momentText } from '../../../shared/mail/dates.js';
import { Instant, LocalDate } from '../../../shared/domain/time.js';
import { aPerson } from '../../fixtures/registry.js';
import { everyLetter, someFacts } from '../../fixtures/letters.js';
import { textsOf, treeOf } from '../../fixtures/mail-tree.js';

const letters = Language.options.flatMap((language) =>
  Object.entries(everyLetter(someFacts({ holder: aPerson({ language }) }))).map(
    ([name, letter]) => ({ name: `${name} (${language})`, language, letter }) as const,
  ),
);

describe.each(letters)('$name', ({ letter, language }) => {
  it('is a page in its language, for a small screen, that may be dark', () => {
    const tree = treeOf(letter.html);
    expect(tree).toContain(`<html lang="${language}" dir="ltr">`);
    expect(tree).toContain('<meta name="viewport"');
    expect(tree).toContain('<meta name="color-scheme" content="light dark">');
    expect(textsOf(letter.html, 'title')).toEqual([letter.subject]);
  });

  it('loads nothing and links only to Netral', () => {
    const addresses = [...letter.html.matchAll(/(?:href|src|url)\s*[=(]\s*"?([^")\s>]*)/g)].map(
      ([, to]) => to,
    );
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/netral\.sukamaju\.example\//);
  });

  it('tells the same in both parts', () => {
    for (const tag of ['p', 'h2', 'dd', 'li'])
      for (const text of textsOf(letter.html, tag)) expect(letter.text).toContain(text);
  });

  it('accuses nobody, names no sanction and no number of a person', () => {
    const words = `${letter.subject} ${letter.text}`;
    expect(words).not.toMatch(/pelanggar\b|terbukti|sanksi|hukuman|bersalah|skor|peringkat/i);
    expect(words).not.toMatch(/violator|guilty|proven|sanction|punish|score|rank/i);
    expect(words).not.toMatch(/\d{9}/);
  });

  it('says who sends it and whom to ask', () => {
    expect(letter.text).toContain('Pemerintah Kabupaten Sukamaju');
    expect(letter.text).toContain('pdp@sukamaju.example');
  });

  it('has a subject that tells a bystander nothing of a person', () => {
    expect(letter.subject).not.toMatch(/Sari|Lestari|Dinas/);
  });
});

describe('the question', () => {
  it.each([
    ['2026-12-31T17:00:00.000Z', false],
    ['2027-01-04T17:00:00.000Z', true],
  ])('that may be answered until %s says whether that is provisional: %s', (at, isProvisional) => {
    const { clarification } = everyLetter(someFacts({ replyBy: Instant.parse(at) }));
    expect(clarification?.text.includes('Batas ini sementara')).toBe(isProvisional);
  });

  it('holds the post, the provision, the end of the window and what can be answered', () => {
    const { clarification } = everyLetter(someFacts());
    expect(clarification?.text).toContain('> Jangan lupa, coblos nomor 2.');
    expect(clarification?.text).toMatch(/^Ketentuan yang mungkin terkait: DIS-2: \S.* \(PP .* Pasal .*\)$/m);
    expect(clarification?.text).toContain('Tanggal unggahan: 23 November 2026, 11.00 WIB');
    expect(clarification?.text).toContain('Jawaban ditunggu sampai: 26 November 2026, 23.59 WIB');
    expect(clarification?.text).toContain('Belum ada keputusan apa pun');
    for (const answer of ['penjelasan', 'bukan akun Anda', 'tidak disengaja', 'sudah Anda hapus'])
      expect(clarification?.text).toContain(answer);
  });

  it('says who reads the answer, and what happens without one', () => {
    const { clarification } = everyLetter(someFacts());
    expect(clarification?.text).toContain('Atasan Anda hanya membacanya bila unggahan ini diteruskan.');
    expect(clarification?.text).toContain('Bila Anda tidak menjawab, peninjau lain menyimpulkan');
  });
});

describe('the news that a post was passed on', () => {
  it('says how long the holder may object', () => {
    expect(everyLetter(someFacts())['referred']?.text).toContain(
      'Anda dapat mengajukannya selama catatan tinjauan ini masih disimpan.',
    );
  });
});

describe('the digest', () => {
  const { digest } = everyLetter(someFacts());

  it('puts corrections first and says so', () => {
    expect(digest?.subject).toBe('Koreksi dan hasil tinjauan netralitas, 23 November 2026');
    const order = ['Ditarik', 'Diteruskan oleh', 'Diajukan keberatan', 'Dikuatkan'];
    const places = order.map((state) => digest?.text.indexOf(`Keadaan: ${state}`) ?? -1);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(places[0]).toBeGreaterThan(digest?.text.indexOf('KOREKSI.') ?? Infinity);
  });

  it('says what is asked of the superior, and that a conclusion may still be withdrawn', () => {
    expect(digest?.text).toContain('Mohon dibuka dan dinyatakan telah dibaca.');
    expect(digest?.text).toContain('simpulan yang diteruskan masih dapat ditarik');
  });

  it('says who, what people concluded, and where to read it', () => {
    expect(digest?.text).toContain('Sari Lestari · Dinas Pendidikan');
    expect(digest?.text).toContain('Simpulan peninjau: Ajakan memilih');
    expect(digest?.text).toContain('Alasan penarikan: Bukan perbuatan ASN yang bersangkutan');
    expect(digest?.text).toMatch(/https:\/\/netral\.sukamaju\.example\/open\/findings\/[0-9a-f]{32}/);
  });
});

describe('the digest of an agency that wants less in it', () => {
  it('says that there are results and where they are, and nothing of whom or what', () => {
    const facts = someFacts();
    const { digest } = everyLetter({
      ...facts,
      agency: { ...facts.agency, review: { ...facts.agency.review, superiorMail: 'links' } },
    });
    for (const left of ['Sari Lestari ·', 'Dinas Pendidikan', 'DIS-2', 'Ajakan memilih'])
      expect(digest?.text).not.toContain(left);
    expect(digest?.text).toContain('Keadaan: Diteruskan oleh peninjau kedua');
    expect(digest?.text).toMatch(/https:\/\/netral\.sukamaju\.example\/open\/findings\/[0-9a-f]{32}/);
  });
});

describe('the work list', () => {
  it('counts what waits and for how long, and nothing else', () => {
    const list = everyLetter(someFacts())['work-list'];
    expect(list?.text).toContain('Menunggu tinjauan pertama: 12, terlama 3 hari');
    expect(list?.text).toContain('Menunggu simpulan peninjau kedua: 1, terlama kurang dari 1 hari');
    expect(list?.text).toContain('Permintaan klarifikasi yang tidak dapat disampaikan: 2, terlama 1 hari');
    expect(list?.text).not.toContain('Keberatan');
    expect(list?.text).toContain('https://netral.sukamaju.example/open/review');
  });
});

describe('the invitation', () => {
  it('holds the account, the notice with its version, and the link', () => {
    const { invitation } = everyLetter(someFacts());
    expect(invitation?.text).toContain('Akun: https://blog.sukamaju.example/feed.xml');
    expect(invitation?.text).toContain('== Pemberitahuan ==\n\nPemberitahuan\n\nVersi 1\n');
    expect(invitation?.text).toContain('\nhttps://netral.sukamaju.example/invitations/abc.def\n');
  });
});

describe('a date in a mail', () => {
  const at = Instant.parse('2026-11-26T16:00:00.000Z');

  it('is that of the reader’s zone', () => {
    expect(momentText(at, 'Asia/Jakarta', 'id')).toBe('26 November 2026, 23.00 WIB');
    expect(momentText(at, 'Asia/Makassar', 'id')).toBe('27 November 2026, 00.00 WITA');
    expect(momentText(at, 'Asia/Jayapura', 'en')).toBe('27 November 2026, 01:00 WIT');
    expect(dateText(LocalDate.parse('2026-08-17'), 'id')).toBe('17 Agustus 2026');
  });

  it('names the day that a deadline ends, not the one after', () => {
    expect(deadlineText(at, 'Asia/Makassar', 'id')).toBe('26 November 2026, 23.59 WITA');
  });
});

import { describe, expect, it } from 'vitest';
import { peopleIn } from '../../../shared/domain/review/people-in-text.js';
import { contestantWords } from '../../../shared/domain/screening/contestant-words.js';
import { somePacks } from '../../fixtures/packs.js';

const contestants = somePacks().contests.flatMap(contestantWords);
const named = (text: string, context: string | null = null): string[] =>
  peopleIn(
    {
      parts: [{ field: 'body', text }],
      context: context === null ? null : { relation: 'reply-to', text: context },
    },
    contestants,
  ).map(({ part, start, end }) => (part === 'context' ? (context ?? '') : text).slice(start, end));

describe('people whom a text names', () => {
  it.each([
    ['Terima kasih Pak Wahyu dan Bu Sri Lestari', ['Pak Wahyu', 'Bu Sri Lestari']],
    ['kemarin bertemu Rahmat Hidayat di pasar', ['Rahmat Hidayat']],
    [
      'setuju @guru_sukamaju, lihat https://blog.sukamaju.example/sari ya',
      ['@guru_sukamaju', 'https://blog.sukamaju.example/sari'],
    ],
    ['tulis ke sari.lestari@sukamaju.example.', ['sari.lestari@sukamaju.example']],
    ['🙏🏽 salam dari dr. Ratna', ['dr. Ratna']],
  ])('are marked in: %s', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it('are marked in what it answers, too', () => {
    expect(named('siap', 'ditulis oleh Mas Budi')).toEqual(['Mas Budi']);
  });

  it('are not those who stand for election', () => {
    for (const words of contestants) expect(named(`kemarin bertemu ${words} di pasar`), words).toEqual([]);
  });

  it.each(['Ayo Coblos Nomor Dua Besok Pagi', 'AYO MENANGKAN', 'saya pilih nomor 2', ''])(
    'are not read out of capitals alone: %s',
    (text) => {
      expect(named(text)).toEqual([]);
    },
  );
});

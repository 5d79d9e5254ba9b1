import { describe, expect, it } from 'vitest';
import { feedDate } from '../../../shared/networks/feed/feed-date.js';

const read = (text: string): string | null => {
  const time = feedDate(text);
  return time === null ? null : new Date(time).toISOString();
};

describe('a date in a feed', () => {
  it.each([
    ['Mon, 05 Aug 2019 10:00:00 +0700', '2019-08-05T03:00:00.000Z'],
    ['Sen, 05 Agu 2019 10:00:00 +0700', '2019-08-05T03:00:00.000Z'],
    ['Senin, 5 Agustus 2019 10:00 WIB', '2019-08-05T03:00:00.000Z'],
    ['Senin, 5 Agustus 2019 | 10:00 WIB', '2019-08-05T03:00:00.000Z'],
    ['Selasa, 6 Agt 2019 pukul 10.30 WITA', '2019-08-06T02:30:00.000Z'],
    ["Jum'at, 1 Mei 2026 09:00:00 WIT", '2026-05-01T00:00:00.000Z'],
    ['Jumat, 1 Mei 2026 09:00:00 GMT', '2026-05-01T09:00:00.000Z'],
    ['Rab, 07 Okt 2026 00:00:00 +0000', '2026-10-07T00:00:00.000Z'],
    ['Kamis, 24 Desember 2026', '2026-12-24T00:00:00.000Z'],
    ['24 DES 2026 08:00:00 +0800', '2026-12-24T00:00:00.000Z'],
    ['Minggu, 1 Nopember 2026', '2026-11-01T00:00:00.000Z'],
    ['Sabtu, 7 Pebruari 2026', '2026-02-07T00:00:00.000Z'],
    ['Ahad, 12 Juli 2026', '2026-07-12T00:00:00.000Z'],
    ['Min, 7 Juni 2026', '2026-06-07T00:00:00.000Z'],
    ['Sel, 3 Maret 2026', '2026-03-03T00:00:00.000Z'],
    ['2019-08-05T10:00:00+07:00', '2019-08-05T03:00:00.000Z'],
    ['2019-08-05T10:00:00.12Z', '2019-08-05T10:00:00.120Z'],
    ['2019-08-05 10:00', '2019-08-05T10:00:00.000Z'],
    ['2019-08-05', '2019-08-05T00:00:00.000Z'],
  ])('%s', (written, instant) => {
    expect(read(written)).toBe(instant);
  });

  it.each([
    '05/08/2019',
    '05-08-2019 10:00',
    '5.8.2019',
    'kemarin',
    'Senin lalu',
    '1 Foo 2019',
    '',
    '20190805',
  ])('%j is nothing that anybody can tell', (written) => {
    expect(read(written)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { anInput, sampleScreener } from './sample-packs.js';

const kindOf = (text: string): string => sampleScreener(anInput(text)).kind;

describe('a headline', () => {
  it.each([
    'Nelayan Muara Jaya Serahkan Perahu Dukung Arga–Binar',
    'Dukung Candra–Dewi, Ribuan Petani Padati Lapangan',
    'Siap Menangkan Eka–Fajar, Karang Taruna Rapatkan Barisan',
  ])('is no call: "%s"', (text) => {
    expect(kindOf(text)).toBe('none');
  });

  it.each([
    'Dukung Arga–Binar Pemimpin Sukamaju Masa Depan!',
    'Ayo Kita Dukung Arga–Binar Untuk Sukamaju Maju',
  ])('is not seen in a call with capitals: "%s"', (text) => {
    expect(kindOf(text)).toBe('indicated');
  });
});

describe('somebody else’s deed', () => {
  it.each([
    'Ketua Gapoktan ajak petani menangkan Candra–Dewi',
    'Partai Mentari Dukung Arga–Binar di Pilkada',
    'Ratusan pedagang nyatakan dukungan kepada Eka–Fajar',
    'Menurut survei, Arga–Binar pilihan terbaik warga kota',
  ])('is told and not done: "%s"', (text) => {
    expect(kindOf(text)).toBe('none');
  });

  it('is one’s own deed when one says so', () => {
    expect(kindOf('Saya ajak tetangga menangkan Candra–Dewi')).toBe('indicated');
  });
});

describe('leaning', () => {
  it.each([
    ['towards a ticket', 'Arga–Binar hebat'],
    ['towards somebody whom a campaign’s hashtag names', 'Hebat euy #ArgaMenang'],
    ['towards one among rivals', 'Pak Candra hebat. Yang lain biasa saja'],
    ['twice', 'Pak Eka itu jujur dan cerdas'],
  ])('is enough %s', (_, text) => {
    expect(kindOf(text)).toBe('indicated');
  });

  it.each([
    ['towards a person at work', 'Pak Arga hebat'],
    ['towards two who stand', 'Arga–Binar dan Candra–Dewi hebat'],
    ['beside criticism', 'Arga–Binar hebat omong kosong'],
    ['in a question', 'Arga–Binar hebat?'],
  ])('is not enough %s', (_, text) => {
    expect(kindOf(text)).toBe('none');
  });
});

describe('words that touch a contestant', () => {
  it.each(['Tetap Arga–Binar', 'Pokoknya 02', 'Besok milih Pak Eka', 'Pak Candra bupati kita'])(
    'count in "%s"',
    (text) => {
      expect(kindOf(`Pilkada nih. ${text}`)).toBe('indicated');
    },
  );

  it.each(['Tetap kerja, kata Arga–Binar', 'Pokoknya antre di TPS 02', 'Arga–Binar tetap kerja'])(
    'do not count in "%s"',
    (text) => {
      expect(kindOf(`Pilkada nih. ${text}`)).toBe('none');
    },
  );
});

describe('weighing everybody who stands', () => {
  it('is no call for any of them', () => {
    expect(kindOf('Pilih Arga kasihan, pilih Candra bimbang, pilih Eka ragu')).toBe('none');
  });
});

describe('a hashtag', () => {
  it('shows a side, but is not enough alone', () => {
    expect(kindOf('Pagi Sukamaju #ArgaMenang')).toBe('none');
    expect(kindOf('Pagi Sukamaju, masa depan cerah #ArgaMenang')).toBe('indicated');
  });

  it('calls by itself if it holds a call', () => {
    expect(kindOf('Pagi Sukamaju #PilihPakArga')).toBe('indicated');
  });
});

describe('a question', () => {
  it.each(['Saya dukung Pak Candra, kenapa?', 'Saya pilih Arga–Binar, kamu?'])(
    'asks nothing in "%s"',
    (text) => {
      expect(kindOf(text)).toBe('indicated');
    },
  );

  it.each(['Kamu dukung Pak Candra?', 'Kenapa kamu pilih Arga–Binar?'])('is one in "%s"', (text) => {
    expect(kindOf(text)).toBe('none');
  });
});

describe('a sentence that says nothing else', () => {
  it.each([
    ['with a wish', 'Menang 02!'],
    ['after the name', 'Arga–Binar. Menang satu putaran!'],
    ['with fillers', 'Wah, Eka–Fajar memang pasti menang ya'],
    ['with capitals', 'Mantap Pasangan Arga–Binar Menang'],
  ])('counts for more: %s', (_, text) => {
    expect(kindOf(text)).toBe('indicated');
  });

  it.each(['Menang lomba, 02 Januari syukuran', 'Arga–Binar menang lomba masak', 'Pak Arga hebat'])(
    'is not "%s"',
    (text) => {
      expect(kindOf(text)).toBe('none');
    },
  );
});

describe('what closes a clause after a contestant', () => {
  it.each(['Arga–Binar terus!', 'Pokoknya ya Eka–Fajar lagi dong', 'Candra–Dewi presiden kita'])(
    'cheers: "%s"',
    (text) => {
      expect(kindOf(text)).toBe('indicated');
    },
  );

  it.each([
    'Arga–Binar terus berkeliling pasar',
    'Eka–Fajar lagi di jalan',
    'Candra–Dewi oke menunggu hujan',
  ])('tells when more follows: "%s"', (text) => {
    expect(kindOf(text)).toBe('none');
  });
});

describe('a verb with an object', () => {
  it.each([
    'Arga–Binar memilih bekerja daripada bicara',
    'Candra–Dewi dukung pembangunan pasar',
    'partai mentari itu dukung pak arga terus',
    'Partai Mentari menangkan tender kursi',
  ])('is the deed of who stands right before it: "%s"', (text) => {
    expect(kindOf(text)).toBe('none');
  });

  it.each(['Arga–Binar kami dukung', '02 coblos!', 'Pak Eka dan tim, pilih Eka–Fajar'])(
    'is the writer’s otherwise: "%s"',
    (text) => {
      expect(kindOf(text)).toBe('indicated');
    },
  );
});

describe('a hashtag', () => {
  it.each([
    ['with praise alone', 'Rapat koordinasi hari ini #ArgaHebat #ArgaMenang'],
    ['with praise of something else', 'Pasar ini ramai #ArgaMenang #SukamajuHebat'],
    ['that is no more than a name', 'Lelucon terbaik pilkada tahun ini #PakArga'],
  ])('is not enough %s', (_, text) => {
    expect(kindOf(text)).toBe('none');
  });

  it('calls whatever the sentence before it tells', () => {
    expect(kindOf('Jalan sehat dihadiri ribuan warga, kata panitia #PilihArga')).toBe('indicated');
  });
});

describe('a negation', () => {
  it.each([
    ['ends where the text turns', 'Tidak suka ribut, tapi pilih Arga–Binar'],
    ['is none in "not only"', 'Arga–Binar tidak hanya jujur tapi juga hebat'],
    ['takes criticism back', 'Arga–Binar hebat dan tidak pernah bohong'],
  ])('%s', (_, text) => {
    expect(kindOf(text)).toBe('indicated');
  });
});

describe('a question', () => {
  it('does not reach back to what was said long before', () => {
    const rest = 'karena jalan itu kita pakai semua setiap hari dari pagi buta sampai malam';
    expect(kindOf(`Arga–Binar pantas jadi bupati ${rest}, lalu yang lain mau apa?`)).toBe('indicated');
    expect(kindOf('Arga–Binar pantas jadi bupati?')).toBe('none');
  });
});

it('takes the words of a handle for a name', () => {
  expect(kindOf('@dukung_sukamaju selamat pagi Arga–Binar')).toBe('none');
});

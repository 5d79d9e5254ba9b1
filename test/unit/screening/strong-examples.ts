import type { PostContext } from '../../../shared/domain/scanning/post.js';
import { aContext } from './sample-packs.js';

export interface StrongExample {
  readonly text: string;
  readonly context?: PostContext;
  /** Before and after designation. */
  readonly touches: readonly [before: string, after: string];
}

/** Posts that a person should see, in Indonesian. */
export const STRONG: readonly StrongExample[] = [
  { text: 'Bismillah, 27 November jangan lupa coblos nomor 2 ya bu ibu 🙏✌️', touches: ['KE-2', 'DIS-2'] },
  {
    text: 'Ayo kawan-kawan ASN Sukamaju, kita harus satu suara untuk Arga–Binar',
    touches: ['KE-2', 'DIS-8'],
  },
  { text: 'Yuk merapat! Deklarasi relawan Candra–Dewi Sabtu ini, kaos gratis', touches: ['KE-3', 'DIS-4'] },
  {
    text: 'Pilihan saya tetap Pak Eka, pemimpin yang sudah terbukti. Lanjutkan!',
    touches: ['KE-4', 'DIS-6'],
  },
  { text: 'Insya Allah menang 1 putaran 💪 01 01 01', touches: ['KE-4', 'DIS-6'] },
  { text: 'Calon bupatiku, wes ganteng pinter pisan 😍', touches: ['KE-4', 'DIS-6'] },
  { text: 'Gaskeun 03!! all in Eka-Fajar 🔥🤟', touches: ['KE-4', 'DIS-6'] },
  { text: 'c0blos n0 2 jgn lup4 y', touches: ['KE-2', 'DIS-2'] },
  { text: 'dukvng p4sl0n 01 demi perubahan sukamaju', touches: ['KE-4', 'DIS-6'] },
  {
    text: 'Bagi yg mau kumpul fotokopi KTP dukungan Pak Gilang (jalur independen), titip ke saya di kantor',
    touches: ['DIS-11', 'DIS-11'],
  },
  { text: 'Resmi jadi admin grup Pemenangan Candra–Dewi 🙌 gabung di link', touches: ['KE-4', 'DIS-6'] },
  {
    text: 'Foto bareng Pak Arga di posko, salam satu jari ☝️ #ArgaMenang',
    touches: ['KE-5', 'DIS-7'],
  },
  { text: 'Alhamdulillah baliho jagoan kita sudah terpasang di depan rumah', touches: ['KE-1', 'DIS-1'] },
  { text: 'Kalau mau TPP naik ya pilih petahana lah, masa yang lain', touches: ['KE-2', 'DIS-2'] },
  { text: 'Jangan pilih nomor 3, janji palsu semua. Mending 01', touches: ['KE-2', 'DIS-2'] },
  { text: 'Siap menangkan, Ndan! Satu komando 🫡2️⃣', context: aContext(), touches: ['KE-2', 'DIS-2'] },
  {
    text: 'Mantap, ini baru pemimpin',
    context: aContext('Video kampanye Candra–Dewi di alun-alun', 'share'),
    touches: ['KE-4', 'DIS-6'],
  },
  {
    text: 'Tolong bapak/ibu kepala sekolah kondisikan guru-guru, arahan pimpinan: nomor 2',
    touches: ['KE-2', 'DIS-12'],
  },
  // Other disguises and wordings of the same acts.
  { text: 'C O B L O S nomor 2 ya', touches: ['KE-2', 'DIS-2'] },
  { text: 'c.o.b.l.o.s no. 2', touches: ['KE-2', 'DIS-2'] },
  { text: 'co*los paslon 02 gaes', touches: ['KE-2', 'DIS-2'] },
  { text: '𝐂𝐨𝐛𝐥𝐨𝐬 𝟎𝟐', touches: ['KE-2', 'DIS-2'] },
  { text: 'Соblоs Candra–Dewi', touches: ['KE-2', 'DIS-2'] },
  { text: 'cobloooos nomer 1', touches: ['KE-2', 'DIS-2'] },
  { text: 'Besok #CoblosNomor2', touches: ['KE-2', 'DIS-2'] },
  { text: 'besok #coblosnomor2', touches: ['KE-2', 'DIS-2'] },
  { text: 'Pilihlah Arga–Binar demi anak cucu', touches: ['KE-2', 'DIS-2'] },
  { text: 'coblosin paslon 3 ya gan', touches: ['KE-2', 'DIS-2'] },
  { text: 'Kang Candra memang top. Yuk menangkan beliau!', touches: ['KE-4', 'DIS-6'] },
  { text: 'Saya pilih Eka–Fajar.\nAyo gabung', touches: ['KE-2', 'DIS-2'] },
  { text: 'Rekan-rekan guru, jangan lupa pilih nomor 1', touches: ['KE-2', 'DIS-8'] },
  { text: 'Resmi jadi tim sukses Arga–Binar, mohon doa', touches: ['DIS-9', 'DIS-10'] },
  { text: 'Pasang baliho Pak Eka di depan rumah, beres', touches: ['KE-1', 'DIS-1'] },
  { text: 'Jangan coblos 01, coblos 02 saja', touches: ['KE-2', 'DIS-2'] },
  { text: 'Dukung Partai Mentari biar daerah kita maju', touches: ['KE-4', 'DIS-6'] },
  { text: 'Ikut kampanye Candra–Dewi di lapangan, seru', touches: ['KE-3', 'DIS-4'] },
];

/** The same in the languages of the regions. */
export const STRONG_REGIONAL: readonly StrongExample[] = [
  { text: 'Ojo lali nyoblos nomer loro, dulur', touches: ['KE-2', 'DIS-2'] },
  { text: 'Hayu urang rojong Kang Candra, kudu meunang!', touches: ['KE-4', 'DIS-6'] },
  { text: 'Piliah nomor ciek, jan salah cobloh yo dunsanak', touches: ['KE-2', 'DIS-2'] },
  { text: 'Pilih mi Pak Eka, nomor tiga ji yang mengerti rakyat', touches: ['KE-2', 'DIS-2'] },
];

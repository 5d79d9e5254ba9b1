import { ContestCalendar, type Stage } from '../../shared/domain/calendar/contest.js';
import { Agency } from '../../shared/domain/registry/agency.js';
import { addDays, type LocalDate } from '../../shared/domain/time.js';

export const NOTICE_VERSION = '2';
const AREA = '99.01';
const ZONE = 'Asia/Jakarta';

const NOTICE = {
  id: `Akun yang Anda daftarkan dibaca secara otomatis, hanya unggahan yang terbuka untuk umum, hanya selama pemilihan berlangsung di wilayah Anda, dan hanya untuk satu pertanyaan: kode netralitas ASN. Kritik terhadap kebijakan bukan pelanggaran. Teks yang tidak ditandai tidak disimpan. Bila sebuah unggahan ditandai, seorang peninjau membacanya tanpa mengetahui nama Anda, lalu Anda diberi kesempatan menjawab sebelum siapa pun menyimpulkan sesuatu; atasan Anda hanya diberi tahu setelah peninjau kedua menyimpulkan. Anda dapat melihat semuanya, membetulkan, berkeberatan, menjeda, menarik pendaftaran, dan meminta salinan melalui Pejabat PDP: pdp@sukamaju.example.`,
  en: `The accounts that you register are read automatically: only posts open to the public, only while an election is on in your area, and for one question only, the neutrality code. Criticism of policy is no breach. Text that is not marked is not kept. When a post is marked, a reviewer reads it without knowing your name, and you may answer before anybody concludes anything; your supervisor is told only after a second reviewer has concluded. You can see everything, correct it, object, pause, withdraw and take a copy through the data-protection officer: pdp@sukamaju.example.`,
};

/** The sample agency, every gate open on that day. */
export const sampleAgency = (today: LocalDate): Agency =>
  Agency.parse({
    name: 'Pemerintah Kabupaten Sukamaju',
    area: AREA,
    timeZone: ZONE,
    gates: {
      instrument: {
        number: `Peraturan Bupati Sukamaju Nomor 12 Tahun ${addDays(today, -200).slice(0, 4)}`,
        authority: 'Bupati Sukamaju',
        date: addDays(today, -200),
        validUntil: addDays(today, 400),
      },
      impactAssessment: { reference: 'DPIA-SUKAMAJU-01', date: addDays(today, -170) },
      officer: { name: 'Lilis Nuraeni', email: 'pdp@sukamaju.example' },
      notice: { version: NOTICE_VERSION, text: NOTICE },
      retention: { dismissedDays: 14, withdrawnDays: 30, referredDays: 365, coverageDays: 180 },
    },
    review: { replyWorkingDays: 3 },
    scanRequestedAt: null,
    revision: 0,
  });

/** First and last day of each stage, in days from today. Today lies in the campaign. */
export const STAGE_DAYS = {
  'pre-nomination': [-110, -81],
  prospective: [-80, -45],
  designation: [-44, -38],
  campaign: [-37, 20],
  quiet: [21, 23],
  voting: [24, 24],
  aftermath: [25, 60],
} as const satisfies Record<Stage, readonly [number, number]>;

export const sampleContest = (today: LocalDate): ContestCalendar =>
  ContestCalendar.parse({
    id: 'pilbup-sukamaju',
    title: { id: 'Pemilihan Bupati dan Wakil Bupati Sukamaju', en: 'Election of the Regent of Sukamaju' },
    area: AREA,
    timeZone: ZONE,
    stages: Object.entries(STAGE_DAYS).map(([stage, [from, to]]) => ({
      stage,
      from: addDays(today, from),
      to: addDays(today, to),
      source: 'Jadwal contoh, bukan jadwal sebenarnya',
    })),
  });

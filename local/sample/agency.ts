import { ContestCalendar, type Stage } from '../../shared/domain/calendar/contest.js';
import { Agency } from '../../shared/domain/registry/agency.js';
import { addDays, type LocalDate } from '../../shared/domain/time.js';

export const NOTICE_VERSION = '4';
const AREA = '99.01';
const ZONE = 'Asia/Jakarta';

/** The text of docs/privacy.md. */
export const NOTICE = {
  id: `Siapa dan mengapa. Pemerintah Kabupaten Sukamaju, sebagai pengendali data, menjaga netralitas ASN dalam pemilihan. Dasarnya peraturan bupati tentang pendaftaran akun media sosial ASN (Pasal 20 ayat (2) huruf e UU Nomor 27 Tahun 2022), bukan persetujuan Anda.
Apa yang dibaca. Hanya unggahan yang terbuka untuk umum dari akun yang Anda daftarkan, hanya selama pemilihan berlangsung di wilayah Anda, dan hanya untuk satu pertanyaan: kode netralitas ASN. Kritik terhadap kebijakan bukan pelanggaran. Suka, pengikut, wajah, dan pesan pribadi tidak pernah dibaca.
Apa yang disimpan. Nama, NIP, unit, atasan, dan alamat surel dinas Anda beserta akun yang Anda daftarkan disimpan selama pendaftaran berlaku; kapan akun dilihat, paling lama 180 hari. Teks yang tidak ditandai tidak disimpan. Yang ditandai disimpan 14 hari bila ditutup, 30 hari bila ditarik, dan menurut jadwal retensi arsip bila diteruskan.
Siapa yang memutuskan. Mesin tidak memutuskan apa pun. Seorang peninjau membaca teksnya tanpa mengetahui nama Anda, lalu Anda diberi kesempatan menjawab sebelum siapa pun menyimpulkan sesuatu; atasan Anda hanya diberi tahu setelah peninjau kedua menyimpulkan.
Hak Anda. Anda dapat melihat semuanya, termasuk siapa yang membukanya, mengambil salinan, membetulkan, berkeberatan, menjeda, dan menarik pendaftaran. Permohonan kepada Pejabat PDP, pdp@sukamaju.example, dicatat dan dijawab dalam 3 × 24 jam.`,
  en: `Who and why. Sukamaju Regency, the controller, keeps its civil servants neutral in elections. Its basis is the regent’s regulation on declaring social-media accounts (article 20(2)e of Law 27 of 2022), not your consent.
What is read. Only posts open to the public of accounts that you register, only while an election is on in your area, and for one question only: the neutrality code. Criticism of policy is no breach. Likes, followers, faces and private messages are never read.
What is kept. Your name, employee number, unit, superior and office mail address and the accounts that you register are kept while the registration is in force; when an account was looked at, 180 days at most. Text that is not marked is not kept. What is marked is kept 14 days if it is closed, 30 days if it is withdrawn, and by the archive schedule if it is passed on.
Who decides. A machine decides nothing. A reviewer reads the text without knowing your name, and you may answer before anybody concludes anything; your supervisor is told only after a second reviewer has concluded.
Your rights. You can see everything, also who opened it, take a copy, correct it, object, pause and withdraw. Requests to the data-protection officer, pdp@sukamaju.example, are registered and answered within 3 × 24 hours.`,
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

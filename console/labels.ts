import type { Stage } from '../shared/domain/calendar/contest.js';
import type { AccountState, LookupEnd } from '../shared/domain/registry/account.js';
import type { RequestKind, RequestOutcome } from '../shared/domain/requests/holder-request.js';
import type { FindingState } from '../shared/domain/review/finding.js';
import type { ActKind } from '../shared/domain/review/history.js';
import type { StandingReason } from '../shared/domain/scanning/account-standing.js';
import { say, type Said } from './language.js';

export const STATES = {
  indicated: { id: 'Menunggu tinjauan pertama', en: 'Waits for a first look' },
  clarifying: { id: 'Menunggu jawaban ASN yang bersangkutan', en: 'Waits for the holder’s answer' },
  deciding: { id: 'Menunggu simpulan peninjau kedua', en: 'Waits for a second reviewer' },
  referred: { id: 'Diteruskan kepada atasan langsung', en: 'Passed on to the superior' },
  objected: { id: 'Keberatan sedang diperiksa', en: 'An objection is being examined' },
  confirmed: { id: 'Dikuatkan setelah keberatan diperiksa', en: 'Confirmed after an objection' },
  withdrawn: { id: 'Ditarik setelah keberatan diperiksa', en: 'Withdrawn after an objection' },
  dismissed: { id: 'Ditutup; tidak ada yang diteruskan', en: 'Closed; nothing was passed on' },
} as const satisfies Record<FindingState, Said>;

export const ACTS = {
  indicate: { id: 'Ditandai sebagai indikasi', en: 'Marked as an indication' },
  dismiss: { id: 'Ditutup', en: 'Closed' },
  clarify: { id: 'Jawaban diminta', en: 'An answer was asked for' },
  notify: { id: 'Surel sampai', en: 'The mail arrived' },
  bounce: { id: 'Surel kembali', en: 'The mail came back' },
  answer: { id: 'Dijawab', en: 'Answered' },
  'close-window': { id: 'Batas waktu menjawab berakhir', en: 'The time to answer ended' },
  refer: { id: 'Diteruskan', en: 'Passed on' },
  object: { id: 'Keberatan diajukan', en: 'Objected' },
  confirm: { id: 'Dikuatkan', en: 'Confirmed' },
  withdraw: { id: 'Ditarik', en: 'Withdrawn' },
  acknowledge: { id: 'Atasan telah membaca', en: 'The superior took note' },
  note: { id: 'Catatan tim', en: 'A note' },
  hold: { id: 'Ditunda', en: 'Put off' },
  recuse: { id: 'Mengundurkan diri dari tinjauan ini', en: 'Stood aside' },
  reassign: { id: 'Dibebaskan untuk peninjau lain', en: 'Freed for others' },
  'legal-hold': { id: 'Penyimpanan diperpanjang', en: 'Kept for a proceeding' },
  'end-legal-hold': { id: 'Perpanjangan berakhir', en: 'No longer kept for a proceeding' },
  'second-look': { id: 'Ditinjau ulang', en: 'Looked at again' },
} as const satisfies Record<ActKind, Said>;

const ROLES: Readonly<Record<string, Said>> = {
  netral: { id: 'Netral', en: 'Netral' },
  holder: { id: 'ASN yang bersangkutan', en: 'The holder' },
  supervisor: { id: 'Atasan langsung', en: 'The superior' },
  officer: { id: 'Pejabat PDP', en: 'The data-protection officer' },
};
const YOU: Said = { id: 'Anda', en: 'You' };

/** Who did something, as far as the reader may know. */
export const byText = ({ by, you }: { readonly by: string; readonly you: boolean }): string => {
  if (you) return say(YOU);
  const number = /^analyst-(\d+)$/.exec(by)?.[1];
  return number === undefined
    ? say(ROLES[by] ?? { id: by, en: by })
    : `${say({ id: 'Peninjau', en: 'Reviewer' })} ${number}`;
};

export const STAGES = {
  'pre-nomination': { id: 'Sebelum pencalonan', en: 'Before the nomination' },
  prospective: { id: 'Pencalonan', en: 'The nomination' },
  designation: { id: 'Penetapan calon', en: 'Designation of the candidates' },
  campaign: { id: 'Masa kampanye', en: 'The campaign' },
  quiet: { id: 'Masa tenang', en: 'The quiet days' },
  voting: { id: 'Pemungutan suara', en: 'The vote' },
  aftermath: { id: 'Setelah pemungutan suara', en: 'After the vote' },
} as const satisfies Record<Stage, Said>;

export const ACCOUNT_STATES = {
  invited: { id: 'Menunggu konfirmasi Anda', en: 'Waits for you to confirm' },
  active: { id: 'Berlaku', en: 'In force' },
  paused: { id: 'Dijeda', en: 'Paused' },
  withdrawn: { id: 'Dicabut', en: 'Withdrawn' },
} as const satisfies Record<AccountState, Said>;

export const STANDINGS = {
  seen: { id: 'Dibaca', en: 'Read' },
  'nothing-new': { id: 'Dibaca; tidak ada yang baru', en: 'Read; nothing new' },
  throttled: {
    id: 'Belum terbaca: jaringan membatasi permintaan',
    en: 'Not read: the network limits requests',
  },
  private: { id: 'Tidak dibaca: akun tidak terbuka untuk umum', en: 'Not read: the account is not public' },
  gone: { id: 'Tidak dibaca: akun tidak ada lagi', en: 'Not read: the account is gone' },
  renamed: { id: 'Tidak dibaca: nama akun berubah', en: 'Not read: the account was renamed' },
  suspended: { id: 'Tidak dibaca: akun ditangguhkan jaringannya', en: 'Not read: its network suspended it' },
  'needs-token': {
    id: 'Tidak dibaca: jaringan meminta izin masuk',
    en: 'Not read: the network asks for a token',
  },
  malformed: { id: 'Tidak terbaca: jawaban jaringan rusak', en: 'Not read: the network’s answer is broken' },
  unreachable: { id: 'Tidak terbaca: jaringan tidak menjawab', en: 'Not read: the network does not answer' },
  paused: { id: 'Tidak dibaca: dijeda', en: 'Not read: paused' },
  'page-cap': { id: 'Dibaca sebagian: terlalu banyak unggahan', en: 'Partly read: too many posts' },
  'not-proved': {
    id: 'Tidak dibaca: kepemilikan belum dibuktikan',
    en: 'Not read: ownership not yet proved',
  },
  'not-in-force': {
    id: 'Tidak dibaca: pendaftaran tidak berlaku',
    en: 'Not read: the registration is not in force',
  },
  'no-active-contest': { id: 'Tidak dibaca: tidak ada pemilihan', en: 'Not read: no election is on' },
  'host-not-approved': {
    id: 'Tidak dibaca: peladen belum disetujui',
    en: 'Not read: the server is not approved',
  },
  'gates-closed': { id: 'Tidak dibaca: syarat hukum belum lengkap', en: 'Not read: a legal gate is closed' },
  'not-confirmed': { id: 'Tidak dibaca: belum Anda konfirmasi', en: 'Not read: not confirmed by you' },
  'not-identified': { id: 'Tidak dibaca: akun belum dikenali', en: 'Not read: the account is not known yet' },
  withdrawn: { id: 'Tidak dibaca: dicabut', en: 'Not read: withdrawn' },
  'not-read': {
    id: 'Tidak pernah dibaca: jaringan ini tidak dibaca Netral',
    en: 'Never read: Netral does not read this network',
  },
  'not-yet-looked-at': { id: 'Belum dibaca', en: 'Not read yet' },
} as const satisfies Record<StandingReason, Said>;

/** What a network answered when it was asked whose the handle is. */
export const LOOKUPS = {
  found: { id: 'Dikenal', en: 'Known' },
  'not-found': { id: 'Akun ini tidak dikenal', en: 'There is no such account' },
  moved: { id: 'Akun ini telah pindah; daftarkan akun yang baru', en: 'It has moved; register the new one' },
  'opted-out': { id: 'Akun ini meminta agar tidak dibaca', en: 'It asks not to be read' },
  'needs-token': { id: 'Peladennya meminta izin masuk', en: 'Its server asks for a token' },
  throttled: { id: 'Peladennya meminta jeda', en: 'Its server asked for peace' },
  unreachable: { id: 'Peladennya tidak menjawab', en: 'Its server did not answer' },
  malformed: { id: 'Jawabannya tidak dapat dibaca', en: 'Its answer cannot be read' },
  taken: { id: 'Akun ini terdaftar atas nama orang lain', en: 'It is registered for somebody else' },
  'not-read': { id: 'Jaringan ini tidak dibaca', en: 'This network is not read' },
} as const satisfies Record<LookupEnd, Said>;

export const REQUEST_KINDS = {
  access: { id: 'Akses atas data saya', en: 'Access to my data' },
  correction: { id: 'Pembetulan data', en: 'Correction' },
  erasure: { id: 'Penghapusan data', en: 'Erasure' },
  objection: { id: 'Keberatan atas pemrosesan', en: 'Objection to the processing' },
  restriction: { id: 'Pembatasan pemrosesan', en: 'Restriction of the processing' },
  complaint: { id: 'Pengaduan', en: 'A complaint' },
} as const satisfies Record<RequestKind, Said>;

export const OUTCOMES = {
  granted: { id: 'Dikabulkan', en: 'Granted' },
  'partly-granted': { id: 'Dikabulkan sebagian', en: 'Granted in part' },
  refused: { id: 'Ditolak', en: 'Refused' },
} as const satisfies Record<RequestOutcome, Said>;

import type { Language } from '../registry/person.js';
import type { AnswerKind, DismissReason, PursueReason } from './acts.js';

type Label = Readonly<Record<Language, string>>;

/** Why nothing further happens, as people read it. */
export const DISMISS_LABELS = {
  'not-electoral': { id: 'Tidak menyangkut pemilihan', en: 'Not about an election' },
  'no-support-expressed': { id: 'Tidak menyatakan dukungan', en: 'Expresses no support' },
  'neutral-information': { id: 'Informasi yang netral', en: 'Neutral information' },
  'quotation-or-report': { id: 'Kutipan atau pemberitaan', en: 'A quotation or a report' },
  'joke-or-other-sense': { id: 'Gurauan atau bermakna lain', en: 'A joke, or another sense' },
  'not-own-act': { id: 'Bukan perbuatan ASN yang bersangkutan', en: "Not the person's own act" },
  accidental: { id: 'Tidak disengaja', en: 'By accident' },
  'before-or-after-contest': { id: 'Di luar masa pemilihan', en: 'Outside the election period' },
  'insufficient-evidence': { id: 'Bahan tidak cukup', en: 'Not enough to go on' },
} as const satisfies Record<DismissReason, Label>;

/** Why the holder is asked, or the superior told. */
export const PURSUE_LABELS = {
  'call-to-vote': { id: 'Ajakan memilih', en: 'A call to vote' },
  'expressed-support': { id: 'Pernyataan dukungan', en: 'Support expressed' },
  'campaign-content': { id: 'Konten kampanye', en: 'Campaign content' },
  'campaign-event': { id: 'Kegiatan kampanye', en: 'A campaign event' },
  'campaign-team': { id: 'Tim atau grup pemenangan', en: 'A campaign team or group' },
  'directive-to-others': { id: 'Arahan kepada orang lain', en: 'A directive to others' },
  'other-in-code': { id: 'Hal lain dalam kode netralitas', en: 'Something else in the code' },
} as const satisfies Record<PursueReason, Label>;

/** What a holder says of a post. */
export const ANSWER_LABELS = {
  explanation: { id: 'Penjelasan', en: 'An explanation' },
  'not-my-account': { id: 'Bukan akun saya', en: 'Not my account' },
  accident: { id: 'Tidak disengaja', en: 'An accident' },
  deleted: { id: 'Sudah dihapus', en: 'Deleted' },
} as const satisfies Record<AnswerKind, Label>;

const LABELS: ReadonlyMap<string, Label> = new Map(
  Object.entries({ ...DISMISS_LABELS, ...PURSUE_LABELS, ...ANSWER_LABELS }),
);

/** A reason, or a kind of answer, from the fixed lists as people read it. */
export const reasonText = (code: string | null, language: Language): string => {
  const label = code === null ? undefined : LABELS.get(code);
  if (label === undefined) throw new Error('This reason is on no list');
  return label[language];
};

import * as z from 'zod';
import type { Language } from '../registry/person.js';
import { DismissReason, PursueReason } from './acts.js';

const Reason = z.union([DismissReason, PursueReason]);
type Reason = z.infer<typeof Reason>;

const REASON_LABELS = {
  'not-electoral': { id: 'Tidak menyangkut pemilihan', en: 'Not about an election' },
  'no-support-expressed': { id: 'Tidak menyatakan dukungan', en: 'Expresses no support' },
  'neutral-information': { id: 'Informasi yang netral', en: 'Neutral information' },
  'quotation-or-report': { id: 'Kutipan atau pemberitaan', en: 'A quotation or a report' },
  'joke-or-other-sense': { id: 'Gurauan atau bermakna lain', en: 'A joke, or another sense' },
  'not-own-act': { id: 'Bukan perbuatan ASN yang bersangkutan', en: "Not the person's own act" },
  accidental: { id: 'Tidak disengaja', en: 'By accident' },
  'before-or-after-contest': { id: 'Di luar masa pemilihan', en: 'Outside the election period' },
  'insufficient-evidence': { id: 'Bahan tidak cukup', en: 'Not enough to go on' },
  'call-to-vote': { id: 'Ajakan memilih', en: 'A call to vote' },
  'expressed-support': { id: 'Pernyataan dukungan', en: 'Support expressed' },
  'campaign-content': { id: 'Konten kampanye', en: 'Campaign content' },
  'campaign-event': { id: 'Kegiatan kampanye', en: 'A campaign event' },
  'campaign-team': { id: 'Tim atau grup pemenangan', en: 'A campaign team or group' },
  'directive-to-others': { id: 'Arahan kepada orang lain', en: 'A directive to others' },
  'other-in-code': { id: 'Hal lain dalam kode netralitas', en: 'Something else in the code' },
} as const satisfies Record<Reason, Record<Language, string>>;

/** A reason from the fixed lists as people read it. */
export const reasonText = (code: string | null, language: Language): string =>
  REASON_LABELS[Reason.parse(code)][language];

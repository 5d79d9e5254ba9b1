import type { Agency } from '../domain/registry/agency.js';
import type { Language, Person } from '../domain/registry/person.js';
import type { Finding, Telling } from '../domain/review/finding.js';
import { reasonText } from '../domain/review/reason-labels.js';
import type { CodePack } from '../domain/screening/code-pack.js';
import type { LocalDate } from '../domain/time.js';
import type { Block } from './block.js';
import { dateText, momentText } from './dates.js';
import { letter, type Letter } from './letter.js';
import { openLink } from './open-link.js';
import { oneLine } from './plain-text.js';
import { provisionText } from './provision-text.js';

/** What a supervisor may be told: nothing before two people have concluded. */
export type Concluded = Exclude<Telling, 'clarification' | 'dismissed'>;

export interface DigestItem {
  readonly finding: Finding;
  readonly telling: Concluded;
  readonly holder: Pick<Person, 'id' | 'name' | 'unit' | 'supervisor'>;
}

export interface Digest {
  readonly agency: Agency;
  readonly code: Pick<CodePack, 'provisions'>;
  readonly publicUrl: string;
  readonly supervisor: Pick<Person, 'name' | 'language'>;
  readonly period: LocalDate;
  readonly items: readonly DigestItem[];
}

const WORDS = {
  id: {
    subject: (day: string) => `Hasil tinjauan netralitas, ${day}`,
    subjectWithCorrection: (day: string) => `Koreksi dan hasil tinjauan netralitas, ${day}`,
    greeting: (name: string) => `Yth. ${name},`,
    what: 'Berikut hasil tinjauan atas unggahan staf Anda. Setiap simpulan diambil oleh manusia: dua peninjau yang berbeda, setelah ASN yang bersangkutan diberi kesempatan menjawab.',
    limits:
      'Ini simpulan tinjauan, bukan putusan. Isi unggahan sengaja tidak dimuat; buka tautan untuk membacanya. Mohon tidak meneruskan surel ini.',
    asked:
      'Mohon dibuka dan dinyatakan telah dibaca. Dengarlah yang bersangkutan sebelum mengambil tindakan apa pun: simpulan yang diteruskan masih dapat ditarik setelah keberatannya diperiksa, dan Anda lalu menerima koreksi.',
    correction:
      'KOREKSI. Simpulan tentang unggahan ini telah ditarik setelah keberatan ASN yang bersangkutan diperiksa. Simpulan itu tidak berlaku lagi; mohon jangan digunakan untuk apa pun.',
    state: 'Keadaan',
    states: {
      referred: 'Diteruskan oleh peninjau kedua',
      objected: 'Diajukan keberatan; sedang diperiksa orang lain',
      confirmed: 'Dikuatkan setelah keberatan diperiksa',
      withdrawn: 'Ditarik',
    },
    reason: 'Simpulan peninjau',
    withdrawnReason: 'Alasan penarikan',
    provisions: 'Ketentuan yang mungkin terkait',
    posted: 'Tanggal unggahan',
    concluded: 'Tanggal simpulan',
    open: 'Buka untuk membaca',
  },
  en: {
    subject: (day: string) => `Results of the neutrality review, ${day}`,
    subjectWithCorrection: (day: string) => `Correction and results of the neutrality review, ${day}`,
    greeting: (name: string) => `Dear ${name},`,
    what: 'These are the results of reviews of posts by your staff. People drew each conclusion: two different reviewers, after the person concerned had the chance to answer.',
    limits:
      'This is the conclusion of a review, not a ruling. The posts are left out on purpose; open the link to read them. Please do not pass this mail on.',
    asked:
      'Please open each and take note of it. Hear the person concerned before you do anything: what was passed on may still be withdrawn after they object, and you then get a correction.',
    correction:
      'CORRECTION. The conclusion on this post was withdrawn after an objection of the person concerned was examined. It no longer counts; please do not use it for anything.',
    state: 'Where it stands',
    states: {
      referred: 'Passed on by the second reviewer',
      objected: 'Objected to; somebody else is examining it',
      confirmed: 'Confirmed after an objection was examined',
      withdrawn: 'Withdrawn',
    },
    reason: 'Conclusion of the reviewer',
    withdrawnReason: 'Reason for withdrawing',
    provisions: 'Provisions it may touch',
    posted: 'Date of the post',
    concluded: 'Date of the conclusion',
    open: 'Open to read',
  },
} as const satisfies Record<Language, unknown>;

const isWithdrawn = ({ telling }: DigestItem): boolean => telling === 'withdrawn';

const itemBlocks = (
  { agency, code, publicUrl, supervisor: { language } }: Digest,
  { finding, telling, holder }: DigestItem,
): readonly Block[] => {
  const words = WORDS[language];
  const conclusion = finding.history.findLast(({ act }) => ['refer', 'confirm', 'withdraw'].includes(act));
  if (conclusion === undefined) throw new Error(`Nobody has concluded on finding ${finding.id}`);
  const withdrawn = telling === 'withdrawn';
  const link = { kind: 'link', label: words.open, href: openLink(publicUrl, finding) } as const;
  if (agency.review.superiorMail === 'links')
    return [{ kind: 'facts', rows: [[words.state, words.states[telling]]] }, link];
  return [
    { kind: 'heading', text: `${holder.name} · ${holder.unit}` },
    ...(withdrawn ? [{ kind: 'text', text: words.correction } as const] : []),
    {
      kind: 'facts',
      rows: [
        [words.state, words.states[telling]],
        [withdrawn ? words.withdrawnReason : words.reason, reasonText(conclusion.code, language)],
        [words.provisions, provisionText(code, finding.indication.provisions, language)],
        [words.posted, momentText(finding.postedAt, agency.timeZone, language)],
        [words.concluded, momentText(conclusion.at, agency.timeZone, language)],
      ],
    },
    link,
  ];
};

/** What people concluded about a supervisor's staff, corrections first. It holds the minimum: no post, no number. */
export const digest = (matter: Digest): Letter => {
  const { agency, supervisor, period, items } = matter;
  const words = WORDS[supervisor.language];
  const day = dateText(period, supervisor.language);
  const corrections = items.filter(isWithdrawn);
  const others = items.filter((item) => !isWithdrawn(item));
  return letter({
    agency,
    language: supervisor.language,
    subject: corrections.length > 0 ? words.subjectWithCorrection(day) : words.subject(day),
    blocks: [
      { kind: 'text', text: words.greeting(oneLine(supervisor.name)) },
      { kind: 'text', text: words.what },
      { kind: 'text', text: words.limits },
      ...(others.length === 0 ? [] : [{ kind: 'text', text: words.asked } as const]),
      ...[...corrections, ...others].flatMap((item) => itemBlocks(matter, item)),
    ],
  });
};

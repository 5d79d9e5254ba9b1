import type { Agency } from '../../shared/domain/registry/agency.js';
import type { Language, Person, Role } from '../../shared/domain/registry/person.js';
import { millisecondsBetween, milliseconds, type Instant, type LocalDate } from '../../shared/domain/time.js';
import { dateText } from '../../shared/mail/dates.js';
import { deskLink } from '../../shared/mail/open-link.js';
import { letter, type Letter } from '../../shared/mail/letter.js';
import { oneLine } from '../../shared/mail/plain-text.js';
import type { WaitingCounts, WaitingFor } from './waiting.js';

export interface WorkList {
  readonly agency: Agency;
  readonly publicUrl: string;
  readonly reader: Pick<Person, 'name' | 'language' | 'roles'>;
  readonly period: LocalDate;
  readonly counts: WaitingCounts;
  readonly at: Instant;
}

/** Who is to act on what: reviewers review; the officer answers requests and finds another way to a holder. */
const WORK: readonly (readonly [Role, WaitingFor])[] = [
  ['analyst', 'first-look'],
  ['analyst', 'conclusion'],
  ['analyst', 'objection'],
  ['officer', 'request-overdue'],
  ['officer', 'request'],
  ['officer', 'holder-unreachable'],
  ['officer', 'superior-unreachable'],
];

const WORDS = {
  id: {
    subject: (day: string) => `Daftar kerja tinjauan, ${day}`,
    greeting: (name: string) => `Yth. ${name},`,
    what: 'Hal-hal berikut menunggu Anda. Nama dan isi unggahan tidak dimuat dalam surel ini.',
    queues: {
      'first-look': 'Menunggu tinjauan pertama',
      conclusion: 'Menunggu simpulan peninjau kedua',
      objection: 'Keberatan yang menunggu pemeriksaan',
      'holder-unreachable': 'Permintaan klarifikasi yang tidak dapat disampaikan',
      'superior-unreachable': 'Simpulan yang tidak dapat disampaikan kepada atasan',
      request: 'Permohonan pemilik data yang menunggu jawaban (3 × 24 jam)',
      'request-overdue': 'Permohonan pemilik data yang sudah LEWAT WAKTU',
    },
    row: (count: number, days: number) =>
      `${count}, terlama ${days === 0 ? 'kurang dari 1 hari' : `${days} hari`}`,
    desk: 'Buka meja tinjauan',
    officer: 'Permohonan dan hal yang tidak tersampaikan dibuka dengan perintah netral requests list.',
  },
  en: {
    subject: (day: string) => `Review work list, ${day}`,
    greeting: (name: string) => `Dear ${name},`,
    what: 'This waits for you. Names and posts are left out of this mail.',
    queues: {
      'first-look': 'Waiting for a first look',
      conclusion: 'Waiting for the conclusion of a second reviewer',
      objection: 'Objections to be examined',
      'holder-unreachable': 'Questions that could not be delivered',
      'superior-unreachable': 'Conclusions that reach no superior',
      request: 'Requests of data subjects to be answered (3 × 24 hours)',
      'request-overdue': 'Requests of data subjects that are OVERDUE',
    },
    row: (count: number, days: number) =>
      `${count}, the oldest for ${days === 0 ? 'less than 1 day' : days === 1 ? '1 day' : `${days} days`}`,
    desk: 'Open the review desk',
    officer: 'Requests and what could not be delivered open with the command netral requests list.',
  },
} as const satisfies Record<Language, unknown>;

const wholeDays = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor(millisecondsBetween(from, to) / milliseconds({ days: 1 })));

/** Counts and ages of what waits for the reader's roles, and nothing of whom it is about; `null` when nothing does. */
export const workList = ({ agency, publicUrl, reader, period, counts, at }: WorkList): Letter | null => {
  const words = WORDS[reader.language];
  const rows = WORK.flatMap(([role, queue]) => {
    const waiting = counts[queue];
    if (waiting === undefined || !reader.roles.includes(role)) return [];
    return [[words.queues[queue], words.row(waiting.count, wholeDays(waiting.oldest, at))] as const];
  });
  if (rows.length === 0) return null;
  return letter({
    agency,
    language: reader.language,
    subject: words.subject(dateText(period, reader.language)),
    blocks: [
      { kind: 'text', text: words.greeting(oneLine(reader.name)) },
      { kind: 'text', text: words.what },
      { kind: 'facts', rows },
      ...(reader.roles.includes('analyst')
        ? [{ kind: 'link', label: words.desk, href: deskLink(publicUrl) } as const]
        : []),
      ...(reader.roles.includes('officer') ? [{ kind: 'text', text: words.officer } as const] : []),
    ],
  });
};

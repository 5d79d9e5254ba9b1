import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency, Notice } from '../../shared/domain/registry/agency.js';
import type { Language, Person } from '../../shared/domain/registry/person.js';
import { letter, type Letter } from '../../shared/mail/letter.js';
import { dateText } from '../../shared/mail/dates.js';
import { oneLine } from '../../shared/mail/plain-text.js';

export interface Invitation {
  readonly agency: Agency;
  readonly notice: Notice;
  readonly holder: Pick<Person, 'name' | 'language'>;
  readonly account: Pick<Account, 'handle' | 'effectiveFrom'>;
  /** The address with the signed token. */
  readonly link: string;
}

const WORDS = {
  id: {
    subject: 'Mohon konfirmasi akun yang didaftarkan atas nama Anda',
    greeting: (name: string) => `Yth. ${name},`,
    why: (agency: string) =>
      `${agency} menjaga netralitas ASN dalam pemilihan. Akun di bawah ini didaftarkan sebagai akun Anda.`,
    account: 'Akun',
    from: 'Berlaku mulai',
    notYet: 'Belum ada satu pun unggahan yang dibaca, dan tidak akan dibaca sebelum Anda mengonfirmasi.',
    meaning: 'Artinya bila Anda mengonfirmasi',
    points: [
      'Hanya unggahan publik dari akun ini yang dibaca, dan hanya selama ada pemilihan di wilayah Anda.',
      'Satu-satunya yang diperiksa adalah kode netralitas. Kritik terhadap pemerintah atau kebijakan bukan urusannya.',
      'Unggahan tanpa indikasi tidak disimpan.',
      'Indikasi ditinjau oleh manusia, dan Anda didengar sebelum apa pun disampaikan kepada atasan.',
      'Anda dapat melihat semua catatan tentang Anda, menjeda, memperbaiki, atau mencabut pendaftaran ini.',
    ],
    notice: 'Pemberitahuan',
    version: (version: string) => `Versi ${version}`,
    confirm: 'Baca dan konfirmasi',
    otherwise:
      'Tautan ini berlaku 14 hari. Bila akun ini bukan milik Anda, jangan konfirmasi; beri tahu pejabat yang disebut di bawah.',
  },
  en: {
    subject: 'Please confirm an account registered in your name',
    greeting: (name: string) => `Dear ${name},`,
    why: (agency: string) =>
      `${agency} keeps its civil servants neutral in elections. The account below was registered as yours.`,
    account: 'Account',
    from: 'In force from',
    notYet: 'Not a single post has been read, and none will be before you confirm.',
    meaning: 'What it means if you confirm',
    points: [
      'Only public posts of this account are read, and only while an election is on in your area.',
      'Nothing but the neutrality code is looked at. Criticism of the government or its policy is no concern of it.',
      'Posts without an indication are not kept.',
      'People review an indication, and you are heard before anything reaches your superior.',
      'You can see everything on record about you, and pause, correct or withdraw this registration.',
    ],
    notice: 'Notice',
    version: (version: string) => `Version ${version}`,
    confirm: 'Read and confirm',
    otherwise:
      'This link is good for 14 days. If the account is not yours, do not confirm; tell the officer named below.',
  },
} as const satisfies Record<Language, unknown>;

/** Tells a holder which account is to be looked at and what that means, and asks them to confirm it. */
export const invitation = ({ agency, notice, holder, account, link }: Invitation): Letter => {
  const { language } = holder;
  const words = WORDS[language];
  return letter({
    agency,
    language,
    subject: words.subject,
    blocks: [
      { kind: 'text', text: words.greeting(oneLine(holder.name)) },
      { kind: 'text', text: words.why(oneLine(agency.name)) },
      {
        kind: 'facts',
        rows: [
          [words.account, account.handle],
          [words.from, dateText(account.effectiveFrom, language)],
        ],
      },
      { kind: 'text', text: words.notYet },
      { kind: 'heading', text: words.meaning },
      { kind: 'list', items: words.points },
      { kind: 'heading', text: words.notice },
      { kind: 'text', text: notice.text[language] },
      { kind: 'text', text: words.version(oneLine(notice.version)) },
      { kind: 'link', label: words.confirm, href: link },
      { kind: 'text', text: words.otherwise },
    ],
  });
};

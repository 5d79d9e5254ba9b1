import type { Language } from '../../shared/domain/registry/person.js';
import type { Telling } from '../../shared/domain/review/finding.js';
import { momentText } from '../../shared/mail/dates.js';
import { letter, type Letter } from '../../shared/mail/letter.js';
import { openLink } from '../../shared/mail/open-link.js';
import { oneLine } from '../../shared/mail/plain-text.js';
import { provisionText } from '../../shared/mail/provision-text.js';
import type { HolderMatter } from './holder-matter.js';

/** What a holder is told after they were asked. */
export type Outcome = Exclude<Telling, 'clarification'>;

interface OutcomeWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

const OUTCOMES = {
  id: {
    dismissed: {
      subject: 'Tinjauan atas unggahan Anda telah ditutup',
      paragraphs: [
        'Tinjauan atas satu unggahan Anda telah ditutup. Peninjau menyimpulkan bahwa tidak ada yang perlu ditindaklanjuti.',
        'Atasan Anda tidak diberi tahu, dan tidak ada yang perlu Anda lakukan. Isi unggahan itu akan dihapus dari sistem setelah masa simpannya berakhir.',
      ],
    },
    referred: {
      subject: 'Simpulan tinjauan atas unggahan Anda diteruskan',
      paragraphs: [
        'Dua peninjau yang berbeda telah meninjau satu unggahan Anda. Peninjau kedua menyimpulkan bahwa unggahan itu perlu diteruskan kepada atasan langsung Anda.',
        'Ini simpulan tinjauan, bukan putusan. Tindak lanjutnya hanya dapat diambil oleh pejabat yang berwenang, setelah mendengar Anda.',
        'Anda berhak mengajukan keberatan. Keberatan diperiksa oleh orang yang belum pernah mengambil keputusan dalam tinjauan ini, yang akan menguatkan atau menarik simpulan tersebut. Anda dapat mengajukannya selama catatan tinjauan ini masih disimpan.',
      ],
    },
    objected: {
      subject: 'Keberatan Anda telah diterima',
      paragraphs: [
        'Keberatan Anda telah diterima dan dicatat. Keberatan itu akan diperiksa oleh orang yang belum pernah mengambil keputusan dalam tinjauan ini.',
        'Atasan Anda akan diberi tahu bahwa simpulan tersebut sedang Anda sanggah. Hasilnya akan kami kabarkan kepada Anda.',
      ],
    },
    confirmed: {
      subject: 'Keberatan Anda telah diperiksa: simpulan dikuatkan',
      paragraphs: [
        'Keberatan Anda telah diperiksa oleh orang yang belum pernah mengambil keputusan dalam tinjauan ini. Simpulan tinjauan dikuatkan.',
        'Ini simpulan tinjauan, bukan putusan. Tindak lanjutnya hanya dapat diambil oleh pejabat yang berwenang, setelah mendengar Anda.',
      ],
    },
    withdrawn: {
      subject: 'Keberatan Anda telah diperiksa: simpulan ditarik',
      paragraphs: [
        'Keberatan Anda telah diperiksa oleh orang yang belum pernah mengambil keputusan dalam tinjauan ini. Simpulan tinjauan ditarik dan tidak berlaku lagi.',
        'Bila atasan Anda pernah diberi tahu, ia menerima koreksi. Tidak ada yang perlu Anda lakukan. Isi unggahan itu akan dihapus dari sistem setelah masa simpannya berakhir.',
      ],
    },
  },
  en: {
    dismissed: {
      subject: 'The review of your post is closed',
      paragraphs: [
        'The review of one of your posts is closed. The reviewer concluded that there is nothing to follow up.',
        'Your superior was not told, and you need not do anything. The text of the post will be deleted from the system when its retention ends.',
      ],
    },
    referred: {
      subject: 'The conclusion on your post has been passed on',
      paragraphs: [
        'Two different reviewers have looked at one of your posts. The second concluded that it should be passed on to your direct superior.',
        'This is the conclusion of a review, not a ruling. Only the competent official can take it further, after hearing you.',
        'You have the right to object. An objection is examined by somebody who has decided nothing in this matter before; they confirm the conclusion or withdraw it. You may object as long as the record of this review is kept.',
      ],
    },
    objected: {
      subject: 'Your objection has been received',
      paragraphs: [
        'Your objection has been received and recorded. Somebody who has decided nothing in this matter before will examine it.',
        'Your superior will be told that you contest the conclusion. We will let you know the result.',
      ],
    },
    confirmed: {
      subject: 'Your objection has been examined: the conclusion stands',
      paragraphs: [
        'Your objection was examined by somebody who had decided nothing in this matter before. The conclusion of the review is confirmed.',
        'This is the conclusion of a review, not a ruling. Only the competent official can take it further, after hearing you.',
      ],
    },
    withdrawn: {
      subject: 'Your objection has been examined: the conclusion is withdrawn',
      paragraphs: [
        'Your objection was examined by somebody who had decided nothing in this matter before. The conclusion of the review is withdrawn and no longer counts.',
        'If your superior had been told, they receive a correction. You need not do anything. The text of the post will be deleted from the system when its retention ends.',
      ],
    },
  },
} as const satisfies Record<Language, Record<Outcome, OutcomeWords>>;

const WORDS = {
  id: {
    greeting: (name: string) => `Yth. ${name},`,
    account: 'Akun',
    posted: 'Tanggal unggahan',
    provisions: 'Ketentuan yang ditinjau',
    open: 'Buka catatan lengkap',
    openToObject: 'Buka catatan lengkap atau ajukan keberatan',
  },
  en: {
    greeting: (name: string) => `Dear ${name},`,
    account: 'Account',
    posted: 'Date of the post',
    provisions: 'Provisions reviewed',
    open: 'Open the full record',
    openToObject: 'Open the full record, or object',
  },
} as const satisfies Record<Language, unknown>;

/** Tells the holder how their matter stands. Without the post's words: the link leads to them. */
export const outcome = (
  { agency, code, publicUrl, holder, account, finding }: HolderMatter,
  telling: Outcome,
): Letter => {
  const { language } = holder;
  const words = WORDS[language];
  const { subject, paragraphs } = OUTCOMES[language][telling];
  return letter({
    agency,
    language,
    subject,
    blocks: [
      { kind: 'text', text: words.greeting(oneLine(holder.name)) },
      ...paragraphs.map((text) => ({ kind: 'text', text }) as const),
      {
        kind: 'facts',
        rows: [
          [words.account, account.handle],
          [words.posted, momentText(finding.postedAt, agency.timeZone, language)],
          [words.provisions, provisionText(code, finding.indication.provisions, language)],
        ],
      },
      {
        kind: 'link',
        label: telling === 'referred' ? words.openToObject : words.open,
        href: openLink(publicUrl, finding),
      },
    ],
  });
};

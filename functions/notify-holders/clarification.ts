import { areHolidaysKnown } from '../../shared/domain/calendar/holidays.js';
import type { Language } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { FIELD_LABELS, RELATION_LABELS } from '../../shared/domain/review/post-labels.js';
import { localDate, minus, type Instant } from '../../shared/domain/time.js';
import type { Block } from '../../shared/mail/block.js';
import { deadlineText, momentText } from '../../shared/mail/dates.js';
import { letter, type Letter } from '../../shared/mail/letter.js';
import { openLink } from '../../shared/mail/open-link.js';
import { oneLine } from '../../shared/mail/plain-text.js';
import { provisionText } from '../../shared/mail/provision-text.js';
import type { HolderMatter } from './holder-matter.js';

const WORDS = {
  id: {
    subject: 'Permintaan klarifikasi atas satu unggahan Anda',
    greeting: (name: string) => `Yth. ${name},`,
    why: 'Satu unggahan dari akun yang Anda daftarkan ditandai sistem sebagai indikasi yang perlu ditinjau. Seorang peninjau telah membacanya dan ingin mendengar Anda lebih dahulu.',
    nothingDecided:
      'Belum ada keputusan apa pun, dan atasan Anda tidak diberi tahu. Unggahan ini hanya dapat diteruskan kepada atasan oleh peninjau lain, setelah Anda menjawab atau batas waktu menjawab berakhir.',
    account: 'Akun',
    posted: 'Tanggal unggahan',
    provisions: 'Ketentuan yang mungkin terkait',
    post: 'Unggahan tersebut',
    until: 'Jawaban ditunggu sampai',
    provisional: 'Batas ini sementara, karena hari libur tahun itu belum tercatat di sini.',
    how: 'Cara menjawab',
    answers: [
      'Berikan penjelasan Anda, misalnya maksud dan keadaan saat mengunggah.',
      'Nyatakan bila akun itu bukan akun Anda; akun itu lalu dijeda, dan pejabat diminta mengoreksi pendaftarannya.',
      'Nyatakan bila unggahan itu tidak disengaja.',
      'Nyatakan bila unggahan itu sudah Anda hapus.',
    ],
    weight:
      'Ketiga jawaban terakhir diperhitungkan untuk kepentingan Anda. Anda juga dapat menjawab melalui pejabat yang disebut di bawah.',
    readers:
      'Jawaban Anda dibaca para peninjau, yang tidak diberi tahu nama Anda. Atasan Anda hanya membacanya bila unggahan ini diteruskan.',
    silence:
      'Bila Anda tidak menjawab, peninjau lain menyimpulkan dari unggahan itu saja. Jawaban yang datang setelah batas waktu tetap dilampirkan selama belum ada simpulan.',
    open: 'Buka dan jawab',
  },
  en: {
    subject: 'Please tell us about one of your posts',
    greeting: (name: string) => `Dear ${name},`,
    why: 'The system marked one post of an account that you registered as an indication to be reviewed. A reviewer has read it and wants to hear you first.',
    nothingDecided:
      'Nothing has been decided, and your superior has not been told. Only another reviewer can pass it on to them, after you have answered or the time to answer has ended.',
    account: 'Account',
    posted: 'Date of the post',
    provisions: 'Provisions it may touch',
    post: 'The post',
    until: 'You can answer until',
    provisional: 'This end is provisional, since that year’s holidays are not on file here.',
    how: 'How to answer',
    answers: [
      'Explain, for example what you meant and how you came to post it.',
      'Say so if the account is not yours; it is then paused, and the officer is asked to correct its registration.',
      'Say so if you posted it by accident.',
      'Say so if you have deleted it.',
    ],
    weight:
      'The last three answers count in your favour. You can also answer through the officer named below.',
    readers:
      'The reviewers read your answer and are not told your name. Your superior reads it only if the post is passed on.',
    silence:
      'If you do not answer, another reviewer concludes from the post alone. An answer that comes late is still attached as long as nothing is concluded.',
    open: 'Open and answer',
  },
} as const satisfies Record<Language, unknown>;

const postBlocks = ({ parts, context }: Finding, language: Language): readonly Block[] => {
  const pieces = [
    ...parts.map(({ field, text }) => ({ label: FIELD_LABELS[field], text })),
    ...(context === null ? [] : [{ label: RELATION_LABELS[context.relation], text: context.text }]),
  ];
  return pieces.flatMap(({ label, text }) => [
    { kind: 'text', text: `${label[language]}:` },
    { kind: 'quote', text },
  ]);
};

/** Asks the holder, with the post itself, the provision, and the end of the window that begins with this mail. */
export const clarification = (
  { agency, code, publicUrl, holder, account, finding }: HolderMatter,
  replyBy: Instant,
): Letter => {
  const { language } = holder;
  const { timeZone } = agency;
  const words = WORDS[language];
  // It ends with the midnight after its last day.
  const isProvisional = !areHolidaysKnown(localDate(minus(replyBy, { seconds: 1 }), timeZone));
  return letter({
    agency,
    language,
    subject: words.subject,
    blocks: [
      { kind: 'text', text: words.greeting(oneLine(holder.name)) },
      { kind: 'text', text: words.why },
      { kind: 'text', text: words.nothingDecided },
      {
        kind: 'facts',
        rows: [
          [words.account, account.handle],
          [words.posted, momentText(finding.postedAt, timeZone, language)],
          [words.provisions, provisionText(code, finding.indication.provisions, language)],
          [words.until, deadlineText(replyBy, timeZone, language)],
        ],
      },
      ...(isProvisional ? [{ kind: 'text' as const, text: words.provisional }] : []),
      { kind: 'heading', text: words.post },
      ...postBlocks(finding, language),
      { kind: 'heading', text: words.how },
      { kind: 'list', items: words.answers },
      { kind: 'text', text: words.weight },
      { kind: 'text', text: words.readers },
      { kind: 'text', text: words.silence },
      { kind: 'link', label: words.open, href: openLink(publicUrl, finding) },
    ],
  });
};

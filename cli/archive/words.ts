import type { ArchiveContents } from './read-archive.js';
import type { ArchiveNetwork, ArchivePost } from './archive-post.js';
import type { RefusalKind } from './refusal.js';

export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

type Words<Name extends string> = Readonly<Record<Name, Readonly<Record<Language, string>>>>;

export const NETWORK_NAMES: Readonly<Record<ArchiveNetwork, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  threads: 'Threads',
  tiktok: 'TikTok',
  x: 'X',
  youtube: 'YouTube',
};

const named = (about: string): string => {
  const network = Object.entries(NETWORK_NAMES).find(([id]) => id === about);
  return network?.[1] ?? about;
};

/** What is wrong, and what to do. `{about}` is a name in the archive, or of the network. */
const REFUSALS: Words<RefusalKind> = {
  missing: {
    id: 'Berkas {about} tidak ada. Periksa nama dan foldernya.',
    en: 'There is no file {about}. Check its name and folder.',
  },
  folder: {
    id: '{about} adalah folder. Berikan berkas ZIP sebagaimana diunduh, jangan diekstrak dulu.',
    en: '{about} is a folder. Give the ZIP file as it was downloaded, not unpacked.',
  },
  empty: {
    id: 'Berkas ini kosong. Unduh lagi dari jejaringnya.',
    en: 'This file is empty. Download it again from the network.',
  },
  picture: {
    id: 'Ini foto atau video, bukan arsip. Berikan berkas ZIP dari “Unduh data Anda”.',
    en: 'This is a picture or a video, not an archive. Give the ZIP file from “Download your data”.',
  },
  'other-packing': {
    id: 'Berkas ini dikemas dengan cara lain (.tgz, .rar, .7z). Minta arsip sebagai .zip.',
    en: 'This file is packed another way (.tgz, .rar, .7z). Request the archive as .zip.',
  },
  'bare-data': {
    id: 'Ini satu berkas dari dalam arsip. Berikan berkas ZIP-nya utuh, sebagaimana diunduh.',
    en: 'This is one file out of an archive. Give the whole ZIP file, as it was downloaded.',
  },
  'not-an-archive': {
    id: 'Ini bukan arsip ZIP. Berikan berkas ZIP dari “Unduh data Anda”.',
    en: 'This is no ZIP archive. Give the ZIP file from “Download your data”.',
  },
  damaged: {
    id: 'Arsip ini rusak atau terpotong. Unduh lagi sampai selesai.',
    en: 'This archive is damaged or cut off. Download it again to its end.',
  },
  encrypted: {
    id: 'Isi arsip ini terkunci kata sandi ({about}). Arsip dari jejaring tidak dikunci; berikan yang asli.',
    en: 'Files in this archive are locked with a password ({about}). The networks’ archives are not; give the original.',
  },
  'path-trick': {
    id: 'Arsip ini memuat nama yang mencurigakan ({about}) dan tidak dibaca. Unduh lagi dari jejaringnya.',
    en: 'This archive has a suspicious name in it ({about}) and is not read. Download it again from the network.',
  },
  'too-many-files': {
    id: 'Arsip ini memuat terlalu banyak berkas. Minta arsip yang hanya berisi kiriman Anda.',
    en: 'There are too many files in this archive. Request one that has only your posts.',
  },
  bomb: {
    id: 'Isi arsip ini jauh lebih besar daripada berkasnya, seperti bom ZIP, dan tidak dibaca. Unduh lagi dari jejaringnya.',
    en: 'This archive unpacks to far more than it is, like a ZIP bomb, and is not read. Download it again from the network.',
  },
  nested: {
    id: 'Di dalam arsip ini ada arsip lain. Ekstrak yang luar, lalu berikan ZIP yang di dalamnya.',
    en: 'There is another archive within this one. Unpack the outer one, and give the ZIP that is inside.',
  },
  'unknown-network': {
    id: 'Ini bukan arsip Facebook, Instagram, Threads, TikTok, X, atau YouTube yang dikenal. Jika arsip Anda terdiri atas beberapa ZIP, coba yang lain.',
    en: 'This is no archive of Facebook, Instagram, Threads, TikTok, X or YouTube as they are known. If yours has several ZIPs, try the others.',
  },
  'other-network': {
    id: 'Ini arsip {about}, bukan jejaring yang Anda sebut dengan --network.',
    en: 'This is an archive of {about}, not of the network that you named with --network.',
  },
  'several-networks': {
    id: 'Arsip ini memuat beberapa jejaring: {about}. Pilih satu dengan --network.',
    en: 'This archive has several networks in it: {about}. Choose one with --network.',
  },
  'several-archives': {
    id: 'Arsip ini memuat lebih dari satu unduhan. Berikan satu per satu.',
    en: 'There is more than one download in this archive. Give them one by one.',
  },
  'other-format': {
    id: 'Arsip {about} ini berupa halaman web atau teks. Minta lagi dan pilih format JSON (YouTube: CSV; X: arsip lengkap yang baru).',
    en: 'This archive of {about} is web pages or text. Request it again as JSON (YouTube: CSV; X: a new, complete archive).',
  },
  'other-language': {
    id: 'Nama kolom arsip YouTube ini tidak dikenal, atau isinya bukan kiriman Anda. Ubah bahasa akun Google ke English, lalu minta lagi dengan videos, comments, dan posts.',
    en: 'The columns of this YouTube archive are not known, or it has none of your posts. Set your Google account to English, and request it again with videos, comments and posts.',
  },
  'without-posts': {
    id: 'Arsip {about} ini tidak memuat kiriman. Minta lagi dengan kiriman Anda; jika terdiri atas beberapa ZIP, coba yang lain.',
    en: 'There are no posts in this archive of {about}. Request it with your posts; if it has several ZIPs, try the others.',
  },
  unreadable: {
    id: 'Isi arsip ini tidak seperti yang didokumentasikan jejaringnya. Unduh lagi; jika tetap begitu, beri tahu pejabat PDP.',
    en: 'What is in this archive is not as the network documents it. Download it again; if it stays so, tell the data-protection officer.',
  },
  'private-account': {
    id: 'Menurut arsipnya, akun {about} tertutup (privat). Kiriman yang tidak publik tidak dibaca dan tidak perlu dikirim.',
    en: 'By its archive the account {about} is private. Posts that are not public are not read and need not be sent.',
  },
  'too-many-posts': {
    id: 'Ada lebih dari {about} kiriman pada tanggal-tanggal itu. Persempit dengan --from dan --to.',
    en: 'There are more than {about} posts between these dates. Narrow them with --from and --to.',
  },
};

export const refusalWords = (kind: RefusalKind, about: string, language: Language): string =>
  REFUSALS[kind][language].replaceAll('{about}', named(about));

const WORDS = {
  account: { id: 'akun', en: 'account' },
  unnamed: { id: 'tidak disebut dalam arsip', en: 'not named in the archive' },
  none: {
    id: 'Tidak ada kiriman publik pada tanggal-tanggal itu.',
    en: 'There is no public post between these dates.',
  },
  number: { id: 'NO', en: 'NO' },
  posted: { id: 'WAKTU (UTC)', en: 'POSTED (UTC)' },
  kind: { id: 'JENIS', en: 'KIND' },
  isPublic: { id: 'PUBLIK MENURUT', en: 'PUBLIC BY' },
  text: { id: 'ISI', en: 'TEXT' },
  post: { id: 'kiriman', en: 'post' },
  reply: { id: 'balasan', en: 'reply' },
  quote: { id: 'kutipan', en: 'quote' },
  share: { id: 'bagikan', en: 'share' },
  archive: { id: 'arsip', en: 'archive' },
  holder: { id: 'Anda?', en: 'you?' },
  'not-public': { id: 'tidak publik', en: 'not public' },
  outside: { id: 'di luar tanggal', en: 'outside of the dates' },
  'no-words': { id: 'tanpa kata-kata', en: 'without words' },
  unreadable: { id: 'tidak terbaca', en: 'unreadable' },
  left: { id: 'Tidak ditampilkan', en: 'Not listed' },
  'ask-public': {
    id: 'Arsip ini tidak menyebut siapa yang dapat melihat kiriman bertanda “Anda?”. Pilih hanya yang Anda bagikan kepada publik.',
    en: 'The archive does not say who may see what is marked “you?”. Choose only what you shared with everybody.',
  },
  local: {
    id: 'Daftar ini hanya ada di komputer Anda. Yang keluar hanya yang Anda pilih.',
    en: 'This list is on your computer only. Only what you choose leaves it.',
  },
  'choose-to-send': {
    id: 'Pilih yang dikirim ke instansi Anda: nomor (1,3-5), semua, atau kosong untuk tidak ada: ',
    en: 'Choose what is sent to your agency: numbers (1,3-5), all, or nothing for none: ',
  },
  choose: {
    id: 'Pilih yang ditulis ke berkas: nomor (1,3-5), semua, atau kosong untuk tidak ada: ',
    en: 'Choose what is written to the file: numbers (1,3-5), all, or nothing for none: ',
  },
  'chosen-none': {
    id: 'Tidak ada yang dipilih. Tidak ada yang keluar.',
    en: 'Nothing was chosen. Nothing has left.',
  },
  'bad-choice': {
    id: 'Pilihan itu tidak dimengerti. Tulis nomor dari daftar seperti 1,3-5, atau semua.',
    en: 'That choice is not understood. Write numbers of the list like 1,3-5, or all.',
  },
  'not-chosen': {
    id: 'Pilih dengan --choose, misalnya --choose 1,3-5 atau --choose semua.',
    en: 'Choose with --choose, like --choose 1,3-5 or --choose all.',
  },
  'bad-dates': {
    id: '--from dan --to harus tanggal seperti 2029-10-01, dan --from tidak setelah --to.',
    en: '--from and --to must be days like 2029-10-01, and --from not after --to.',
  },
  written: {
    id: 'kiriman ditulis ke',
    en: 'posts written to',
  },
  sent: {
    id: 'kiriman terkirim ke instansi Anda. Diperiksa seperti kiriman lain; yang tidak terindikasi dilupakan.',
    en: 'posts were sent to your agency. They are screened like any other; what indicates nothing is forgotten.',
  },
  again: {
    id: 'Perintah yang sama boleh diulang: yang sudah terkirim tidak menjadi dua.',
    en: 'The same command may be given again: what was sent does not become two.',
  },
  'no-account': {
    id: 'Anda tidak mempunyai akun yang terdaftar di jejaring ini. Tanyakan kepada administrator instansi Anda.',
    en: 'You have no registered account on this network. Ask your agency’s administrator.',
  },
  'other-account': {
    id: 'bukan akun Anda yang terdaftar. Jika ini akun yang sama dengan nama lain, sebut yang terdaftar dengan --account.',
    en: 'is not your registered account. If it is the same one by another name, name the registered one with --account.',
  },
  'which-account': {
    id: 'Arsip ini tidak menyebut nama akunnya. Sebut akun yang terdaftar dengan --account.',
    en: 'The archive does not say the name of its account. Name the registered one with --account.',
  },
  'bad-file': {
    id: 'bukan berkas pilihan yang ditulis oleh netral archive read --out.',
    en: 'is no file of choices that netral archive read --out wrote.',
  },
  exists: {
    id: 'berkas itu sudah ada dan tidak diganti. Pilih nama lain dengan --out.',
    en: 'that file is there already and is not replaced. Choose another name with --out.',
  },
  unwritable: {
    id: 'berkas itu tidak dapat ditulis. Pilih tempat lain dengan --out.',
    en: 'that file cannot be written. Choose another place with --out.',
  },
  'no-contest': {
    id: 'Tidak ada pemilihan yang tercatat. Tanpa itu tidak ada yang diminta dari Anda.',
    en: 'No contest is on record. Without one nothing is asked of you.',
  },
} as const satisfies Words<string>;

export const word = (name: keyof typeof WORDS, language: Language): string => WORDS[name][language];

const TEXT_SHOWN = 70;

/** A post as a row of the list. */
export const rowOf = (post: ArchivePost, index: number, language: Language): readonly string[] => {
  const text = [...post.parts.map((part) => part.text), post.context?.text ?? ''].join(' ').trim();
  return [
    String(index + 1),
    post.postedAt.slice(0, 16).replace('T', ' '),
    word(post.kind, language),
    word(post.public, language),
    text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text,
  ];
};

export const headerOf = (language: Language): readonly string[] =>
  (['number', 'posted', 'kind', 'isPublic', 'text'] as const).map((name) => word(name, language));

/** What was left out, in one line, or none. */
export const leftLine = (left: ArchiveContents['left'], language: Language): readonly string[] => {
  const parts = (['not-public', 'outside', 'no-words', 'unreadable'] as const)
    .filter((kind) => left[kind] > 0)
    .map((kind) => `${left[kind]} ${word(kind, language)}`);
  return parts.length === 0 ? [] : [`${word('left', language)}: ${parts.join(', ')}.`];
};

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { Finding } from '../domain/review/finding.js';
import { Indication } from '../domain/screening/verdict.js';

/** What the store's conditions, filters and updates look at stands open; all else is in `rest`. */
const Open = Finding.pick({ network: true, state: true, revision: true, untold: true, goneAt: true });

/** A finding as its row holds it. DynamoDB asks for each kilobyte of a row, and again for each index it is in (ADR 27). */
export const DenseFinding = z.strictObject({
  ...Open.partial({ untold: true, goneAt: true }).shape,
  indication: Indication.pick({ provisions: true }),
  /** JSON of the rest, deflated with `DICTIONARY`. */
  rest: z.instanceof(Uint8Array),
});
export type DenseFinding = z.infer<typeof DenseFinding>;

const Rest = z.looseObject({ indication: z.looseObject({}) });

/**
 * What a finding is likely to say, the likeliest last: words of posts, then how networks name posts, then a whole new
 * finding. A row is read by the very letters that it was written by, so this never changes; a better one would belong to a
 * `rest` of another name.
 */
const DICTIONARY = Buffer.from(
  [
    ' padahal ternyata sebelum selama waktu tengah dulu lain soal tentang masalah jelas benar penting tinggi besar kurang kasus hukum',
    ' ekonomi politik demokrasi pendidikan kesehatan kesejahteraan kebijakan pelayanan anggaran keuangan korupsi hasil data harga gratis',
    ' menyampaikan mengatakan menegaskan menyatakan menunjukkan melihat melakukan dilakukan memberikan membangun membawa membuat bikin',
    ' deklarasi debat visi misi koalisi relawan pendukung peserta anggota ketua pejabat menteri pemerintah pemerintahan pemimpin',
    ' kepemimpinan pembangunan perubahan perjuangan kemenangan pemilihan pasangan calon presiden wakil gubernur bupati wali kota kabupaten',
    ' provinsi daerah kecamatan desa negara negeri bangsa nasional Indonesia masyarakat rakyat warga publik keluarga saudara teman kawan',
    ' orang anak muda perempuan rumah sekolah kerja program jalan tempat hari ini tahun bulan besok kemarin sekarang nanti setelah sampai',
    ' karena kalau kalo jika tapi tetapi hanya cuma lagi masih belum pernah selalu terus makin semakin sangat sekali paling banget lebih',
    ' seperti sebagai menjadi jadi adalah merupakan bukan tidak nggak gak jangan harus bisa dapat mungkin mau akan sudah udah telah ada',
    ' semua seluruh setiap banyak beberapa satu dua tiga sama sendiri siapa apa kenapa bagaimana mana pada kepada untuk buat bagi oleh',
    ' dengan tanpa dari dalam terhadap terkait juga saja aja dong lah nya kok deh nih itu tersebut mereka beliau dia aku kamu kalian kami',
    ' Terima kasih Selamat pagi malam Alhamdulillah Semoga Mari Ayo bersama lanjutkan percaya yakin pasti siap maju menang sukses terbaik',
    ' #Pilih #Menang #Lanjutkan #Coblos paslon nomor urut satu nomor 3 nomor 2 nomor 1 coblos mencoblos memilih Pilih pilih pilihan kita',
    ' suara TPS KPU pemilu pilkada kampanye partai tim saya dan yang di ke Bapak Ibu Mas Mbak Bu Pak mendukung dukungan Dukung dukung',
    '"},{"field":"title content-warning alt-text link-card","text":"}],"context":{"relation":"reply-to quote share","text":"',
    'pilpres pileg pilgub pilwali pilbup before prospective registration nomination quiet voting counting after campaign',
    '"hashtag slogan party number campaign-account target:number act:vote wishing opposing directive promising praising vote-call',
    '"requests":[{"key":"","body":"","contents":{"1":{"salt":"","text":"","files":[{"file":"","bytes":1,"name":"',
    '"code":"accident deleted not-mine explained no-breach translation advice"},"lease":{"analyst":"","until":"',
    '"act":"confirm withdraw object refer close-window answer bounce notify clarify dismiss acknowledge note hold second-look',
    '"kind":"reply quote share","submitted":true,"edited":true,"epoch":2,"https://www.youtube.com/watch?v=youtube:video:',
    'at://did:plc:/app.bsky.feed.post/3https://bsky.app/profile/did:plc:/post/3.go.id/feed/atom.xml#.com/.id/',
    'https:///users//statuses/11https://mastodon./@/11{"id":"","post":"","account":"","epoch":1,"uri":"https://","url":"https://',
    '","kind":"post","edited":false,"submitted":false,"capture":null,"postedAt":"2026-11-01T00:00:00.000Z",',
    '"capturedAt":"2026-11-01T00:00:00.000Z","foundAt":"2026-11-01T00:00:00.000Z","parts":[{"field":"body","text":"',
    '"}],"context":null,"indication":{"kind":"indicated","contest":"pil","stage":"campaign","spans":[{"part":"context","start":1',
    '"},{"part":0,"start":0,"end":1,"rule":"backing-call"},{"part":0,"start":2,"end":3,"rule":"contestant"}],',
    '"rules":["backing-call","contestant"],"packs":[{"id":"pack-set","version":"15","hash":"',
    '"}]},"stateSince":"2026-11-01T00:00:00.000Z","replyBy":null,"legalHold":null,"history":[{"at":"2026-11-01T00:00:00.000Z",',
    '"actor":{"kind":"person","person":"","actor":{"kind":"job","job":"keep-time note-deliveries classify-posts"},"act":"indicate","code":null,',
    '"sequence":0,"commitment":null,"previous":null,"hash":"',
    '"}],"contents":{},"submitted":false,"capture":null,"desk":{"lease":null,"holdUntil":null,"away":[]},"requests":[]}',
  ].join(''),
);

export const dense = ({
  network,
  state,
  revision,
  untold,
  goneAt,
  indication: { provisions, ...why },
  ...rest
}: Finding): DenseFinding => ({
  network,
  state,
  revision,
  ...(untold.holder === null && untold.supervisor === null ? {} : { untold }),
  ...(goneAt === null ? {} : { goneAt }),
  indication: { provisions },
  rest: deflateRawSync(JSON.stringify({ ...rest, indication: why }), { level: 9, dictionary: DICTIONARY }),
});

/** The finding that a row holds. */
export const undense = ({ rest, indication, ...open }: DenseFinding): Finding => {
  const closed = Rest.parse(JSON.parse(inflateRawSync(rest, { dictionary: DICTIONARY }).toString()));
  return Finding.parse({
    untold: { holder: null, supervisor: null },
    ...closed,
    ...open,
    indication: { ...closed.indication, ...indication },
  });
};

import type { Evidence } from '../../shared/domain/review/evidence.js';
import { FIELD_LABELS, RELATION_LABELS } from '../../shared/domain/review/post-labels.js';
import { reasonText } from '../../shared/domain/review/reason-labels.js';
import type { Instant } from '../../shared/domain/time.js';
import { momentText } from '../../shared/mail/dates.js';
import { pageText } from './page.js';

const STATES = {
  referred: 'Diteruskan kepada atasan langsung.',
  objected: 'Diteruskan; ASN yang bersangkutan mengajukan keberatan, yang sedang diperiksa.',
  confirmed: 'Diteruskan; keberatan telah diperiksa dan simpulan dikuatkan.',
} as const;

const ACTS: Readonly<Record<string, string>> = {
  answer: 'Klarifikasi ASN yang bersangkutan',
  refer: 'Simpulan peninjau kedua: diteruskan',
  object: 'Keberatan ASN yang bersangkutan',
  confirm: 'Keberatan diperiksa: simpulan dikuatkan',
  acknowledge: 'Atasan telah membaca',
};

const stateText = ({ state }: Evidence['finding']): string =>
  state === 'referred' || state === 'objected' || state === 'confirmed' ? STATES[state] : state;

const reasonOf = (code: string | null): string => (code === null ? '' : reasonText(code, 'id'));

const confirmationText = (
  { confirmation }: Evidence['finding']['account'],
  moment: (at: Instant) => string,
): string => {
  if (confirmation === null) return 'tidak tercatat';
  const when = moment(confirmation.at);
  switch (confirmation.kind) {
    case 'link':
      return `oleh ASN yang bersangkutan melalui tautan pribadi, ${when}`;
    case 'declaration':
      return `oleh pernyataan tertulis ${confirmation.reference} tanggal ${confirmation.declaredOn}, dicatat ${when}`;
    case 'self':
      return `oleh ASN yang bersangkutan yang mendaftarkannya sendiri, ${when}`;
  }
};

const GIVEN_BY = { holder: 'ASN yang bersangkutan sendiri', analyst: 'peninjau' } as const;

/** Where a file of the pack is; or that it is not there any more, which its commitment in the chain outlives. */
const fileText = (file: string, missing: readonly string[]): string =>
  missing.includes(file) ? `${file} (berkas ini tidak ada lagi pada sistem)` : `berkas/${file}`;

const originText = (
  { submitted, capture }: Evidence['finding'],
  missing: readonly string[],
  moment: (at: Instant) => string,
): string => {
  if (!submitted)
    return 'Netral secara otomatis, dari unggahan publik akun terdaftar, tanpa masuk log. Teks direkam apa adanya; gambar tidak direkam.';
  const picture =
    capture === null
      ? 'Tidak ada tangkapan layar.'
      : `Tangkapan layar diserahkan oleh ${GIVEN_BY[capture.by]}, ${moment(capture.at)}: ${fileText(capture.file, missing)}.`;
  return `Kata-katanya diserahkan oleh orang, bukan dibaca dari jejaring. ${picture}`;
};

/** The pack as people read it: one page that needs nothing beside it. */
export const evidencePage = ({ agency, timeZone, finding, conclusions, missing }: Evidence): string => {
  const moment = (at: Instant): string => momentText(at, timeZone, 'id');
  return pageText({
    title: 'Paket bukti hasil tinjauan netralitas ASN',
    language: 'id',
    children: (
      <>
        <p>
          {agency}. Nomor tinjauan <code>{finding.id}</code>.
        </p>
        <p>
          Ini simpulan tinjauan dua orang yang berbeda, bukan putusan. Tidak ada yang dikirim secara otomatis
          kepada pihak mana pun. Atasan langsung wajib memanggil dan memeriksa ASN yang bersangkutan sebelum
          mengambil tindakan.
        </p>
        <h2>ASN yang bersangkutan</h2>
        <dl>
          <dt>Nama</dt>
          <dd>{finding.holder.name}</dd>
          <dt>Unit kerja</dt>
          <dd>{finding.holder.unit}</dd>
          <dt>Keadaan tinjauan</dt>
          <dd>{stateText(finding)}</dd>
        </dl>
        <h2>Unggahan</h2>
        {finding.parts.map(({ field, text }) => (
          <>
            <h3>{FIELD_LABELS[field].id}</h3>
            <p class="notice">{text}</p>
          </>
        ))}
        {finding.context === null ? null : (
          <>
            <h3>{RELATION_LABELS[finding.context.relation].id}</h3>
            <p class="notice">{finding.context.text}</p>
          </>
        )}
        <h2>Asal dan waktu</h2>
        <dl>
          <dt>Akun terdaftar</dt>
          <dd>
            {finding.account.handle} ({finding.account.network})
          </dd>
          <dt>Kepemilikan dikonfirmasi</dt>
          <dd>{confirmationText(finding.account, moment)}</dd>
          <dt>Alamat unggahan</dt>
          <dd>{finding.url ?? 'tidak ada'}</dd>
          <dt>Pengenal unggahan pada jejaring</dt>
          <dd>
            <code>{finding.uri}</code>
          </dd>
          <dt>Diposting pada</dt>
          <dd>{moment(finding.postedAt)}</dd>
          <dt>Direkam pada</dt>
          <dd>{moment(finding.capturedAt)}</dd>
          <dt>Ditemukan pada</dt>
          <dd>{moment(finding.foundAt)}</dd>
          <dt>Direkam oleh</dt>
          <dd>{originText(finding, missing, moment)}</dd>
          <dt>Pernah disunting</dt>
          <dd>{finding.edited ? 'ya, ini bukan versi yang pertama' : 'tidak, sepanjang yang diketahui'}</dd>
        </dl>
        <h2>Ketentuan yang mungkin terkait</h2>
        <ul>
          {finding.provisions.map(({ id, text }) => (
            <li>
              {id}: {text}
            </li>
          ))}
        </ul>
        <h2>Simpulan, klarifikasi, dan keberatan</h2>
        {conclusions.some(({ act }) => act === 'answer') ? null : (
          <p>ASN yang bersangkutan diberi waktu untuk menjawab dan tidak menjawab sampai simpulan diambil.</p>
        )}
        <table>
          <tr>
            <th>Waktu</th>
            <th>Perbuatan</th>
            <th>Alasan</th>
            <th>Uraian</th>
          </tr>
          {conclusions.map(({ at, act, reason, words, files, late }) => (
            <tr>
              <td>{moment(at)}</td>
              <td>
                {ACTS[act] ?? act}
                {late ? ' (setelah batas waktu)' : ''}
              </td>
              <td>{reasonOf(reason)}</td>
              <td>
                {words ?? ''}
                {files.map(({ file, name }) => (
                  <p>
                    Lampiran: {name}, <code>{fileText(file, missing)}</code>
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </table>
        <h2>Keutuhan</h2>
        <p>
          <code>SHA256SUMS</code> memuat sidik jari berkas-berkas paket ini (
          <code>sha256sum -c SHA256SUMS</code>
          ). <code>bukti.json</code> memuat isi yang sama untuk diperiksa dengan program, dengan rantai
          seluruh perbuatan sejak indikasi; tiap mata rantai menyimpan sidik jari mata rantai sebelumnya.
        </p>
      </>
    ),
  });
};

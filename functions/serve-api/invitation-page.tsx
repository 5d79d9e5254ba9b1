import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency, Notice } from '../../shared/domain/registry/agency.js';
import { dateText } from '../../shared/mail/dates.js';
import { NETWORK_LABELS } from '../../shared/network-labels.js';
import { pageResponse } from './page.js';

interface InvitationFacts {
  readonly agency: Pick<Agency, 'name' | 'gates'>;
  readonly account: Pick<Account, 'network' | 'handle' | 'effectiveFrom' | 'effectiveTo'>;
  readonly notice: Notice;
}

/** What is registered, the notice, and a button; opening the page confirms nothing, as mail scanners open links too. */
export const invitationPage = ({ agency, account, notice }: InvitationFacts): Response =>
  pageResponse({
    title: 'Konfirmasi akun media sosial',
    language: 'id',
    children: (
      <>
        <p>
          {agency.name} mencatat akun berikut sebagai akun yang Anda nyatakan. Akun ini baru dibaca setelah
          Anda menekan tombol di bawah.
        </p>
        <p lang="en">
          {agency.name} has this account on record as declared by you. It is read only after you press the
          button below.
        </p>
        <dl>
          <dt>Jaringan</dt>
          <dd>{NETWORK_LABELS[account.network].id}</dd>
          <dt>Akun</dt>
          <dd>{account.handle}</dd>
          <dt>Berlaku</dt>
          <dd>
            mulai {dateText(account.effectiveFrom, 'id')}
            {account.effectiveTo === null ? '' : ` sampai ${dateText(account.effectiveTo, 'id')}`}
          </dd>
        </dl>
        <h2>Pemberitahuan (versi {notice.version})</h2>
        <p class="notice">{notice.text.id}</p>
        <p class="notice" lang="en">
          {notice.text.en}
        </p>
        <form method="post">
          <input type="hidden" name="noticeVersion" value={notice.version} />
          <p>
            <button type="submit">Ini akun saya, saya sudah membaca pemberitahuan</button>
          </p>
          <p lang="en">The button says: this is my account, and I have read the notice.</p>
        </form>
        {agency.gates.officer === null ? null : (
          <p>
            Bukan akun Anda, atau ada pertanyaan? {agency.gates.officer.name}, {agency.gates.officer.email}
          </p>
        )}
      </>
    ),
  });

const WORDS = {
  confirmed: {
    status: 200,
    title: 'Terima kasih',
    id: 'Akun ini sudah dikonfirmasi. Anda dapat menjeda atau mencabutnya kapan saja.',
    en: 'This account is confirmed. You can pause or withdraw it at any time.',
  },
  expired: {
    status: 410,
    title: 'Tautan kedaluwarsa',
    id: 'Tautan ini tidak berlaku lagi. Mintalah undangan baru kepada instansi Anda.',
    en: 'This link is no longer valid. Ask your agency for a new invitation.',
  },
  unknown: {
    status: 404,
    title: 'Tautan tidak dikenal',
    id: 'Tautan ini tidak kami kenal. Periksa apakah alamatnya tersalin utuh.',
    en: 'We do not know this link. Check that the address was copied whole.',
  },
} as const;

/** How opening or confirming an invitation ended. */
export const invitationEnd = (end: keyof typeof WORDS): Response => {
  const { status, title, id, en } = WORDS[end];
  return pageResponse(
    {
      title,
      language: 'id',
      children: (
        <>
          <p>{id}</p>
          <p lang="en">{en}</p>
          {end === 'confirmed' ? (
            <p>
              <a href="/open/mine">
                Data saya <span lang="en">(My data)</span>
              </a>
            </p>
          ) : null}
        </>
      ),
    },
    status,
  );
};

import { useState } from 'hono/jsx/dom';
import type { OwnAccount } from '../functions/serve-api/own-account.js';
import type { Notice } from '../shared/domain/registry/agency.js';
import type { AccountNetwork } from '../shared/networks.js';
import { NETWORK_LABELS } from '../shared/network-labels.js';
import { messageOf, Refusal, UnfitError } from './api.js';
import type { Reader } from './finding.js';
import { ACCOUNT_STATES, LOOKUPS, STANDINGS } from './labels.js';
import { language, momentText, say } from './language.js';
import { ActButton, Choices, Fact, Form, textOf } from './parts.js';

export interface Refreshing extends Reader {
  /** Reads everything again after a change. */
  readonly refresh: () => Promise<void>;
}

/** How the holder shows that the account is theirs, while it is asked for. */
const Proof = ({ proof, timeZone }: Pick<OwnAccount, 'proof'> & { readonly timeZone: string }) => {
  switch (proof?.kind) {
    case undefined:
    case 'proved':
      return null;
    case 'failed':
      return (
        <p role="alert">
          {say({ id: 'Kode tidak ditemukan dalam tujuh hari.', en: 'The code was not found in seven days.' })}
        </p>
      );
    case 'asked':
      return (
        <div role="status">
          <p>
            {say({
              id: 'Buktikan bahwa akun ini milik Anda. Taruh kode ini di profil atau dalam satu unggahan publik:',
              en: 'Show that this account is yours. Put this code into the profile or a public post:',
            })}
          </p>
          <p>
            <code>{proof.code}</code>
          </p>
          <p>
            {say({
              id: 'Atau buatlah profil menautkan halaman ini dengan rel="me":',
              en: 'Or let the profile link to this page with rel="me":',
            })}{' '}
            <code>{proof.link}</code>
          </p>
          <p>
            {say({ id: 'Kode dicari sampai', en: 'The code is looked for until' })}{' '}
            {momentText(proof.until, timeZone)}.{' '}
            {proof.missedAt === null
              ? ''
              : `${say({ id: 'Terakhir dicari dan belum ada:', en: 'Last looked for and not there:' })} ${momentText(proof.missedAt, timeZone)}.`}
          </p>
        </div>
      );
  }
};

/** An account, how it was read, and what its holder may do. */
export const AccountCard = ({
  account,
  api,
  timeZone,
  refresh,
}: Refreshing & { readonly account: OwnAccount }) => {
  const change = (kind: 'pause' | 'resume' | 'withdraw' | 'proof') => async (): Promise<void> => {
    await api.post(`/accounts/${account.id}/${kind}`);
    await refresh();
  };
  const { coverage } = account;
  return (
    <article>
      <h3>{account.handle}</h3>
      <dl>
        <Fact label={{ id: 'Jaringan', en: 'Network' }}>{say(NETWORK_LABELS[account.network])}</Fact>
        <Fact label={{ id: 'Pendaftaran', en: 'Registration' }}>{say(ACCOUNT_STATES[account.state])}</Fact>
        <Fact label={{ id: 'Pembacaan', en: 'Reading' }}>
          {say(STANDINGS[coverage.reason])}
          {coverage.since === null
            ? ''
            : `, ${say({ id: 'sejak', en: 'since' })} ${momentText(coverage.since, timeZone)}`}
        </Fact>
        <Fact label={{ id: 'Terakhir diperiksa', en: 'Last looked at' }}>
          {coverage.lookedAt === null
            ? say({ id: 'belum pernah', en: 'never' })
            : momentText(coverage.lookedAt, timeZone)}
        </Fact>
        <Fact label={{ id: 'Unggahan yang diperiksa', en: 'Posts screened' }}>{coverage.posts}</Fact>
        {account.lookup === null || account.lookup.end === 'found' ? null : (
          <Fact label={{ id: 'Kata jaringannya', en: 'What its network says' }}>
            {say(LOOKUPS[account.lookup.end])}
          </Fact>
        )}
        {account.renames.map(({ from, to, at }) => (
          <Fact label={{ id: 'Berganti nama', en: 'Renamed' }}>
            {from} → {to}, {momentText(at, timeZone)}
          </Fact>
        ))}
      </dl>
      <Proof proof={account.proof} timeZone={timeZone} />
      {account.state === 'active' ? (
        <ActButton quiet label={{ id: 'Jeda', en: 'Pause' }} act={change('pause')} />
      ) : null}
      {account.state === 'paused' ? (
        <ActButton quiet label={{ id: 'Lanjutkan', en: 'Resume' }} act={change('resume')} />
      ) : null}
      {account.state === 'active' && account.proof?.kind === 'failed' ? (
        <ActButton quiet label={{ id: 'Minta kode baru', en: 'Ask for a new code' }} act={change('proof')} />
      ) : null}
      {account.state === 'withdrawn' ? null : (
        <ActButton
          quiet
          label={{ id: 'Cabut pendaftaran', en: 'Withdraw' }}
          confirm={{
            id: 'Cabut pendaftaran akun ini? Akun tidak dibaca lagi sejak saat ini.',
            en: 'Withdraw this account? It is not read any more from this moment.',
          }}
          act={change('withdraw')}
        />
      )}
    </article>
  );
};

const unfitHandle = (): UnfitError =>
  new UnfitError({
    id: 'Isian ini tidak dapat diterima. Tulislah nama akun seperti di jaringannya, atau alamatnya yang lengkap (https://…). Akun yang terdaftar atas nama orang lain tidak dapat didaftarkan lagi.',
    en: 'This cannot be taken. Write the handle as its network has it, or the whole address (https://…). An account that is registered for somebody else cannot be registered again.',
  });

interface RegisterProps extends Refreshing {
  readonly notice: Notice;
}

/** Registration by the holder: the notice, what it means, and one act that agrees to it. */
export const RegisterForm = ({ api, notice, refresh }: RegisterProps) => {
  // The networks that are read here: on another, nobody can look for the code that proves an account.
  const [read, setRead] = useState<readonly AccountNetwork[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  // Asked for when the form is opened: whoever only reads what is theirs does not depend on it.
  const opened = async () => {
    setFailure(null);
    try {
      setRead((await api.get<{ readonly read: readonly AccountNetwork[] }>('/networks')).read);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <details
      onToggle={(event: Event) => {
        if (read === null && event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open)
          void opened();
      }}
    >
      <summary>{say({ id: 'Daftarkan akun', en: 'Register an account' })}</summary>
      <p class="notice">{notice.text[language()]}</p>
      {failure === null ? null : <p role="alert">{failure}</p>}
      {read === null ? null : (
        <Form
          submit={{
            id: 'Ini akun saya, saya sudah membaca pemberitahuan',
            en: 'This is my account, and I have read the notice',
          }}
          send={async (fields) => {
            const body = {
              network: textOf(fields, 'network'),
              handle: textOf(fields, 'handle'),
              noticeVersion: notice.version,
            };
            await api.post('/me/accounts', { body }).catch((error: unknown) => {
              throw error instanceof Refusal && error.status === 400 ? unfitHandle() : error;
            });
            await refresh();
          }}
        >
          <Choices
            name="network"
            label={{ id: 'Jaringan', en: 'Network' }}
            choices={Object.fromEntries(read.map((network) => [network, NETWORK_LABELS[network]]))}
          />
          <p class="aside">
            {say({
              id: 'Akun di jaringan lain didaftarkan administrator instansi Anda dengan surat pernyataan.',
              en: 'An account on another network is registered by your administrator, with a signed declaration.',
            })}
          </p>
          <label>
            {say({
              id: 'Nama akun, atau alamat profil atau umpan',
              en: 'The handle, or the address of the profile or feed',
            })}
            <input name="handle" required maxLength={2048} autocapitalize="off" spellcheck={false} />
          </label>
        </Form>
      )}
    </details>
  );
};

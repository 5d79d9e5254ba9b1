import type { OfficerContact } from '../../shared/domain/registry/agency.js';
import type { TimeZone } from '../../shared/domain/time.js';
import { pageResponse } from './page.js';

/** Where people sign in, and how the console names itself there. */
export interface SignInPoints {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  /** Separated by spaces. */
  readonly scopes: string;
  /** What a token for the API names as `aud`. */
  readonly audience: string;
  readonly rolesClaim: string;
}

/** All that the console is told before anybody has signed in. */
export interface ConsoleSettings extends SignInPoints {
  readonly publicUrl: string;
  readonly timeZone: TimeZone;
  readonly officer: OfficerContact | null;
}

const Officer = ({ name, email }: OfficerContact) => (
  <>
    {name}, <a href={`mailto:${email}`}>{email}</a>
  </>
);

/** For a browser that runs no script, and while nobody can sign in. */
const WithoutConsole = ({ officer }: { readonly officer: OfficerContact | null }) => (
  <>
    <h1>Membaca dan menjawab</h1>
    <p>
      Demi kerahasiaan, halaman ini tidak memuat apa pun tentang tinjauannya: isinya sama bagi siapa saja.
      Masuk dengan akun dinas sedang tidak dapat dilakukan di sini.
    </p>
    <ul>
      <li>Cobalah lagi beberapa saat lagi, dengan peramban yang menjalankan JavaScript.</li>
      <li>
        Atau gunakan perintah <code>netral findings show ID</code>. ID adalah bagian terakhir alamat halaman
        ini.
      </li>
      {officer === null ? null : (
        <li>
          Atau tulislah kepada pejabat pelindungan data pribadi: <Officer {...officer} />. Jawaban melalui
          pejabat ini sama nilainya.
        </li>
      )}
    </ul>
    <div lang="en">
      <h2>How to read and answer</h2>
      <p>
        To keep matters confidential, this page says nothing about them: it is the same for everybody. Nobody
        can sign in here at this moment.
      </p>
      <ul>
        <li>Try again in a while, with a browser that runs JavaScript.</li>
        <li>
          Or use the command <code>netral findings show ID</code>. The ID is the last part of this page’s
          address.
        </li>
        {officer === null ? null : (
          <li>
            Or write to the data-protection officer: <Officer {...officer} />. An answer through the officer
            counts just the same.
          </li>
        )}
      </ul>
    </div>
  </>
);

/**
 * The page of the console. It is made from the agency and the issuer alone and never sees whose page or which finding is
 * asked for, so it cannot tell whether there is one.
 */
export const consolePage = (
  settings: ConsoleSettings,
  { script, filesOrigin }: { readonly script: string; readonly filesOrigin: string },
): Response =>
  pageResponse({
    title: 'Netral',
    language: 'id',
    isHeaded: false,
    script: { text: script, connectsTo: [new URL(settings.tokenEndpoint).origin, filesOrigin] },
    children: (
      <>
        <main id="console" data-settings={JSON.stringify(settings)} />
        <noscript>
          <WithoutConsole officer={settings.officer} />
        </noscript>
      </>
    ),
  });

/** The same addresses while nobody can sign in. */
export const withoutConsole = (officer: OfficerContact | null): Response =>
  pageResponse({
    title: 'Netral',
    language: 'id',
    isHeaded: false,
    children: <WithoutConsole officer={officer} />,
  });

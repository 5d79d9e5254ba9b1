import type { Child } from 'hono/jsx';
import { render } from 'hono/jsx/dom';
import type { ConsoleSettings } from '../functions/serve-api/console-page.js';
import type { FindingView } from '../shared/domain/review/views.js';
import { apiAs, messageOf, Refusal } from './api.js';
import { CommandToken } from './command-token.js';
import { FindingPage, type Reader } from './finding.js';
import { chooseLanguage, language, say } from './language.js';
import { MinePage, readMine } from './mine.js';
import { ActButton } from './parts.js';
import { readProvisions } from './provisions.js';
import { ReviewPage, takeNext } from './review.js';
import { signInAt, type SignIn } from './sign-in.js';

interface Start {
  readonly signIn: SignIn;
  readonly settings: ConsoleSettings;
}

const CALLBACK = '/open/signed-in';
const HOME = '/open/mine';

const Frame = ({ signIn, settings, children }: Start & { readonly children?: Child }) => (
  <>
    <nav>
      <a href="/open/mine">{say({ id: 'Data saya', en: 'My data' })}</a>
      {signIn.roles().includes('analyst') ? (
        <a href="/open/review">{say({ id: 'Meja tinjauan', en: 'Review desk' })}</a>
      ) : null}
      <a href="/open/self-check">{say({ id: 'Cek sebelum unggah', en: 'Check before posting' })}</a>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          chooseLanguage(language() === 'id' ? 'en' : 'id');
        }}
      >
        {say({ id: 'English', en: 'Bahasa Indonesia' })}
      </button>
      {signIn.token() === null ? null : (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            signIn.forget();
            location.reload();
          }}
        >
          {say({ id: 'Keluar', en: 'Sign out' })}
        </button>
      )}
    </nav>
    {children}
    {location.pathname === HOME ? <CommandToken signIn={signIn} timeZone={settings.timeZone} /> : null}
  </>
);

const SignInPage = ({ signIn, settings, failed }: Start & { readonly failed: boolean }) => (
  <>
    <h1>{say({ id: 'Masuk', en: 'Sign in' })}</h1>
    {failed ? (
      <p role="alert">
        {say({ id: 'Anda belum masuk. Silakan coba lagi.', en: 'You are not signed in. Please try again.' })}
      </p>
    ) : null}
    <p>
      {say({
        id: 'Demi kerahasiaan, halaman ini tidak memuat apa pun sebelum Anda masuk dengan akun dinas Anda.',
        en: 'To keep matters confidential this page shows nothing until you sign in as yourself.',
      })}
    </p>
    <ActButton
      label={{ id: 'Masuk dengan akun dinas', en: 'Sign in' }}
      act={async () => {
        await signIn.begin(location.pathname === CALLBACK ? HOME : location.pathname);
      }}
    />
    {settings.officer === null ? null : (
      <p class="aside">
        {say({
          id: 'Tidak dapat masuk? Tulislah kepada pejabat pelindungan data pribadi; jawaban melalui pejabat ini sama nilainya:',
          en: 'Cannot sign in? Write to the data-protection officer; an answer through the officer counts just the same:',
        })}{' '}
        {settings.officer.name}, <a href={`mailto:${settings.officer.email}`}>{settings.officer.email}</a>
      </p>
    )}
  </>
);

/** The page that an address names. */
const pageAt = async (path: string, reader: Reader): Promise<Child> => {
  const finding = /^\/open\/findings\/([0-9a-f]{32})$/.exec(path)?.[1];
  if (finding === undefined && path !== '/open/review')
    return <MinePage {...reader} first={await readMine(reader)} />;
  const around = { ...reader, provisions: await readProvisions(reader.api) };
  return finding === undefined ? (
    <ReviewPage {...around} first={await takeNext(around)} />
  ) : (
    <FindingPage {...around} first={await reader.api.get<FindingView>(`/findings/${finding}`)} />
  );
};

const start = async (root: HTMLElement): Promise<void> => {
  // Written by the server that this page comes from, under the type that it shares with it.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment
  const settings: ConsoleSettings = JSON.parse(root.dataset['settings'] ?? '');
  document.documentElement.lang = language();
  const signIn = signInAt(settings);
  const show = (page: Child): void => {
    render(
      <Frame signIn={signIn} settings={settings}>
        {page}
      </Frame>,
      root,
    );
  };
  if (location.pathname === CALLBACK)
    try {
      location.replace(await signIn.finish());
      return;
    } catch {
      show(<SignInPage signIn={signIn} settings={settings} failed />);
      return;
    }
  if (signIn.token() === null) {
    show(<SignInPage signIn={signIn} settings={settings} failed={false} />);
    return;
  }
  const api = apiAs(signIn);
  try {
    show(await pageAt(location.pathname, { api, timeZone: settings.timeZone }));
  } catch (error) {
    show(
      error instanceof Refusal && error.status === 401 ? (
        <SignInPage signIn={signIn} settings={settings} failed />
      ) : (
        <p role="alert">{messageOf(error)}</p>
      ),
    );
  }
};

const root = document.getElementById('console');
if (root !== null) void start(root);

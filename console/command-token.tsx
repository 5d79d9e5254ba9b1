import { useState } from 'hono/jsx/dom';
import { UnfitError } from './api.js';
import { momentText, say } from './language.js';
import { ActButton } from './parts.js';
import type { SignIn } from './sign-in.js';

interface Props {
  readonly signIn: SignIn;
  readonly timeZone: string;
}

/** For the `netral` command, which signs nobody in itself: the token of this tab, to be pasted there. */
export const CommandToken = ({ signIn, timeZone }: Props) => {
  const [isCopied, setCopied] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [until] = useState(signIn.kept()?.until ?? null);
  if (until === null) return null;
  return (
    <details>
      <summary>{say({ id: 'Untuk perintah netral', en: 'For the netral command' })}</summary>
      <p>
        {say({
          id: 'Perintah di komputer Anda memerlukan tanda masuk ini. Siapa pun yang memegangnya dapat bertindak sebagai Anda: jangan berikan kepada siapa pun. Berlaku sampai',
          en: 'The command on your computer needs this token. Whoever has it can act as you: give it to nobody. It is good until',
        })}{' '}
        {momentText(until, timeZone)}.
      </p>
      <ActButton
        quiet
        label={{ id: 'Salin tanda masuk', en: 'Copy the token' }}
        act={async () => {
          setCopied(false);
          setShown(null);
          // The one of now: what was kept when this was drawn may have ended.
          const token = signIn.token();
          if (token === null)
            throw new UnfitError({
              id: 'Waktu masuk Anda telah habis. Muat ulang halaman, lalu masuk lagi.',
              en: 'Your sign-in has ended. Load the page again, and sign in.',
            });
          try {
            await navigator.clipboard.writeText(token);
            setCopied(true);
          } catch {
            setShown(token);
          }
        }}
      />
      {isCopied ? (
        <p role="status">
          {say({ id: 'Tersalin. Simpan sebagai', en: 'Copied. Put it into' })} <code>NETRAL_TOKEN</code>.
        </p>
      ) : null}
      {shown === null ? null : (
        <label>
          {say({
            id: 'Peramban tidak mengizinkan penyalinan. Salinlah sendiri dari sini, lalu simpan sebagai NETRAL_TOKEN:',
            en: 'The browser does not allow copying. Copy it from here yourself, and put it into NETRAL_TOKEN:',
          })}
          <input
            readOnly
            value={shown}
            onFocus={(event: Event) => {
              if (event.currentTarget instanceof HTMLInputElement) event.currentTarget.select();
            }}
          />
        </label>
      )}
    </details>
  );
};

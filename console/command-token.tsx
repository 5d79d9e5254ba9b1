import { useState } from 'hono/jsx/dom';
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
  const kept = signIn.kept();
  if (kept === null) return null;
  return (
    <details>
      <summary>{say({ id: 'Untuk perintah netral', en: 'For the netral command' })}</summary>
      <p>
        {say({
          id: 'Perintah di komputer Anda memerlukan tanda masuk ini. Siapa pun yang memegangnya dapat bertindak sebagai Anda: jangan berikan kepada siapa pun. Berlaku sampai',
          en: 'The command on your computer needs this token. Whoever has it can act as you: give it to nobody. It is good until',
        })}{' '}
        {momentText(kept.until, timeZone)}.
      </p>
      <ActButton
        quiet
        label={{ id: 'Salin tanda masuk', en: 'Copy the token' }}
        act={async () => {
          await navigator.clipboard.writeText(kept.token);
          setCopied(true);
        }}
      />
      {isCopied ? (
        <p role="status">
          {say({ id: 'Tersalin. Simpan sebagai', en: 'Copied. Put it into' })} <code>NETRAL_TOKEN</code>.
        </p>
      ) : null}
    </details>
  );
};

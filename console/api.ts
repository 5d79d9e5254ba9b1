import type { Problem } from '../functions/serve-api/problem-document.js';
import { say, type Said } from './language.js';
import type { SignIn } from './sign-in.js';

const REFUSALS: Readonly<Record<string, Said>> = {
  'bad-request': { id: 'Isian ini tidak dapat diterima.', en: 'What was filled in cannot be taken.' },
  'not-on-record': {
    id: 'Alamat surel yang Anda pakai untuk masuk tidak tercatat. Tanyakan kepada administrator instansi Anda.',
    en: 'The address you signed in with is not on record. Ask your agency’s administrator.',
  },
  'not-allowed': { id: 'Ini memerlukan peran lain.', en: 'This needs another role.' },
  'not-found': {
    id: 'Tidak ada apa-apa di sini, atau bukan untuk Anda. Masuklah dengan akun dinas Anda sendiri.',
    en: 'There is nothing here, or it is not for you. Sign in as yourself.',
  },
  'not-now': {
    id: 'Ini tidak dapat dilakukan dalam keadaan sekarang. Muat ulang halaman untuk melihat keadaannya.',
    en: 'This cannot be done as things stand. Load the page again to see how they stand.',
  },
  stale: {
    id: 'Keadaannya telah berubah sejak halaman ini dibuka. Muat ulang, lalu putuskan atas yang terbaru.',
    en: 'This has changed since you opened it. Load the page again and decide on what you see then.',
  },
  'upload-refused': {
    id: 'Satu lampiran tidak dapat diterima: isinya bukan yang disebut namanya, atau ia terlalu lama menunggu. Pilihlah berkasnya lagi.',
    en: 'An attachment cannot be taken: it is not what its name says, or it waited for too long. Choose the file again.',
  },
  'too-many': {
    id: 'Terlalu banyak permintaan; coba lagi sebentar lagi.',
    en: 'Too many ask at once; try again soon.',
  },
};
const ELSE: Said = {
  id: 'Terjadi gangguan. Tidak ada yang hilang; coba lagi sebentar lagi.',
  en: 'Something went wrong. Nothing is lost; try again in a moment.',
};

/** By its status, since the gateway before the API says it in words of its own. */
const SIGNED_OUT: Said = {
  id: 'Waktu masuk Anda telah habis. Yang Anda tulis masih ada di halaman ini: salinlah, muat ulang halaman, lalu masuk lagi.',
  en: 'Your sign-in has ended. What you wrote is still on this page: copy it, load the page again, and sign in.',
};

/** The API said no; the message is for whoever reads. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, { type, detail, errors = [] }: Partial<Problem>) {
    const said = say(status === 401 ? SIGNED_OUT : (REFUSALS[type?.split(':').at(-1) ?? ''] ?? ELSE));
    const details = [detail, ...errors.map((error) => error.detail)].filter((one) => one !== undefined);
    super(details.length === 0 ? said : `${said} (${details.join(' ')})`);
    this.status = status;
  }
}

const problemIn = async (answer: Response): Promise<Partial<Problem>> => {
  const body: unknown = await answer.json().catch(() => null);
  return typeof body === 'object' && body !== null ? body : {};
};

interface Sending {
  readonly body?: unknown;
  /** The version that an act rests on. */
  readonly revision?: number;
}

/** The API as whoever is signed in calls it. */
export const apiAs = (signIn: SignIn) => {
  const call = async <Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    { body, revision }: Sending = {},
  ): Promise<Answer> => {
    const token = signIn.token();
    const answer = await fetch(path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined
          ? {}
          : { 'if-match': `"${revision}"`, 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 401) signIn.forget();
    if (!answer.ok) throw new Refusal(answer.status, await problemIn(answer));
    const text = await answer.text();
    // The API answers with nothing that did not pass its own schema, and this page comes from the same deployment.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return
    return JSON.parse(text === '' ? 'null' : text);
  };
  return {
    get: async <Answer>(path: string) => call<Answer>('GET', path),
    post: async <Answer>(path: string, sending?: Sending) => call<Answer>('POST', path, sending),
    delete: async <Answer>(path: string) => call<Answer>('DELETE', path),
  };
};
export type Api = ReturnType<typeof apiAs>;

/** What was filled in cannot be sent as it is; nobody has to be asked to know that. */
export class UnfitError extends Error {
  override readonly name = 'UnfitError';

  constructor(said: Said) {
    super(say(said));
  }
}

/** What went wrong, in words for whoever reads. */
export const messageOf = (error: unknown): string =>
  error instanceof Refusal || error instanceof UnfitError ? error.message : say(ELSE);

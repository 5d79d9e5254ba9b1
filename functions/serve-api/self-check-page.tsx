import type { Stage } from '../../shared/domain/calendar/contest.js';
import type { SelfCheck } from '../../shared/domain/screening/self-check.js';
import { pageResponse } from './page.js';

export const LONGEST_DRAFT = 10_000;

const STAGES = {
  'pre-nomination': 'pra-pencalonan',
  prospective: 'bakal calon',
  designation: 'penetapan calon',
  campaign: 'kampanye',
  quiet: 'masa tenang',
  voting: 'pemungutan suara',
  aftermath: 'setelah pemungutan suara',
} as const satisfies Record<Stage, string>;

const HEADINGS = {
  indicated: {
    id: 'Unggahan ini mungkin ditandai',
    en: 'This post might be marked for review',
  },
  none: { id: 'Tidak ada indikasi', en: 'No indication' },
  undecided: { id: 'Tidak dapat ditentukan', en: 'The screening cannot tell' },
  'no-contest': { id: 'Tidak ada pemilihan yang berlangsung', en: 'No election is on' },
} as const satisfies Record<SelfCheck['verdict'], { readonly id: string; readonly en: string }>;

const Result = ({ checked }: { readonly checked: SelfCheck }) => {
  const { verdict, reason, contests, provisions, words } = checked;
  return (
    <>
      <h2>{HEADINGS[verdict].id}</h2>
      <p lang="en">{HEADINGS[verdict].en}</p>
      <p>{reason}</p>
      {words.length === 0 ? null : (
        <p>
          Kata-kata yang terbaca demikian:{' '}
          {words.map((word, index) => (
            <>
              {index === 0 ? null : ', '}
              <mark>{word.words}</mark>
            </>
          ))}
        </p>
      )}
      {provisions.length === 0 ? null : (
        <dl>
          {provisions.map(({ id, form, basis }) => (
            <>
              <dt>{id}</dt>
              <dd>
                {form.id} ({basis})
              </dd>
            </>
          ))}
        </dl>
      )}
      {contests.length === 0 ? null : (
        <p>
          Dibaca untuk:{' '}
          {contests
            .map(({ title, stage }) => `${title.id}${stage === null ? '' : `, tahap ${STAGES[stage]}`}`)
            .join('; ')}
          .
        </p>
      )}
      <p>
        Ini bacaan mesin, bukan putusan dan bukan izin. Mesin tidak membaca gambar, dan aturannya lebih luas
        daripada yang dapat dibacanya; yang menilai tetap manusia.
      </p>
      <p lang="en">
        This is what a machine reads, neither a ruling nor a permission. It reads no pictures, and the rules
        are wider than it can read; people judge.
      </p>
    </>
  );
};

/** The form, and above it what the screening says of the draft that was sent. It works without a script. */
export const selfCheckPage = (
  asked: { readonly draft: string; readonly checked: SelfCheck } | null,
): Response =>
  pageResponse({
    title: 'Cek sebelum unggah',
    language: 'id',
    children: (
      <>
        {asked === null ? null : <Result checked={asked.checked} />}
        <p>
          Tempelkan rencana unggahan Anda. Anda akan melihat apakah mesin penapis akan menandainya, dan
          mengapa. Halaman ini tidak menyimpan apa pun dan tidak meminta nama Anda.
        </p>
        <p lang="en">
          Paste what you want to post and see whether the screening would mark it, and why. This page keeps
          nothing and does not ask who you are.
        </p>
        <form method="post" action="/open/self-check" autocomplete="off">
          <p>
            <label for="text">Rencana unggahan</label>
          </p>
          <p>
            <textarea id="text" name="text" rows={8} maxlength={LONGEST_DRAFT} required>
              {asked?.draft ?? ''}
            </textarea>
          </p>
          <p>
            <button type="submit">Cek</button>
          </p>
        </form>
      </>
    ),
  });

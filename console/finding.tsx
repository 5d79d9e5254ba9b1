import { useState } from 'hono/jsx/dom';
import type { FindingView, HolderFinding, SupervisorFinding } from '../shared/domain/review/views.js';
import { ANSWER_LABELS } from '../shared/domain/review/reason-labels.js';
import type { Api } from './api.js';
import { STAGES, STATES } from './labels.js';
import { deadlineText, momentText, say, type Said } from './language.js';
import { attachmentsOf, FileLinks, FilesField } from './files.js';
import { History } from './history.js';
import { ActButton, Choices, Fact, Form, Post, textOf, Words, wordsOf } from './parts.js';
import type { Provisions } from './provisions.js';

/** What every page stands on: the API as whoever reads it. */
export interface Reader {
  readonly api: Api;
  readonly timeZone: string;
}

/** And what every page of a finding stands on. */
export interface Around extends Reader {
  readonly provisions: Provisions;
}

interface FindingProps extends Around {
  readonly finding: FindingView;
}

const CAPTURED_BY = {
  holder: { id: 'Dari ASN yang bersangkutan', en: 'Given in by the holder' },
  analyst: { id: 'Dari peninjau', en: 'Given in by a reviewer' },
} as const satisfies Record<string, Said>;

/** How things stand, as far as the reader may know. */
export const Facts = ({ finding, api, timeZone, provisions }: FindingProps) => {
  const moment = (at: string): string => momentText(at, timeZone);
  const { stage } = finding.indication;
  return (
    <dl>
      {finding.view === 'supervisor' ? (
        <Fact label={{ id: 'ASN yang bersangkutan', en: 'The civil servant' }}>
          {finding.holder.name}, {finding.holder.unit}
        </Fact>
      ) : null}
      <Fact label={{ id: 'Keadaan', en: 'State' }}>{say(STATES[finding.state])}</Fact>
      <Fact label={{ id: 'Ketentuan yang mungkin terkait', en: 'Provisions it may touch' }}>
        {finding.indication.provisions.map((id) => (
          <div>{provisions(id)}</div>
        ))}
      </Fact>
      <Fact label={{ id: 'Tanggal unggahan', en: 'Date of the post' }}>{moment(finding.postedAt)}</Fact>
      <Fact label={{ id: 'Tahapan', en: 'Stage' }}>
        {stage === null ? say({ id: 'tidak diketahui', en: 'unknown' }) : say(STAGES[stage])}
      </Fact>
      {'replyBy' in finding && finding.replyBy !== null ? (
        <Fact label={{ id: 'Jawaban ditunggu sampai', en: 'An answer is waited for until' }}>
          {deadlineText(finding.replyBy, timeZone)}
          {(finding.state === 'clarifying' || finding.state === 'deciding') &&
          finding.clocks.some(({ clock, holidaysKnown }) => clock === 'reply' && !holidaysKnown) ? (
            <div class="aside">
              {say({
                id: 'Sementara: hari libur tahun itu belum tercatat. Jawaban sesudahnya tetap dilampirkan selama belum ada simpulan.',
                en: 'Provisional: that year’s holidays are not on file. A later answer is still attached as long as nothing is concluded.',
              })}
            </div>
          ) : null}
        </Fact>
      ) : null}
      {'url' in finding && finding.url !== null ? (
        <Fact label={{ id: 'Alamat unggahan', en: 'Where the post is' }}>
          <a href={finding.url} rel="noreferrer">
            {finding.url}
          </a>
        </Fact>
      ) : null}
      {'capture' in finding && finding.capture !== null ? (
        <Fact label={{ id: 'Tangkapan layar', en: 'Capture' }}>
          {say(CAPTURED_BY[finding.capture.by])}, {moment(finding.capture.at)}
          <FileLinks api={api} finding={finding.id} files={[finding.capture]} />
        </Fact>
      ) : null}
      {'goneAt' in finding && finding.goneAt !== null ? (
        <Fact label={{ id: 'Sudah tidak ada sejak', en: 'No longer there since' }}>
          {moment(finding.goneAt)}
        </Fact>
      ) : null}
    </dl>
  );
};

interface ActProps<View extends FindingView = FindingView> {
  readonly api: Api;
  readonly finding: View;
  /** Takes the finding as it is after an act, and what that act came to. */
  readonly onChange: (finding: FindingView, done: Said) => void;
}

const DONE = {
  answer: {
    id: 'Jawaban Anda sudah kami terima. Peninjau lain akan menyimpulkan; hasilnya kami kabarkan lewat surel.',
    en: 'We have received your answer. Another reviewer will conclude; you will hear by mail.',
  },
  objection: {
    id: 'Keberatan Anda sudah kami terima. Hasilnya kami kabarkan lewat surel.',
    en: 'We have received your objection. You will hear by mail what comes of it.',
  },
  acknowledgement: {
    id: 'Tercatat bahwa Anda sudah membacanya.',
    en: 'It is on record that you have taken note.',
  },
} as const satisfies Record<string, Said>;

const AnswerForm = ({ api, finding, onChange }: ActProps) => (
  <section>
    <h2>{say({ id: 'Jawaban Anda', en: 'Your answer' })}</h2>
    <p>
      {say({
        id: 'Belum ada keputusan apa pun, dan atasan Anda tidak diberi tahu. “Bukan akun saya”, “tidak disengaja”, dan “sudah dihapus” diperhitungkan untuk kepentingan Anda. Jawaban dibaca para peninjau, yang tidak diberi tahu nama Anda; atasan Anda hanya membacanya bila unggahan ini diteruskan. Jawaban setelah batas waktu tetap dilampirkan selama belum ada simpulan.',
        en: 'Nothing has been decided, and your superior has not been told. “Not my account”, “an accident” and “deleted” count in your favour. The reviewers read your answer and are not told your name; your superior reads it only if the post is passed on. A late answer is still attached as long as nothing is concluded.',
      })}
    </p>
    <Form
      submit={{ id: 'Kirim jawaban', en: 'Send the answer' }}
      send={async (fields) => {
        const attachments = await attachmentsOf(api, fields);
        const body = { answer: textOf(fields, 'answer'), words: textOf(fields, 'words'), attachments };
        const { revision } = finding;
        const path = `/me/findings/${finding.id}/answers`;
        onChange(await api.post<FindingView>(path, { body, revision }), DONE.answer);
      }}
    >
      <Choices name="answer" label={{ id: 'Jenis jawaban', en: 'What you say' }} choices={ANSWER_LABELS} />
      <Words label={{ id: 'Penjelasan', en: 'In your words' }} optional />
      <FilesField />
    </Form>
  </section>
);

const ObjectionForm = ({ api, finding, onChange }: ActProps) => (
  <section>
    <h2>{say({ id: 'Ajukan keberatan', en: 'Object' })}</h2>
    <p>
      {say({
        id: 'Keberatan diperiksa oleh orang yang belum pernah memutuskan apa pun dalam tinjauan ini, yang menguatkan atau menarik simpulan. Anda dapat mengajukannya selama catatan ini masih disimpan.',
        en: 'Somebody who has decided nothing in this matter examines it, and confirms or withdraws the conclusion. You may object as long as this record is kept.',
      })}
    </p>
    <Form
      submit={{ id: 'Kirim keberatan', en: 'Send the objection' }}
      send={async (fields) => {
        const { revision } = finding;
        const body = { words: wordsOf(fields), attachments: await attachmentsOf(api, fields) };
        const path = `/me/findings/${finding.id}/objections`;
        onChange(await api.post<FindingView>(path, { body, revision }), DONE.objection);
      }}
    >
      <Words label={{ id: 'Alasan keberatan', en: 'Why you object' }} />
      <FilesField />
    </Form>
  </section>
);

const hasAnswered = ({ history }: HolderFinding): boolean => history.some(({ act }) => act === 'answer');

const HolderActs = (props: ActProps<HolderFinding>) => {
  switch (props.finding.state) {
    case 'clarifying':
    case 'deciding':
      return hasAnswered(props.finding) ? (
        <details>
          <summary>{say({ id: 'Tambahkan jawaban', en: 'Add to your answer' })}</summary>
          <AnswerForm {...props} />
        </details>
      ) : (
        <AnswerForm {...props} />
      );
    case 'referred':
      return <ObjectionForm {...props} />;
    case 'indicated':
    case 'objected':
    case 'confirmed':
    case 'withdrawn':
    case 'dismissed':
      return null;
  }
};

/** Whether the last thing that happened is that whoever reads took note. */
const isNoted = ({ history }: SupervisorFinding): boolean =>
  history.slice(history.findLastIndex(({ act }) => act !== 'acknowledge') + 1).some(({ you }) => you);

const SupervisorActs = ({ api, finding, onChange }: ActProps<SupervisorFinding>) => (
  <section>
    <h2>{say({ id: 'Tindak lanjut', en: 'What follows' })}</h2>
    <p>
      {say({
        id: 'Ini simpulan tinjauan, bukan putusan. Panggil dan dengarlah yang bersangkutan sebelum mengambil tindakan apa pun.',
        en: 'This is the conclusion of a review, not a ruling. Hear the person before you do anything.',
      })}
    </p>
    {isNoted(finding) ? null : (
      <ActButton
        label={{ id: 'Saya sudah membacanya', en: 'I have taken note' }}
        act={async () => {
          const { revision } = finding;
          const path = `/findings/${finding.id}/acknowledgement`;
          onChange(await api.post<FindingView>(path, { revision }), DONE.acknowledgement);
        }}
      />
    )}
  </section>
);

interface Handout {
  readonly link: string;
}

/** For the superior and, on equal terms, for the holder. */
const EvidencePack = ({ api, finding }: Omit<ActProps, 'onChange'>) => {
  const [link, setLink] = useState<string | null>(null);
  const label: Said = { id: 'Buat paket bukti', en: 'Make the evidence pack' };
  if (finding.state !== 'referred' && finding.state !== 'objected' && finding.state !== 'confirmed')
    return null;
  return link === null ? (
    <ActButton
      quiet
      label={label}
      act={async () => {
        setLink((await api.post<Handout>(`/findings/${finding.id}/evidence`)).link);
      }}
    />
  ) : (
    <p>
      <a href={link}>
        {say({ id: 'Unduh paket bukti (berlaku lima menit)', en: 'Download it (good for five minutes)' })}
      </a>
    </p>
  );
};

interface PageProps extends Around {
  readonly first: FindingView;
}

/** A finding as its holder or the superior reads it, and what they may do. */
export const FindingPage = ({ first, ...around }: PageProps) => {
  const [finding, setFinding] = useState(first);
  const [done, setDone] = useState<Said | null>(null);
  const change = (changed: FindingView, what: Said): void => {
    setFinding(changed);
    setDone(what);
    window.scrollTo(0, 0);
  };
  return (
    <>
      <h1>{say({ id: 'Tinjauan atas satu unggahan', en: 'The review of a post' })}</h1>
      {done === null ? null : <p role="status">{say(done)}</p>}
      <Facts finding={finding} {...around} />
      <Post finding={finding} />
      {finding.view === 'holder' ? <HolderActs api={around.api} finding={finding} onChange={change} /> : null}
      {finding.view === 'supervisor' ? (
        <SupervisorActs api={around.api} finding={finding} onChange={change} />
      ) : null}
      <EvidencePack api={around.api} finding={finding} />
      {'history' in finding ? (
        <section>
          <h2>{say({ id: 'Yang telah terjadi', en: 'What has happened' })}</h2>
          <History lines={finding.history} {...around} finding={finding.id} />
        </section>
      ) : null}
    </>
  );
};

import { useState } from 'hono/jsx/dom';
import { DECISIONS, type Decision } from '../shared/domain/review/decisions.js';
import type { HoldReason } from '../shared/domain/review/desk.js';
import type { FindingState } from '../shared/domain/review/finding.js';
import type {
  AnalystFinding,
  BlindFinding,
  FindingView,
  GoldenResult,
} from '../shared/domain/review/views.js';
import { DISMISS_LABELS, PURSUE_LABELS, reasonText } from '../shared/domain/review/reason-labels.js';
import { Facts, type Around } from './finding.js';
import { language, momentText, say, type Said } from './language.js';
import { History } from './history.js';
import { ActButton, Choices, Form, Post, textOf, Words, wordsOf } from './parts.js';

type TeamFinding = BlindFinding | AnalystFinding;

const LABELS = {
  dismiss: { id: 'Tutup', en: 'Dismiss' },
  clarify: { id: 'Minta jawaban ASN yang bersangkutan', en: 'Ask the holder' },
  refer: { id: 'Teruskan kepada atasan', en: 'Refer to the superior' },
  confirm: { id: 'Kuatkan', en: 'Confirm' },
  withdraw: { id: 'Tarik', en: 'Withdraw' },
} as const satisfies Record<Decision, Said>;

const KINDS = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'] as const satisfies Decision[];

/** What may be decided in a state, by the table by which the API decides it too. */
const openIn = (state: FindingState): readonly Decision[] =>
  KINDS.filter((kind) => DECISIONS[kind][state] !== undefined);

const reasonsFor = (decision: Decision): Readonly<Record<string, Said>> =>
  decision === 'dismiss' || decision === 'withdraw' ? DISMISS_LABELS : PURSUE_LABELS;

const HOLDS = {
  translation: { id: 'Perlu penerjemahan', en: 'Needs a translation' },
  advice: { id: 'Perlu pendapat ahli', en: 'Needs advice' },
  context: { id: 'Perlu konteks', en: 'Needs context' },
  technical: { id: 'Gangguan teknis', en: 'A technical problem' },
} as const satisfies Record<HoldReason, Said>;

interface ItemProps extends Around {
  readonly finding: TeamFinding;
  readonly onChange: (finding: FindingView) => void;
  /** The item is no longer this analyst's. */
  readonly onDone: () => Promise<void>;
}

const DecisionForm = ({ api, finding, onChange, onDone }: ItemProps) => {
  const open = openIn(finding.state);
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <Form
      submit={{ id: 'Putuskan', en: 'Decide' }}
      send={async (fields) => {
        const body = { kind: decision, reason: textOf(fields, 'reason'), words: wordsOf(fields) };
        const path = `/findings/${finding.id}/decisions`;
        const after = await api.post<FindingView>(path, { body, revision: finding.revision });
        // What was an invented item is told before the next one comes.
        if (after.view === 'blind' && after.golden !== null) onChange(after);
        else await onDone();
      }}
    >
      <fieldset>
        <legend>{say({ id: 'Keputusan Anda', en: 'Your decision' })}</legend>
        {open.map((one) => (
          <label class="choice">
            <input
              type="radio"
              name="decision"
              value={one}
              required
              onChange={() => {
                setDecision(one);
              }}
            />
            {say(LABELS[one])}
          </label>
        ))}
      </fieldset>
      {decision === null ? null : (
        <Choices name="reason" label={{ id: 'Alasan', en: 'Reason' }} choices={reasonsFor(decision)} />
      )}
      <Words
        label={{ id: 'Uraian (dibaca ASN yang bersangkutan)', en: 'In your words (the holder reads them)' }}
      />
    </Form>
  );
};

const ANSWERS = {
  dismiss: { id: 'ditutup', en: 'dismissed' },
  pursue: { id: 'ditanyakan kepada pemilik akun', en: 'put to the holder' },
} as const satisfies Record<GoldenResult['expected'], Said>;

/** An invented item has been answered: what was expected, and why. It is told to whoever answered, and to nobody else. */
const Golden = ({ result, onDone }: { readonly result: GoldenResult } & Pick<ItemProps, 'onDone'>) => (
  <>
    <p role="status">
      <strong>
        {say({
          id: 'Ini butir latihan, bukan unggahan siapa pun.',
          en: 'This was an invented item, nobody’s post.',
        })}
      </strong>{' '}
      {result.agreed
        ? say({ id: 'Jawaban Anda sesuai.', en: 'You answered as expected.' })
        : say({ id: 'Jawaban Anda berbeda.', en: 'You answered otherwise.' })}{' '}
      {say({ id: 'Yang diharapkan:', en: 'Expected:' })} {say(ANSWERS[result.expected])}. {result.because}
    </p>
    <p class="aside">
      {say({
        id: 'Hasil ini hanya ditunjukkan kepada Anda. Yang dihitung hanya tim secara keseluruhan.',
        en: 'This is shown to you alone. Only the team as a whole is counted.',
      })}
    </p>
    <ActButton label={{ id: 'Lanjut', en: 'Go on' }} act={onDone} />
  </>
);

/** What the team does around an item without deciding. */
const DeskActs = ({ api, finding, onChange, onDone, timeZone }: ItemProps) => {
  const at = `/findings/${finding.id}`;
  const { revision } = finding;
  return (
    <details>
      <summary>{say({ id: 'Catatan, tunda, kembalikan', en: 'Notes, hold, give back' })}</summary>
      {finding.desk.notes.length === 0 ? null : (
        <History lines={finding.desk.notes} api={api} finding={finding.id} timeZone={timeZone} />
      )}
      <Form
        submit={{ id: 'Simpan catatan', en: 'Keep the note' }}
        send={async (fields) => {
          const body = { words: wordsOf(fields) };
          onChange(await api.post<FindingView>(`${at}/notes`, { body, revision }));
        }}
      >
        <Words label={{ id: 'Catatan untuk tim saja', en: 'A note for the team alone' }} />
      </Form>
      <Form
        submit={{ id: 'Tunda', en: 'Put off' }}
        send={async (fields) => {
          const workingDays = Number(textOf(fields, 'workingDays'));
          const body = { reason: textOf(fields, 'reason'), workingDays, words: wordsOf(fields) };
          await api.post(`${at}/holds`, { body, revision });
          await onDone();
        }}
      >
        <Choices name="reason" label={{ id: 'Mengapa ditunda', en: 'Why it waits' }} choices={HOLDS} />
        <label>
          {say({ id: 'Hari kerja', en: 'Working days' })}
          <input type="number" name="workingDays" min={1} max={5} value={1} required />
        </label>
        <Words label={{ id: 'Uraian', en: 'In your words' }} />
      </Form>
      <Form
        submit={{ id: 'Saya tidak bebas menilai', en: 'I am not free to judge' }}
        send={async (fields) => {
          await api.post(`${at}/recusals`, { body: { words: wordsOf(fields) }, revision });
          await onDone();
        }}
      >
        <Words
          label={{ id: 'Mengapa Anda mengundurkan diri dari tinjauan ini', en: 'Why you stand aside' }}
        />
      </Form>
      <ActButton
        quiet
        label={{ id: 'Kembalikan tanpa keputusan', en: 'Give back undecided' }}
        act={async () => {
          await api.delete(`${at}/lease`);
          await onDone();
        }}
      />
    </details>
  );
};

const Item = (props: ItemProps) => {
  const { api, finding, timeZone } = props;
  const { yoursUntil } = finding.desk;
  return (
    <>
      {finding.view === 'blind' ? (
        <p>
          {say({
            id: 'Anda membaca tanpa mengetahui milik siapa unggahan ini.',
            en: 'You read without knowing whose post this is.',
          })}
        </p>
      ) : null}
      {yoursUntil === null ? null : (
        <p class="aside">
          {say({ id: 'Untuk Anda sampai', en: 'Yours until' })} {momentText(yoursUntil, timeZone)}
        </p>
      )}
      {finding.view === 'analyst' && finding.lowering !== null ? (
        <p role="status">
          <strong>{reasonText(finding.lowering.reason, language())}</strong> {finding.lowering.words}
        </p>
      ) : null}
      <Facts {...props} />
      <Post finding={finding} />
      {finding.view === 'analyst' ? (
        <History lines={finding.history} api={api} finding={finding.id} timeZone={timeZone} />
      ) : null}
      {finding.view === 'blind' && finding.golden !== null ? (
        <Golden result={finding.golden} onDone={props.onDone} />
      ) : (
        <>
          <DecisionForm {...props} />
          <DeskActs {...props} />
        </>
      )}
    </>
  );
};

interface Next {
  readonly finding: FindingView | null;
}

export const takeNext = async ({ api }: Around): Promise<FindingView | null> =>
  (await api.post<Next>('/findings/next')).finding;

const isTeams = (finding: FindingView | null): finding is TeamFinding =>
  finding !== null && 'desk' in finding;

/** One item after another, each with one analyst at a time. */
export const ReviewPage = ({ first, ...around }: Around & { readonly first: FindingView | null }) => {
  const [finding, setFinding] = useState(first);
  const done = async (): Promise<void> => {
    setFinding(await takeNext(around));
    window.scrollTo(0, 0);
  };
  return (
    <>
      <h1>{say({ id: 'Meja tinjauan', en: 'The review desk' })}</h1>
      {isTeams(finding) ? (
        <Item
          key={`${finding.id} ${finding.revision}`}
          {...around}
          finding={finding}
          onChange={setFinding}
          onDone={done}
        />
      ) : (
        <>
          <p>{say({ id: 'Tidak ada yang menunggu Anda.', en: 'Nothing waits for you.' })}</p>
          <ActButton label={{ id: 'Periksa lagi', en: 'Look again' }} act={done} />
        </>
      )}
    </>
  );
};

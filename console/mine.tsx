import { useState } from 'hono/jsx/dom';
import type { OwnAccount } from '../functions/serve-api/own-account.js';
import type { OwnRequest } from '../functions/serve-api/own-request.js';
import type { Look } from '../shared/domain/review/looks.js';
import type { FindingSummary } from '../shared/domain/review/views.js';
import type { Around } from './finding.js';
import { ACCOUNT_STATES, byText, OUTCOMES, REQUEST_KINDS, STANDINGS, STATES } from './labels.js';
import { momentText, say } from './language.js';
import { ActButton, Choices, Fact, Form, textOf, Words } from './parts.js';

/** What `GET /me` answers, as far as this page shows it. */
export interface Mine {
  readonly person: { readonly name: string; readonly unit: string; readonly email: string };
  readonly accounts: readonly OwnAccount[];
  readonly findings: readonly FindingSummary[];
  readonly looks: readonly { readonly finding: string; readonly looks: readonly Look[] }[];
  readonly requests: readonly OwnRequest[];
}

export const readMine = async ({ api }: Around): Promise<Mine> => api.get<Mine>('/me');

interface Copy {
  readonly files: readonly { readonly name: string; readonly link: string }[];
}

interface Props extends Around {
  readonly mine: Mine;
  /** Reads everything again after a change. */
  readonly refresh: () => Promise<void>;
}

const AccountCard = ({ account, api, timeZone, refresh }: Props & { readonly account: OwnAccount }) => {
  const change = (kind: 'pause' | 'resume' | 'withdraw') => async (): Promise<void> => {
    await api.post(`/accounts/${account.id}/${kind}`);
    await refresh();
  };
  const { coverage } = account;
  return (
    <article>
      <h3>{account.handle}</h3>
      <dl>
        <Fact label={{ id: 'Jaringan', en: 'Network' }}>{account.network}</Fact>
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
        <Fact label={{ id: 'Unggahan yang disaring', en: 'Posts screened' }}>{coverage.posts}</Fact>
      </dl>
      {account.state === 'active' ? (
        <ActButton quiet label={{ id: 'Jeda', en: 'Pause' }} act={change('pause')} />
      ) : null}
      {account.state === 'paused' ? (
        <ActButton quiet label={{ id: 'Lanjutkan', en: 'Resume' }} act={change('resume')} />
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

const FindingLine = ({ finding, mine, timeZone }: Props & { readonly finding: FindingSummary }) => {
  const looks = mine.looks.find((one) => one.finding === finding.id)?.looks ?? [];
  return (
    <li>
      <a href={`/open/findings/${finding.id}`}>
        {say({ id: 'Unggahan', en: 'Post of' })} {momentText(finding.postedAt, timeZone)}
      </a>
      <div>{say(STATES[finding.state])}</div>
      <details>
        <summary>
          {say({ id: 'Siapa yang membukanya', en: 'Who looked at it' })} ({looks.length})
        </summary>
        <ul>
          {looks.map((look) => (
            <li>
              {byText(look)} · {momentText(look.at, timeZone)}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
};

const RequestLine = ({ request, timeZone }: { readonly request: OwnRequest; readonly timeZone: string }) => (
  <li>
    <strong>{request.number}</strong> · {say(REQUEST_KINDS[request.kind])}
    <div>{request.words}</div>
    {request.answer === null ? (
      <div>
        {say({ id: 'Dijawab paling lambat', en: 'Answered at the latest by' })}{' '}
        {momentText(request.dueAt, timeZone)}
      </div>
    ) : (
      <div>
        {say(OUTCOMES[request.answer.outcome])}: {request.answer.words}
      </div>
    )}
  </li>
);

const CopyOfAll = ({ api }: Around) => {
  const [copy, setCopy] = useState<Copy | null>(null);
  return copy === null ? (
    <ActButton
      quiet
      label={{ id: 'Ambil salinan semua data saya', en: 'Take a copy of all my data' }}
      act={async () => {
        setCopy(await api.post<Copy>('/me/exports'));
      }}
    />
  ) : (
    <ul>
      {copy.files.map(({ name, link }) => (
        <li>
          <a href={link}>{name}</a>
        </li>
      ))}
    </ul>
  );
};

const nothing = () => <p>{say({ id: 'Tidak ada.', en: 'None.' })}</p>;

/** All that is on record of whoever reads, and what they may do about it. */
export const MinePage = ({ first, ...around }: Around & { readonly first: Mine }) => {
  const [mine, setMine] = useState(first);
  const props: Props = {
    ...around,
    mine,
    refresh: async () => {
      setMine(await readMine(around));
    },
  };
  return (
    <>
      <h1>{say({ id: 'Data saya', en: 'My data' })}</h1>
      <p>
        {mine.person.name}, {mine.person.unit}, {mine.person.email}
      </p>
      <h2>{say({ id: 'Akun terdaftar', en: 'Registered accounts' })}</h2>
      {mine.accounts.length === 0 ? nothing() : null}
      {mine.accounts.map((account) => (
        <AccountCard {...props} account={account} />
      ))}
      <h2>{say({ id: 'Tinjauan atas unggahan saya', en: 'Reviews of my posts' })}</h2>
      {mine.findings.length === 0 ? nothing() : null}
      <ul class="lines">
        {mine.findings.map((finding) => (
          <FindingLine {...props} finding={finding} />
        ))}
      </ul>
      <h2>{say({ id: 'Permohonan kepada pejabat PDP', en: 'Requests to the data-protection officer' })}</h2>
      <ul class="lines">
        {mine.requests.map((request) => (
          <RequestLine request={request} timeZone={around.timeZone} />
        ))}
      </ul>
      <details>
        <summary>{say({ id: 'Ajukan permohonan', en: 'Make a request' })}</summary>
        <Form
          submit={{ id: 'Kirim permohonan', en: 'Send the request' }}
          send={async (fields) => {
            const body = { kind: textOf(fields, 'kind'), words: textOf(fields, 'words') };
            await around.api.post('/me/requests', { body });
            await props.refresh();
          }}
        >
          <Choices name="kind" label={{ id: 'Jenis', en: 'Kind' }} choices={REQUEST_KINDS} />
          <Words label={{ id: 'Permohonan Anda', en: 'What you ask for' }} />
        </Form>
      </details>
      <h2>{say({ id: 'Salinan', en: 'A copy' })}</h2>
      <CopyOfAll {...around} />
    </>
  );
};

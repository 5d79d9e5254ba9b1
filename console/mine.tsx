import { useState } from 'hono/jsx/dom';
import type { OwnAccount } from '../functions/serve-api/own-account.js';
import type { OwnRequest } from '../functions/serve-api/own-request.js';
import type { Notice } from '../shared/domain/registry/agency.js';
import type { Look } from '../shared/domain/review/looks.js';
import type { FindingSummary } from '../shared/domain/review/views.js';
import { AccountCard, RegisterForm, type Refreshing } from './accounts.js';
import type { Reader } from './finding.js';
import { byText, OUTCOMES, REQUEST_KINDS, STATES } from './labels.js';
import { momentText, say } from './language.js';
import { ActButton, Choices, Form, textOf, Words, wordsOf } from './parts.js';

/** What `GET /me` answers, as far as this page shows it. */
export interface Mine {
  readonly person: { readonly name: string; readonly unit: string; readonly email: string };
  readonly notice: Notice | null;
  readonly accounts: readonly OwnAccount[];
  readonly findings: readonly FindingSummary[];
  readonly looks: readonly { readonly finding: string; readonly looks: readonly Look[] }[];
  readonly requests: readonly OwnRequest[];
}

export const readMine = ({ api }: Reader): Promise<Mine> => api.get('/me');

interface Copy {
  readonly files: readonly { readonly name: string; readonly link: string }[];
}

interface Props extends Refreshing {
  readonly mine: Mine;
}

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

const CopyOfAll = ({ api }: Reader) => {
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
    <>
      <p role="status">
        {say({
          id: 'Salinan Anda siap. Tautannya berlaku 15 menit; sesudahnya, mintalah salinan lagi.',
          en: 'Your copy is ready. The links are good for 15 minutes; after that, take another copy.',
        })}
      </p>
      <ul>
        {copy.files.map(({ name, link }) => (
          <li>
            <a href={link}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
};

const nothing = () => <p>{say({ id: 'Tidak ada.', en: 'None.' })}</p>;

/** All that is on record of whoever reads, and what they may do about it. */
export const MinePage = ({ first, ...reader }: Reader & { readonly first: Mine }) => {
  const [mine, setMine] = useState(first);
  const props: Props = {
    ...reader,
    mine,
    refresh: async () => {
      setMine(await readMine(reader));
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
      {mine.notice === null ? null : <RegisterForm {...props} notice={mine.notice} />}
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
          <RequestLine request={request} timeZone={reader.timeZone} />
        ))}
      </ul>
      <details>
        <summary>{say({ id: 'Ajukan permohonan', en: 'Make a request' })}</summary>
        <Form
          submit={{ id: 'Kirim permohonan', en: 'Send the request' }}
          send={async (fields) => {
            const body = { kind: textOf(fields, 'kind'), words: wordsOf(fields) };
            await reader.api.post('/me/requests', { body });
            await props.refresh();
          }}
        >
          <Choices name="kind" label={{ id: 'Jenis', en: 'Kind' }} choices={REQUEST_KINDS} />
          <Words label={{ id: 'Permohonan Anda', en: 'What you ask for' }} />
        </Form>
      </details>
      <h2>{say({ id: 'Salinan', en: 'A copy' })}</h2>
      <CopyOfAll {...reader} />
    </>
  );
};

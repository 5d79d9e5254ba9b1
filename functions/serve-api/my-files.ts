import { csvText } from '../../shared/domain/export/csv.js';
import { filesIn } from '../../shared/domain/review/views.js';
import type { MyData } from './my-data.js';
import type { MyRest } from './my-rest.js';

export interface MyFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

const orEmpty = (value: string | null): string => value ?? '';

/** The tables of an export for a spreadsheet, each with what the whole has of its kind. */
const tablesOf = (
  { record, findings }: MyData,
  rest: MyRest,
): Readonly<Record<string, [string[], string[][]]>> => ({
  accounts: [
    [
      'id',
      'network',
      'handle',
      'state',
      'confirmed',
      'noticeVersion',
      'effectiveFrom',
      'effectiveTo',
      'posts',
    ],
    record.accounts.map((account) => [
      account.id,
      account.network,
      account.handle,
      account.state,
      orEmpty(account.confirmation?.at ?? null),
      orEmpty(account.confirmation?.noticeVersion ?? null),
      account.effectiveFrom,
      orEmpty(account.effectiveTo),
      String(account.coverage.posts),
    ]),
  ],
  scans: [
    ['account', 'reason', 'since', 'until'],
    record.accounts.flatMap(({ id, coverage }) =>
      coverage.runs.map(({ reason, since, until }) => [id, reason, since, orEmpty(until)]),
    ),
  ],
  findings: [
    [
      'id',
      'account',
      'state',
      'postedAt',
      'foundAt',
      'replyBy',
      'link',
      'contest',
      'stage',
      'provisions',
      'text',
    ],
    findings.map((finding) => [
      finding.id,
      finding.account,
      finding.state,
      finding.postedAt,
      finding.foundAt,
      orEmpty(finding.replyBy),
      orEmpty(finding.url),
      finding.indication.contest,
      orEmpty(finding.indication.stage),
      finding.indication.provisions.join(' '),
      finding.parts.map(({ text }) => text).join('\n'),
    ]),
  ],
  history: [
    ['finding', 'at', 'act', 'by', 'reason', 'words', 'late'],
    findings.flatMap(({ id, history }) =>
      history.map(({ at, act, by, reason, words, late }) => [
        id,
        at,
        act,
        by,
        orEmpty(reason),
        orEmpty(words),
        late ? 'late' : '',
      ]),
    ),
  ],
  files: [
    ['finding', 'name', 'bytes', 'file'],
    findings.flatMap((finding) =>
      filesIn(finding).map(({ file, name, bytes }) => [finding.id, name, String(bytes), file]),
    ),
  ],
  looks: [
    ['finding', 'at', 'by'],
    record.looks.flatMap(({ finding, looks }) => looks.map(({ at, by }) => [finding, at, by])),
  ],
  mails: [
    ['at', 'kind', 'to', 'state', 'fate', 'finding', 'telling'],
    rest.mails.flatMap(({ at, kind, to, state, fate, about }) => {
      const mail = [at, kind, to, state, orEmpty(fate)];
      if (about.length === 0) return [[...mail, '', '']];
      return about.map(({ finding, telling }) => [...mail, finding, telling]);
    }),
  ],
  requests: [
    ['number', 'kind', 'receivedAt', 'dueAt', 'words', 'outcome', 'answer'],
    record.requests.map(({ number, kind, receivedAt, dueAt, words, answer }) => [
      number,
      kind,
      receivedAt,
      dueAt,
      words,
      orEmpty(answer?.outcome ?? null),
      orEmpty(answer?.words ?? null),
    ]),
  ],
});

/** A copy of all that is on record of somebody: whole as JSON, and table by table as CSV. */
export const myFiles = (data: MyData, rest: MyRest): readonly MyFile[] => [
  {
    name: 'my-data.json',
    type: 'application/json',
    text: `${JSON.stringify({ ...data.record, findings: data.findings, ...rest }, null, 2)}\n`,
  },
  ...Object.entries(tablesOf(data, rest)).map(([name, [header, rows]]) => ({
    name: `${name}.csv`,
    type: 'text/csv; charset=utf-8',
    text: csvText(header, rows),
  })),
];

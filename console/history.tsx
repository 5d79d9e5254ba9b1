import type { HistoryView } from '../shared/domain/review/views.js';
import { reasonText } from '../shared/domain/review/reason-labels.js';
import type { Api } from './api.js';
import { FileLinks } from './files.js';
import { ACTS, byText } from './labels.js';
import { language, momentText, say } from './language.js';

interface HistoryProps {
  readonly lines: readonly HistoryView[];
  readonly api: Api;
  /** Of which finding. */
  readonly finding: string;
  readonly timeZone: string;
}

const Line = ({
  line,
  api,
  finding,
  timeZone,
}: Omit<HistoryProps, 'lines'> & { readonly line: HistoryView }) => (
  <li>
    <strong>{say(ACTS[line.act])}</strong> · {byText(line)} · {momentText(line.at, timeZone)}
    {line.late ? ` · ${say({ id: 'setelah batas waktu', en: 'after the time was over' })}` : ''}
    {line.reason === null ? null : <div>{reasonOf(line)}</div>}
    {line.words === null ? null : <blockquote>{line.words}</blockquote>}
    <FileLinks api={api} finding={finding} files={line.files} />
  </li>
);

/** Desk acts have reasons of lists of their own, which only the team reads. */
const reasonOf = ({ act, reason }: HistoryView): string =>
  ['answer', 'dismiss', 'clarify', 'refer', 'confirm', 'withdraw'].includes(act)
    ? reasonText(reason, language())
    : (reason ?? '');

/** What happened, as far as the reader may know, with the files that came with it. */
export const History = ({ lines, ...around }: HistoryProps) => (
  <ol class="history">
    {lines.map((line) => (
      <Line {...around} line={line} />
    ))}
  </ol>
);

import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import * as z from 'zod';
import { DismissReason, PursueReason } from '../shared/domain/review/acts.js';
import { csvRow } from '../shared/domain/export/csv.js';
import type { RunningClock } from '../shared/domain/review/clocks.js';
import { FindingState } from '../shared/domain/review/finding.js';
import { filesIn, FindingSummary, FindingView } from '../shared/domain/review/views.js';
import { sessionOf, type Surroundings } from './context.js';
import { saveHandout } from './download.js';
import { exported } from './export-parts.js';
import { asRows, refuseExisting, writeRows } from './record-export.js';
import { printable, table } from './table.js';

const Page = z.object({ items: z.array(FindingSummary), next: z.string().nullable() });

const DECISIONS = ['dismiss', 'clarify', 'refer', 'confirm', 'withdraw'] as const;

const quoted = (text: string): string[] =>
  printable(text)
    .split('\n')
    .map((line) => `  | ${line}`);

const historyLines = (view: FindingView): string[] => {
  if (view.view === 'blind') return [];
  const rows = view.history.map(({ at, act, by, you, reason, words, late }) => [
    at,
    late ? `${act} (late)` : act,
    you ? `${by} (you)` : by,
    reason ?? '',
    words ?? '',
  ]);
  return ['', ...table(['WHEN', 'ACT', 'BY', 'REASON', 'WORDS'], rows)];
};

const fileLines = (view: FindingView): string[] => {
  const files = filesIn(view);
  if (files.length === 0) return [];
  const rows = files.map(({ file, name, bytes }) => [name, String(bytes), file]);
  return ['', ...table(['FILE', 'BYTES', 'SAVE IT WITH netral findings file'], rows)];
};

const CLOCKS = {
  reply: 'reply until',
  satgas: 'task force',
  bawaslu: 'Bawaslu',
  terms: 'ends by',
} as const satisfies Record<RunningClock['clock'], string>;

const clockLines = (view: FindingView): string[] => {
  if (view.view === 'blind') return [];
  return view.clocks.map(
    ({ clock, until, holidaysKnown }) =>
      `${CLOCKS[clock].padEnd(12)}${until}${holidaysKnown ? '' : '  (provisional: not all holidays are on file, perhaps later)'}`,
  );
};

/** Where the post is, and what became of it. */
const originLines = (view: FindingView): string[] => {
  const given = view.submitted ? ['given in    by a person; nobody else has seen it on its network'] : [];
  if (view.view === 'blind') return given;
  return [
    `link        ${view.url ?? 'none'}`,
    ...given,
    ...(view.edited
      ? ['edited      this is not how it first stood; an earlier version is a finding of its own']
      : []),
    ...(view.goneAt === null
      ? []
      : [`gone        since ${view.goneAt}; the link leads to nothing, or to what came after`]),
  ];
};

/** How an item stands with the team, and where its text names people. */
const deskLines = (view: FindingView): string[] => {
  if (view.view !== 'blind' && view.view !== 'analyst') return [];
  const { yoursUntil, taken, holdUntil, notes } = view.desk;
  const named = view.people.map(({ part, start, end }) => {
    const text = part === 'context' ? view.context?.text : view.parts[part]?.text;
    return (text ?? '').slice(start, end);
  });
  return [
    ...(yoursUntil === null ? [] : [`yours       until ${yoursUntil}`]),
    ...(taken ? ['taken       by another analyst now'] : []),
    ...(holdUntil === null ? [] : [`put off     until ${holdUntil}`]),
    ...(named.length === 0 ? [] : [`names       ${printable(named.join(', '))}`]),
    ...notes.map(
      ({ act, by, you, words }) => `${act.padEnd(12)}${you ? `${by} (you)` : by}: ${printable(words ?? '')}`,
    ),
  ];
};

/** After an answer to an invented item: what was expected, for whoever answered alone. */
const goldenLines = (view: FindingView): string[] =>
  view.view !== 'blind' || view.golden === null
    ? []
    : [
        'This was an invented item with a known answer; it is nobody’s post, and only the team as a whole is counted.',
        `expected    ${view.golden.expected}: ${view.golden.agreed ? 'so did you' : 'you answered otherwise'}`,
        `because     ${printable(view.golden.because)}`,
        '',
      ];

/** A finding as its reader may see it. */
export const findingLines = (view: FindingView): string[] => {
  const { indication } = view;
  const evidence = indication.spans.map(({ part, start, end, rule }) => {
    const text = part === 'context' ? view.context?.text : view.parts[part]?.text;
    return [rule, (text ?? '').slice(start, end)];
  });
  return [
    ...goldenLines(view),
    `finding     ${view.id}  (revision ${view.revision})`,
    `state       ${view.state}`,
    `posted      ${view.postedAt}`,
    `indication  ${indication.provisions.join(', ')}, stage ${indication.stage ?? 'unknown'}`,
    ...(view.view === 'analyst' && view.lowering !== null
      ? [
          `holder says ${printable([view.lowering.reason ?? '', view.lowering.words ?? ''].join('  ').trim())}`,
        ]
      : []),
    ...originLines(view),
    ...clockLines(view),
    ...deskLines(view),
    ...(view.view === 'supervisor'
      ? [`holder      ${printable(`${view.holder.name}, ${view.holder.unit}`)}`]
      : []),
    '',
    ...view.parts.flatMap(({ field, text }) => [`${field}:`, ...quoted(text)]),
    ...(view.context === null ? [] : [`${view.context.relation}:`, ...quoted(view.context.text)]),
    '',
    ...table(['RULE', 'WORDS'], evidence),
    ...historyLines(view),
    ...fileLines(view),
  ];
};

const COLUMNS = [
  'id',
  'state',
  'stateSince',
  'foundAt',
  'postedAt',
  'replyBy',
  'contest',
  'stage',
] as const satisfies (keyof FindingSummary)[];

async function* asCsv(items: AsyncIterable<FindingSummary>): AsyncGenerator<string> {
  yield csvRow([...COLUMNS, 'provisions']);
  for await (const item of items)
    yield csvRow([...COLUMNS.map((column) => item[column] ?? ''), item.provisions.join(' ')]);
}

interface Filter {
  readonly state?: string[];
  readonly provision?: string;
  readonly network?: string;
  readonly from?: string;
  readonly to?: string;
}

interface ListOptions extends Filter {
  readonly limit: string;
  readonly cursor?: string;
}

const queryOf = ({ state = [], ...single }: ListOptions): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(single)) query.append(name, value);
  for (const value of state) query.append('state', value);
  return query.toString();
};

/** `netral findings`: the analysts' work. */
export const findingsCommand = (around: Surroundings): Command => {
  const findings = new Command('findings').description('what people are to look at');

  findings
    .command('list')
    .description('list findings, newest indication first')
    .addOption(new Option('--state <state...>', 'only these states').choices(FindingState.options))
    .option('--provision <id>', 'only this provision, DIS-2')
    .option('--network <name>', 'only this network')
    .option('--from <moment>', 'indicated from then on: a day, 2026-11-23, or a moment, 2026-11-23T08:00:00Z')
    .option('--to <moment>', 'indicated before then')
    .option('--limit <number>', 'how many at most', '100')
    .option('--cursor <text>', 'go on where a page ended')
    .action(async (options: ListOptions, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.get(`/findings?${queryOf(options)}`);
      show(answer, () => {
        const { items, next } = Page.parse(answer);
        const rows = items.map(({ id, state, postedAt, provisions }) => [
          id,
          state,
          postedAt,
          provisions.join(', '),
        ]);
        const more = next === null ? [] : ['', `There is more: --cursor ${next}`];
        return [...table(['ID', 'STATE', 'POSTED', 'PROVISIONS'], rows), ...more];
      });
    });

  findings
    .command('export')
    .description(
      'write the list of findings to a file, however many they are: one JSON object to a row, or CSV',
    )
    .argument('<file>', 'a new file')
    .addOption(new Option('--state <state...>', 'only these states').choices(FindingState.options))
    .option('--provision <id>', 'only this provision, DIS-2')
    .option('--network <name>', 'only this network')
    .option('--from <moment>', 'indicated from then on: a day, 2026-11-23, or a moment, 2026-11-23T08:00:00Z')
    .option('--to <moment>', 'indicated before then')
    .option('--csv', 'as a table for a spreadsheet')
    .action(
      async (file: string, { csv, ...filter }: Filter & { readonly csv?: boolean }, command: Command) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const target = resolve(around.folder, file);
        await refuseExisting(target);
        const source = { api, fetch: around.fetch };
        const items = exported(source, '/findings/exports', FindingSummary, { ...filter });
        const rows = await writeRows(target, csv === true ? asCsv(items) : asRows(items));
        const count = csv === true ? rows - 1 : rows;
        show({ file, findings: count }, () => [`${count} findings written to ${file}.`]);
      },
    );

  findings
    .command('file')
    .description('save a file that came with a finding; the look is put on record')
    .argument('<id>', 'the finding')
    .argument('<file>', 'as findings show says it')
    .requiredOption('--out <path>', 'where to save it; it is not opened')
    .action(async (id: string, file: string, { out }: { out: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.get(`/findings/${encodeURIComponent(id)}/files/${encodeURIComponent(file)}`);
      const saved = await saveHandout(answer, out, around);
      show(answer, () => [saved]);
    });

  findings
    .command('show')
    .description('read one finding; the look is put on record')
    .argument('<id>', 'as findings list says it')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.get(`/findings/${encodeURIComponent(id)}`);
      show(answer, () => findingLines(FindingView.parse(answer)));
    });

  findings
    .command('decide')
    .description('decide on a finding, with a reason from the list and in words')
    .argument('<id>', 'as findings list says it')
    .addArgument(new Argument('<act>').choices(DECISIONS))
    .requiredOption(
      '--reason <reason>',
      `to dismiss or withdraw: ${DismissReason.options.join(', ')}; else: ${PursueReason.options.join(', ')}`,
    )
    .requiredOption('--words <text>', 'why, in your own words; the holder reads them')
    .action(
      async (
        id: string,
        kind: string,
        { reason, words }: { reason: string; words: string },
        command: Command,
      ) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const path = `/findings/${encodeURIComponent(id)}/decisions`;
        const answer = await api.post(path, { kind, reason, words });
        show(answer, () => findingLines(FindingView.parse(answer)));
      },
    );

  return findings;
};

import { Argument, Command, Option } from 'commander';
import * as z from 'zod';
import { RequestKind, RequestOutcome } from '../shared/domain/requests/holder-request.js';
import { sessionOf, type Surroundings } from './context.js';
import { printable, table } from './table.js';

const Asked = z.object({
  id: z.string(),
  number: z.string(),
  kind: RequestKind,
  words: z.string(),
  via: z.string(),
  receivedAt: z.string(),
  dueAt: z.string(),
  late: z.boolean(),
  name: z.string().nullable().optional(),
  answer: z.object({ at: z.string(), outcome: RequestOutcome, words: z.string() }).nullable(),
});
type Asked = z.infer<typeof Asked>;
const Items = z.object({ items: z.array(Asked) });

const stateOf = ({ answer, late }: Asked): string => {
  if (answer !== null) return `${answer.outcome}${late ? ', late' : ''}`;
  return late ? 'OVERDUE' : 'open';
};

const rows = (items: readonly Asked[]): string[] =>
  items.length === 0
    ? ['There are no requests.']
    : table(
        ['ID', 'NUMBER', 'KIND', 'RECEIVED', 'DUE', 'STATE'],
        items.map((one) => [one.id, one.number, one.kind, one.receivedAt, one.dueAt, stateOf(one)]),
      );

const lines = (one: Asked): string[] => [
  `request     ${one.number}  (${one.id})`,
  ...(one.name === undefined
    ? []
    : [`about       ${one.name === null ? 'nobody on record' : printable(one.name)}`]),
  `kind        ${one.kind}, ${one.via}`,
  `received    ${one.receivedAt}`,
  `due         ${one.dueAt}`,
  `state       ${stateOf(one)}`,
  '',
  printable(one.words),
  ...(one.answer === null
    ? []
    : ['', `answered ${one.answer.at}, ${one.answer.outcome}:`, printable(one.answer.words)]),
];

/** `netral requests`: what data subjects ask of the officer, and its clock of three times 24 hours. */
export const requestsCommand = (around: Surroundings): Command => {
  const requests = new Command('requests').description('what people ask of the officer about their data');

  requests
    .command('list')
    .description('the register: what waits for an answer, the earliest due first')
    .option('--all', 'answered ones too, newest first')
    .action(async ({ all = false }: { all?: boolean }, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.get(`/requests?state=${all ? 'all' : 'open'}`);
      show(answer, () => rows(Items.parse(answer).items));
    });

  requests
    .command('show')
    .description('show one request of the register')
    .argument('<id>')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.get(`/requests/${encodeURIComponent(id)}`);
      show(answer, () => lines(Asked.parse(answer)));
    });

  requests
    .command('enter')
    .description('enter a request that came on paper')
    .addArgument(new Argument('<kind>').choices(RequestKind.options))
    .argument('<words>', 'what is asked')
    .requiredOption('--received <moment>', 'when it came, 2026-11-23T09:00:00+07:00')
    .option('--employee-number <number>', 'whom it is about; leave it out for somebody who is not on record')
    .action(
      async (
        kind: string,
        words: string,
        { received, employeeNumber }: { received: string; employeeNumber?: string },
        command: Command,
      ) => {
        const { api, show } = sessionOf(command, 'officer', around);
        const answer = await api.post('/requests', {
          kind,
          words,
          receivedAt: received,
          ...(employeeNumber === undefined ? {} : { employeeNumber }),
        });
        show(answer, () => lines(Asked.parse(answer)));
      },
    );

  requests
    .command('answer')
    .description('answer a request, with reasons')
    .argument('<id>')
    .addArgument(new Argument('<outcome>').choices(RequestOutcome.options))
    .argument('<words>', 'what is done about it, or why not')
    .action(async (id: string, outcome: string, words: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.post(`/requests/${encodeURIComponent(id)}/answer`, { outcome, words });
      show(answer, () => lines(Asked.parse(answer)));
    });

  requests
    .command('mine')
    .description('your own requests and their answers')
    .addOption(new Option('--ask <kind>', 'ask this of the officer').choices(RequestKind.options))
    .option('--words <text>', 'with --ask: what you ask for, in your own words')
    .action(async ({ ask, words = '' }: { ask?: string; words?: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      if (ask !== undefined) {
        const asked = await api.post('/me/requests', { kind: ask, words });
        show(asked, () => lines(Asked.parse(asked)));
        return;
      }
      const answer = await api.get('/me/requests');
      show(answer, () => rows(Items.parse(answer).items));
    });

  return requests;
};

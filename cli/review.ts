import { Command, Option } from 'commander';
import * as z from 'zod';
import { HoldReason } from '../shared/domain/review/desk.js';
import { FindingView } from '../shared/domain/review/views.js';
import { sessionOf, type Surroundings } from './context.js';
import { findingLines } from './findings.js';
import { table } from './table.js';

const Next = z.object({ finding: FindingView.nullable() });
const Desk = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      takenUntil: z.string().nullable(),
      holdUntil: z.string().nullable(),
    }),
  ),
});

const pathOf = (id: string, rest: string): string => `/findings/${encodeURIComponent(id)}/${rest}`;

/** `netral review`: one item after another, each with one analyst at a time. */
export const reviewCommand = (around: Surroundings): Command => {
  const review = new Command('review').description('take the next item, and what goes with it');
  const onItem = (name: string, what: string): Command =>
    review.command(name).description(what).argument('<id>', 'as review next says it');

  review
    .command('next')
    .description('take the next item for 20 minutes, or go on with the one that you have')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.post('/findings/next', {});
      show(answer, () => {
        const { finding } = Next.parse(answer);
        return finding === null ? ['Nothing waits for you.'] : findingLines(finding);
      });
    });

  onItem('renew', 'have an item for another 20 minutes, or take one by its id').action(
    async (id: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.put(pathOf(id, 'lease'));
      show(answer, () => findingLines(FindingView.parse(answer)));
    },
  );

  onItem('return', 'give an item back undecided').action(
    async (id: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.delete(pathOf(id, 'lease'));
      show(answer, () => ['It is free again.']);
    },
  );

  onItem('hold', 'put an item that you have off; the holder’s window goes on')
    .addOption(
      new Option('--reason <reason>', 'why it waits').choices(HoldReason.options).makeOptionMandatory(),
    )
    .requiredOption('--words <text>', 'why, in your own words, for the team')
    .option('--days <number>', 'working days', '1')
    .action(
      async (id: string, options: { reason: string; words: string; days: string }, command: Command) => {
        const { api, show } = sessionOf(command, 'analyst', around);
        const body = { reason: options.reason, words: options.words, workingDays: Number(options.days) };
        const answer = await api.post(pathOf(id, 'holds'), body);
        show(answer, () => findingLines(FindingView.parse(answer)));
      },
    );

  onItem('note', 'leave a note for the team; no holder and no superior gets it')
    .requiredOption('--words <text>', 'the note')
    .action(async (id: string, { words }: { words: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.post(pathOf(id, 'notes'), { words });
      show(answer, () => findingLines(FindingView.parse(answer)));
    });

  onItem('recuse', 'stand aside for good because you are not free to judge')
    .requiredOption('--words <text>', 'why, in your own words, for the team')
    .action(async (id: string, { words }: { words: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      await api.post(pathOf(id, 'recusals'), { words });
      show(null, () => ['It is for others from now on.']);
    });

  review
    .command('desk')
    .description('as the officer: which items are taken or put off')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.get('/review/desk');
      show(answer, () =>
        table(
          ['ID', 'STATE', 'TAKEN UNTIL', 'PUT OFF UNTIL'],
          Desk.parse(answer).items.map(({ id, state, takenUntil, holdUntil }) => [
            id,
            state,
            takenUntil ?? '',
            holdUntil ?? '',
          ]),
        ),
      );
    });

  review
    .command('free')
    .description('as the officer: free an item that somebody sits on; nobody says who takes it next')
    .argument('<id>', 'as review desk says it')
    .requiredOption('--words <text>', 'why')
    .action(async (id: string, { words }: { words: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      await api.post(pathOf(id, 'reassignment'), { words });
      show(null, () => ['It is free.']);
    });

  return review;
};

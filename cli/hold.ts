import { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';

const Held = z.object({ finding: z.string(), legalHold: z.object({ until: z.string() }).nullable() });

/** `netral hold`: keeping a finding beyond its end. */
export const holdCommand = (around: Surroundings): Command => {
  const hold = new Command('hold').description(
    'keep a finding beyond its end, because a proceeding needs it',
  );

  const told = (answer: unknown): readonly string[] => {
    const { finding, legalHold } = Held.parse(answer);
    return [
      legalHold === null
        ? `${finding} is not held any more; it ends by the rules.`
        : `${finding} is held until ${legalHold.until}.`,
    ];
  };

  hold
    .command('set')
    .description('set a legal hold, or move its end')
    .argument('<finding>', 'its id')
    .requiredOption('--until <day>', 'the last day of the hold, 2027-03-31')
    .requiredOption('--words <text>', 'why; the holder reads it')
    .action(async (id: string, body: { until: string; words: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.put(`/findings/${encodeURIComponent(id)}/legal-hold`, body);
      show(answer, () => told(answer));
    });

  hold
    .command('end')
    .description('end a legal hold')
    .argument('<finding>', 'its id')
    .requiredOption('--words <text>', 'why; the holder reads it')
    .action(async (id: string, body: { words: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.post(`/findings/${encodeURIComponent(id)}/legal-hold/end`, body);
      show(answer, () => told(answer));
    });

  return hold;
};

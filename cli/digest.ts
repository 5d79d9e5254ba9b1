import { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';
import { printable } from './table.js';

const Preview = z.object({
  waiting: z.int(),
  letter: z.object({ subject: z.string(), text: z.string() }).nullable(),
});

/** `netral digest`: what superiors get by mail. */
export const digestCommand = (around: Surroundings): Command => {
  const digest = new Command('digest').description('what superiors get by mail');
  digest
    .command('preview')
    .description('show your own digest as it would be sent now; nothing is sent')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'supervisor', around);
      const answer = await api.get('/me/digest');
      show(answer, () => {
        const { letter } = Preview.parse(answer);
        return letter === null
          ? ['Nothing waits to be told to you.']
          : [printable(letter.subject), '', printable(letter.text)];
      });
    });
  return digest;
};

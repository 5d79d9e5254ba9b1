import { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';

const Requested = z.object({ requestedAt: z.string() });

/** `netral scan`: looking at accounts. */
export const scanCommand = (around: Surroundings): Command => {
  const scan = new Command('scan').description('looking at accounts');
  scan
    .command('now')
    .description('have every account looked at as soon as its network allows')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      const answer = await api.post('/scans', {});
      show(answer, () => [
        `Every account that was not looked at since ${Requested.parse(answer).requestedAt} is due now.`,
      ]);
    });
  return scan;
};

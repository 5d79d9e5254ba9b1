import { Command } from 'commander';
import * as z from 'zod';
import { ErasureOrder } from '../shared/domain/registry/erasure.js';
import { sessionOf, type Surroundings } from './context.js';
import { table } from './table.js';

const Orders = z.object({ items: z.array(ErasureOrder) });

/** `netral people`: what an officer does for those who are on record. */
export const peopleCommand = (around: Surroundings): Command => {
  const people = new Command('people').description('those who are on record');

  people
    .command('erase')
    .description('have all that is kept of a person deleted; the record says when it is done')
    .argument('<id>', 'their id')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.post(`/people/${encodeURIComponent(id)}/erasure`, {});
      show(answer, () => [
        `Ordered ${ErasureOrder.parse(answer).at}. The accounts are withdrawn; the rest is deleted within the hour.`,
        'See: netral people erasures, netral record receipts',
      ]);
    });

  people
    .command('erasures')
    .description('erasures that were ordered and are not done yet')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'officer', around);
      const answer = await api.get('/erasures');
      show(answer, () => {
        const { items } = Orders.parse(answer);
        return items.length === 0
          ? ['None is open.']
          : table(
              ['ORDERED', 'PERSON'],
              items.map(({ at, subject }) => [at, subject]),
            );
      });
    });

  return people;
};

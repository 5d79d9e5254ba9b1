import { Command, Option } from 'commander';
import * as z from 'zod';
import { ErasureOrder } from '../shared/domain/registry/erasure.js';
import { Role } from '../shared/domain/registry/person.js';
import type { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { sessionOf, type Surroundings } from './context.js';
import { printable, table } from './table.js';

const Orders = z.object({ items: z.array(ErasureOrder) });

const Known = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  actedBy: z.string().nullable(),
  revision: z.number(),
});
type Known = z.infer<typeof Known>;

const Found = z.object({ people: z.array(Known.nullable()) });

/** Somebody by their employee number, which goes nowhere but into this request. */
const found = async (api: ApiClient, number: string): Promise<Known> => {
  const answer = await api.post('/people/lookup', { employeeNumbers: [number] });
  const [person] = Found.parse(answer).people;
  if (person == null)
    throw new CliError(
      'Nobody on record has this employee number.',
      'Import them first: netral accounts import.',
    );
  return person;
};

const personLines = (answer: unknown): readonly string[] => {
  const { id, name, roles, actedBy } = Known.parse(answer);
  return [
    `person    ${id}`,
    `name      ${printable(name)}`,
    `roles     ${roles.length === 0 ? 'none' : roles.join(', ')}`,
    `acted by  ${actedBy ?? 'nobody'}`,
  ];
};

/** On the version that was just read: a change that somebody else makes meanwhile is not undone. */
const changed = (api: ApiClient, { id, revision }: Known, what: string, body: unknown): Promise<unknown> =>
  api.put(`/people/${id}/${what}`, body, `"${revision}"`);

/** `netral people`: who is on record, their roles, who acts for them, and their erasure. */
export const peopleCommand = (around: Surroundings): Command => {
  const people = new Command('people').description('those who are on record');

  people
    .command('find')
    .description('who has an employee number')
    .argument('<number>', 'their employee number')
    .action(async (number: string, _options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      const person = await found(api, number);
      show(person, () => personLines(person));
    });

  people
    .command('roles')
    .description('give somebody exactly these roles; none takes all away')
    .argument('<number>', 'their employee number')
    .argument('[role...]', Role.options.join(', '))
    .action(async (number: string, given: string[], _options: unknown, command: Command) => {
      const roles = z.array(Role).safeParse(given);
      if (!roles.success)
        throw new CliError('There is no such role.', `The roles are ${Role.options.join(', ')}.`);
      const { api, show } = sessionOf(command, 'administrator', around);
      const answer = await changed(api, await found(api, number), 'roles', { roles: roles.data });
      show(answer, () => personLines(answer));
    });

  people
    .command('acting')
    .description('say who acts for a superior while they are away (Plt/Plh), or that nobody does any more')
    .argument('<number>', 'the superior’s employee number')
    .addOption(new Option('--by <number>', 'the employee number of who acts').conflicts('end'))
    .option('--end', 'nobody acts for them any more')
    .action(async (number: string, { by, end }: { by?: string; end?: boolean }, command: Command) => {
      if (by === undefined && end !== true) throw new CliError('Say who acts, or --end.', null);
      const { api, show } = sessionOf(command, 'administrator', around);
      const actedBy = by === undefined ? null : (await found(api, by)).id;
      const answer = await changed(api, await found(api, number), 'acting', { actedBy });
      show(answer, () => personLines(answer));
    });

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

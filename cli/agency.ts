import { Command, Option } from 'commander';
import * as z from 'zod';
import { ConfigError, readStage } from '../infra/read-stage.js';
import type { StageConfig } from '../infra/stage-config.js';
import { EmploymentType } from '../shared/domain/registry/employee-number.js';
import { CliError } from './cli-error.js';
import { sessionOf, type Surroundings } from './context.js';
import { printable } from './table.js';

const View = z.object({
  name: z.string(),
  area: z.string(),
  timeZone: z.string(),
  closedGates: z.array(z.object({ gate: z.string(), problem: z.string(), remedy: z.string() })),
});

const lines = (answer: unknown) => (): readonly string[] => {
  const { name, area, timeZone, closedGates } = View.parse(answer);
  return [
    `agency     ${printable(name)}`,
    `area       ${area}`,
    `time zone  ${timeZone}`,
    ...(closedGates.length === 0
      ? ['gates      all open: accounts whose holders confirmed them are looked at']
      : [
          ...closedGates.map(({ gate, problem, remedy }) => `closed     ${gate}, ${problem}: ${remedy}`),
          'What stands in config/<stage>.yaml, the officer records with: netral agency gates --stage <stage>',
        ]),
  ];
};

/** What a stage is deployed with, so that nothing has to be written twice. */
const configOf = (stage: string): StageConfig => {
  try {
    return readStage(stage).config;
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(error.message);
    throw error;
  }
};

const STAGE = ['--stage <name>', 'the name of the file in config/ with which it was deployed'] as const;

interface Founding {
  readonly stage: string;
  readonly name: string;
  readonly area: string;
  readonly person: string;
  readonly number: string;
  readonly type: string;
  readonly email: string;
  readonly unit: string;
}

/** `netral agency`: setting it up, once, and what the law asks for before an account is looked at. */
export const agencyCommand = (around: Surroundings): Command => {
  const agency = new Command('agency').description('the agency itself, and its legal gates');

  agency
    .command('show')
    .description('show the agency, and which of its gates are closed')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      const answer = await api.get('/agency');
      show(answer, lines(answer));
    });

  agency
    .command('set-up')
    .description('set the agency up, once; whoever is signed in becomes its first administrator')
    .requiredOption(...STAGE)
    .requiredOption('--name <text>', 'the agency’s name, as holders read it')
    .requiredOption('--area <code>', 'its area, 32.73, as in the packs of its contests')
    .requiredOption('--person <name>', 'your name')
    .requiredOption('--number <number>', 'your employee number')
    .addOption(
      new Option('--type <type>', 'your kind of employment')
        .choices(EmploymentType.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--email <address>', 'your address, the one that you sign in with')
    .requiredOption('--unit <name>', 'your unit')
    .action(async (given: Founding, command: Command) => {
      const { name, area, person, number, type, email, unit } = given;
      const { timeZone } = configOf(given.stage);
      const { api, show } = sessionOf(command, 'administrator', around);
      const answer = await api.post('/agency', {
        name,
        area,
        timeZone,
        administrator: { employeeNumber: number, employmentType: type, name: person, email, unit },
      });
      show(answer, lines(answer));
    });

  agency
    .command('gates')
    .description('as the officer: record the gates that stand in the configuration of a stage')
    .requiredOption(...STAGE)
    .action(async ({ stage }: { stage: string }, command: Command) => {
      const { gates } = configOf(stage);
      // One that the file leaves out stays as it is: closing it is nothing to be done by leaving out a line.
      const written = Object.fromEntries(Object.entries(gates).filter(([, gate]) => gate !== null));
      const { api, show } = sessionOf(command, 'officer', around);
      const { tag } = await api.seen('/agency');
      const answer = await api.patch('/agency/gates', written, tag);
      show(answer, lines(answer));
    });

  return agency;
};

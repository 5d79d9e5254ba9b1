import { isDeepStrictEqual } from 'node:util';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { ConfigError, readStage } from '../infra/read-stage.js';
import type { StageConfig } from '../infra/stage-config.js';
import { Gates, RetentionRules } from '../shared/domain/registry/agency.js';
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

const Recorded = z.object({ gates: Gates });

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

type Gate = Gates[keyof Gates];

const LONGEST = 60;

const inShort = (value: unknown): string => {
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\n', ' ');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
};

/** What a gate says, part by part: `retention.dismissedDays` and its 14. */
const partsOf = (name: string, gate: Gate): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(gate ?? {}).map(([part, value]) => [`${name}.${part}`, value]));

/** Each part in which a gate as it would be differs from what is recorded, old and new. */
const changesOf = (name: string, recorded: Gate, written: Gate): readonly string[] => {
  const before = partsOf(name, recorded);
  return [...partsOf(name, written)]
    .filter(([part, value]) => !isDeepStrictEqual(before.get(part), value))
    .map(([part, value]) => {
      const old = before.get(part);
      return `${part}: ${old === undefined ? 'nothing' : inShort(old)} -> ${inShort(value)}`;
    });
};

/** The days of retention that would become fewer. */
const shortened = ({ retention: before }: Gates, { retention: after }: Partial<Gates>): readonly string[] =>
  RetentionRules.keyof()
    .options.filter((days) => (after?.[days] ?? Infinity) < (before?.[days] ?? 0))
    .map((days) => `retention.${days}: ${before?.[days]} -> ${after?.[days]}`);

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

interface Recording {
  readonly stage: string;
  readonly shortenRetention?: boolean;
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
    .option('--shorten-retention', 'also where that ends for good what has been kept for longer')
    .action(async ({ stage, shortenRetention = false }: Recording, command: Command) => {
      const { gates } = configOf(stage);
      // One that the file leaves out stays as it is: closing it is nothing to be done by leaving out a line.
      const written = Object.fromEntries(Object.entries(gates).filter(([, gate]) => gate !== null));
      const { api, show } = sessionOf(command, 'officer', around);
      const { content, tag } = await api.seen('/agency');
      const { gates: recorded } = Recorded.parse(content);
      const changes = Gates.keyof().options.flatMap((gate) =>
        gates[gate] === null ? [] : changesOf(gate, recorded[gate], gates[gate]),
      );
      if (changes.length === 0) {
        show(content, () => ['Nothing to record: the gates stand as they are written.', ...lines(content)()]);
        return;
      }
      const shorter = shortened(recorded, gates);
      if (shorter.length > 0 && !shortenRetention)
        throw new CliError(
          'Nothing was recorded: with fewer days, what has been kept for longer ends within minutes, for good.',
          `See whether config/${stage}.yaml is the newest; where that is meant, say so with --shorten-retention.`,
          shorter,
        );
      const answer = await api.patch('/agency/gates', written, tag);
      show(answer, () => [...changes.map((change) => `changed    ${change}`), ...lines(answer)()]);
    });

  return agency;
};

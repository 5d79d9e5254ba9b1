import { Command } from 'commander';
import { systemClock } from '../shared/adapters/system-clock.js';
import { CliError } from './cli-error.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import { apiService } from './doctor/api-service.js';
import { examine, type Finding } from './doctor/examine.js';

const MARK = { good: '✓', bad: '✗', unknown: '?' } as const satisfies Record<Finding['state'], string>;

const lines = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ check, state, says, mend }) => [
    `${MARK[state]} ${check}: ${says}`,
    ...(mend === null ? [] : [`    ${mend}`]),
  ]);

/** `netral doctor`: whether a deployment is as it should be, and how to mend what is not. */
export const doctorCommand = (around: Surroundings): Command =>
  new Command('doctor')
    .description('look a deployment over, change nothing, and say how to mend what is not as it should be')
    .option('--stage <name>', 'look at what AWS has of this stage too, with your own right to read there')
    .option('--region <name>', 'where the stage is', 'ap-southeast-3')
    .action(async ({ stage, region }: { stage?: string; region: string }, command: Command) => {
      const session = sessionOf(command, 'administrator', around);
      // Its clients are many; nobody else has to wait for them.
      const cloud =
        stage === undefined
          ? null
          : await (await import('./doctor/aws-deployment.js')).awsDeployment(stage, region);
      const findings = await examine(cloud, apiService(session, around, systemClock));
      showing(command, around)({ findings }, () => lines(findings));
      const wrong = findings.filter(({ state }) => state !== 'good').length;
      if (wrong > 0)
        throw new CliError(
          `${wrong} of ${findings.length} are not as they should be.`,
          'Mend them from the top; later ones often follow from earlier ones.',
        );
    });

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { readPackFolder, parsePackFiles } from '../shared/adapters/pack-files.js';
import { systemClock } from '../shared/adapters/system-clock.js';
import { describeConfig } from '../infra/describe-config.js';
import { ConfigError, readStage } from '../infra/read-stage.js';
import { stageFaults } from '../infra/stage-faults.js';
import { versionFault } from '../infra/version.js';
import { CliError } from './cli-error.js';
import { deployedVersions } from './deployed-version.js';

const ROOT = join(import.meta.dirname, '..');

/** Refuses a stage that may not look at accounts, before anything is asked of AWS. */
const checked = async (name: string): Promise<string> => {
  const stage = readStage(name);
  const { contests } = parsePackFiles(await readPackFolder(join(ROOT, 'packs')));
  const faults = stageFaults(stage, contests, systemClock());
  if (faults.length > 0)
    throw new ConfigError(
      `Stage "${name}" is not deployed:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  return stage.name;
};

/** Hands over to the CDK, on whose exit code ours rests. */
const cdk = (...args: readonly string[]): void => {
  const { status } = spawnSync('cdk', args, { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
};

const program = new Command('netral-deploy')
  .description('Deploys a stage of config/ to AWS.')
  .showHelpAfterError(
    'A stage is the name of a file in config/: npm run diff -- sample (docs/deploying.md, A stage).',
  );
program
  .command('deploy')
  .argument('<stage>', 'the name of a file in config/')
  .action(async (name: string) => {
    const stage = await checked(name);
    for (const deployed of await deployedVersions(stage, readStage(stage).config.region)) {
      const fault = versionFault(deployed);
      if (fault !== null) throw new ConfigError(`Stage "${stage}" is not deployed: ${fault}`);
    }
    cdk('deploy', '--all', '-c', `stage=${stage}`);
  });
program
  .command('diff')
  .argument('<stage>', 'the name of a file in config/')
  .description('what a deployment would change')
  .action(async (name: string) => {
    cdk('diff', '-c', `stage=${await checked(name)}`);
  });
program
  .command('describe')
  .description('what stands in a configuration, in Markdown')
  .action(() => {
    process.stdout.write(describeConfig());
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof CliError)) throw error;
  process.stderr.write(
    [error.message, error instanceof CliError ? error.next : null, '']
      .filter((line) => line !== null)
      .join('\n'),
  );
  process.exitCode = 1;
}

import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { accountsCommand } from './accounts.js';
import { agencyCommand } from './agency.js';
import { archiveCommand } from './archive.js';
import { CliError } from './cli-error.js';
import type { Surroundings } from './context.js';
import { coverageCommand } from './coverage.js';
import { digestCommand } from './digest.js';
import { doctorCommand } from './doctor.js';
import { evidenceCommand } from './evidence.js';
import { findingsCommand } from './findings.js';
import { networksCommand } from './networks.js';
import { goldenCommand } from './golden.js';
import { holdCommand } from './hold.js';
import { meCommand } from './me.js';
import { packCommand } from './pack.js';
import { requestsCommand } from './requests.js';
import { peopleCommand } from './people.js';
import { recordCommand } from './record.js';
import { evenHandednessCommand, statisticsCommand } from './statistics.js';
import { qualityCommand } from './quality.js';
import { reviewCommand } from './review.js';
import { scanCommand } from './scan.js';
import { selfCheckCommand } from './self-check.js';
import { smokeCommand } from './smoke.js';
import { submitCommand } from './submit.js';

/** The whole command, with all that it can do. */
export const program = (around: Surroundings): Command => {
  const netral = new Command('netral')
    .description('Works with Netral through its API: the local stack’s, or a deployed one’s.')
    .option('--url <url>', 'the API to call (default: the local stack of this folder or above it)')
    .option('--token <token>', 'the bearer token to sign in with (default with --url: NETRAL_TOKEN)')
    .option('--as <person>', 'on the local stack, the sample person to sign in as')
    .option('--json', 'print the answer as JSON and nothing else')
    .addHelpText('after', '\nExit codes: 0 done, 1 refused or failed, 2 not understood.');
  for (const command of [
    agencyCommand(around),
    accountsCommand(around),
    archiveCommand(around),
    findingsCommand(around),
    coverageCommand(around),
    networksCommand(around),
    holdCommand(around),
    recordCommand(around),
    peopleCommand(around),
    reviewCommand(around),
    evidenceCommand(around),
    statisticsCommand(around),
    evenHandednessCommand(around),
    qualityCommand(around),
    goldenCommand(around),
    scanCommand(around),
    digestCommand(around),
    packCommand(around),
    meCommand(around),
    requestsCommand(around),
    selfCheckCommand(around),
    submitCommand(around),
    doctorCommand(around),
    smokeCommand(around),
  ])
    netral.addCommand(command);
  return netral;
};

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;

const REFUSED = 1;
const NOT_UNDERSTOOD = 2;

const askAtTerminal = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
};

const FILE_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'A file or folder may not be opened by you',
  EISDIR: 'A folder was named where a file is needed',
  ENOENT: 'A file or folder is not there',
  ENOSPC: 'The disk is full',
  ENOTDIR: 'A file was named where a folder is needed',
  EPERM: 'A file or folder may not be opened by you',
  EROFS: 'Nothing can be written there',
};

/** What the system does not let a command do with a file, where the command itself has nothing better to say. */
const fileRefusal = (error: unknown): CliError | null => {
  const said = error instanceof Error && 'code' in error ? FILE_FAULTS[String(error.code)] : undefined;
  if (said === undefined) return null;
  const path = error instanceof Error && 'path' in error ? `: ${String(error.path)}` : '';
  return new CliError(`${said}${path}.`, 'Check the names in the command.');
};

const here = (): Surroundings => ({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
  folder: process.cwd(),
  fetch,
  ...(process.stdin.isTTY ? { ask: askAtTerminal } : {}),
  colours: process.stdout.isTTY && pc.isColorSupported,
});

/** Runs one command line and answers with its exit code. */
export const main = async (line: readonly string[], around: Surroundings = here()): Promise<number> => {
  const colour = pc.createColors(around.colours);
  const netral = program(around);
  for (const command of everyCommand(netral))
    command
      .exitOverride()
      .configureOutput({ writeOut: around.out, writeErr: around.err })
      .showHelpAfterError(`What there is: ${nameOf(command)} --help`);
  try {
    await netral.parseAsync([...line], { from: 'user' });
    return 0;
  } catch (error) {
    // The library has printed its own messages by now: help, or what it did not understand.
    if (error instanceof CommanderError)
      return error.code === 'commander.error' ? error.exitCode : error.exitCode === 0 ? 0 : NOT_UNDERSTOOD;
    const refusal = error instanceof CliError ? error : fileRefusal(error);
    if (refusal === null) throw error;
    around.err(`${colour.red(refusal.message)}\n`);
    for (const detail of refusal.details) around.err(`  ${detail}\n`);
    if (refusal.next !== null) around.err(`${refusal.next}\n`);
    return REFUSED;
  }
};

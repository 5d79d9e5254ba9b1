import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Console } from 'node:console';
import { Command, InvalidArgumentError } from 'commander';
import { Listr } from 'listr2';
import { playWalkthrough } from './walkthrough.js';
import { installSampleClock } from './sample-clock.js';
import { startSchedules } from './schedules.js';
import { seedAgency } from './seed.js';
import { forgetState, StateError } from './state.js';
import { startStack, type Stack } from './stack.js';
import { printSummary, printWhereToLook } from './show.js';
import { readCoverage, summarise, type Summary } from './summary.js';
import { PortInUseError } from './ports.js';

interface Options {
  readonly once: boolean;
  readonly json: boolean;
  readonly fresh: boolean;
  readonly walkthrough: boolean;
  readonly port: number;
  readonly folder: string;
}

const port = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1024 || number > 65_500)
    throw new InvalidArgumentError('A port is a whole number from 1024 to 65500.');
  return number;
};

const options = new Command('npm start --')
  .description('Runs the whole of Netral on this machine, with an invented agency.')
  .option('--once', 'do one full round and stop', false)
  .option('--json', 'with --once: print one JSON object and nothing else', false)
  .option('--fresh', 'forget the state and start over', false)
  .option('--no-walkthrough', 'do not play what the sample people do')
  .option('--port <number>', 'the first of the ports to listen on', port, 4300)
  .option('--folder <path>', 'where the state is kept', '.netral')
  .parse()
  .opts<Options>();

/** What the functions log, and what the embedded services say, goes to a file: the screen is for people. */
const logToFile = (folder: string): string => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'netral.log');
  const stream = createWriteStream(file, { flags: 'a' });
  globalThis.console = new Console({ stdout: stream, stderr: stream });
  return file;
};

const say = (text: string): void => {
  if (!options.json) process.stdout.write(`${text}\n`);
};

const run = async (): Promise<void> => {
  if (options.fresh) forgetState(options.folder);
  const log = logToFile(options.folder);
  Object.assign(process.env, {
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_TRACE_ENABLED: 'false',
  });
  const clock = installSampleClock();
  let stack: Stack | undefined;
  let summary: Summary | undefined;
  let provisions: Readonly<Record<string, number>> = {};
  let resumed = false;
  const started = performance.now();

  const running = (): Stack => {
    if (stack === undefined) throw new Error('The stack is not running');
    return stack;
  };

  const tasks = new Listr(
    [
      {
        title: 'Starting the embedded services, the functions and the sample network',
        task: async (): Promise<void> => {
          stack = await startStack(options.folder, options.port, clock);
          resumed = stack.state.seeded;
          if (!resumed) clock.set(stack.world.startsAt);
        },
      },
      {
        title: 'Setting up Pemerintah Kabupaten Sukamaju: people, legal gates, accounts',
        skip: () => resumed,
        task: async (): Promise<void> => {
          const { client, world, sampleOrigin, remember } = running();
          await seedAgency(client, world, sampleOrigin);
          remember({ seeded: true });
        },
      },
      {
        title: 'Looking at the accounts and screening their posts',
        task: async (_, task): Promise<void> => {
          const { functions, drained, client, world, services, samplePosts } = running();
          await functions.run('plan-scans', clock.now());
          await drained();
          const coverage = await readCoverage(client, world);
          ({ summary, provisions } = await summarise(services, samplePosts(), coverage));
          task.title += `: ${summary.posts} posts of ${summary.scans} accounts`;
        },
      },
      {
        title: 'Walkthrough: what people do, played through the public API',
        enabled: () => options.walkthrough,
        skip: () => resumed,
        rendererOptions: { persistentOutput: true, outputBar: Infinity },
        task: async (_, task): Promise<void> => {
          const { client, functions, world, drained, addresses, services, samplePosts } = running();
          const sayStep = (line: string): void => {
            task.output = line;
          };
          await playWalkthrough({
            client,
            functions,
            clock,
            world,
            api: addresses.api,
            drained,
            say: sayStep,
          });
          if (summary !== undefined) summary = (await summarise(services, samplePosts(), summary)).summary;
        },
      },
    ],
    {
      renderer: options.json ? 'silent' : 'default',
      fallbackRenderer: options.json ? 'silent' : 'simple',
      // What failed is said once, below, with what to do next.
      rendererOptions: { showErrorMessage: false },
      fallbackRendererOptions: {},
    },
  );

  try {
    await tasks.run();
    clock.release();
    const { addresses, functions, world } = running();
    if (summary === undefined) throw new Error('There was no round');
    if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
    printSummary(say, summary, provisions, performance.now() - started);
    if (options.once) return;
    printWhereToLook(say, addresses, world, log);
    const schedules = startSchedules(functions, world.agency.timeZone, (name) => {
      say(`${name} failed; ${log} says why`);
    });
    await stopSignal();
    say('\nStopping: what is under way is finished first.');
    schedules.stop();
  } finally {
    clock.release();
    await stack?.stop();
  }
};

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });

/** What went wrong, and what to do next. */
const explain = (error: unknown): string => {
  if (error instanceof PortInUseError)
    return `${error.message}. Stop what listens there, or choose others: npm start -- --port ${error.port + 100}`;
  if (error instanceof StateError) return `${error.message}. Start over with: npm start -- --fresh`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

try {
  await run();
  process.exitCode = 0;
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Console } from 'node:console';
import { Command, InvalidArgumentError } from 'commander';
import { Listr } from 'listr2';
import { playWalkthrough } from './walkthrough.js';
import { installSampleClock } from './sample-clock.js';
import { startSchedules } from './schedules.js';
import { seedAgency } from './seed.js';
import { refuseInUse } from './database-files.js';
import { databaseFiles } from './services.js';
import { forgetState, StateError } from './state.js';
import { startStack, type Stack } from './stack.js';
import { printSummary, printWhereToLook } from './show.js';
import { readCoverage, summarise, type Summary } from './summary.js';
import { PortInUseError, refuseUsedPorts } from './ports.js';

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
  const stopping = stopSignal();
  await refuseUsedPorts(options.port);
  if (options.fresh) {
    await refuseInUse(databaseFiles(options.folder));
    forgetState(options.folder);
  }
  const log = logToFile(options.folder);
  Object.assign(process.env, {
    POWERTOOLS_DEV: 'true',
  });
  const clock = installSampleClock();
  let stack: Stack | undefined;
  let summary: Summary | undefined;
  let provisions: Readonly<Record<string, number>> = {};
  const started = performance.now();

  const running = (): Stack => {
    if (stack === undefined) throw new Error('The stack is not running');
    return stack;
  };

  const goesOn = (): boolean => !stopping.aborted;

  const tasks = new Listr(
    [
      {
        title: 'Starting the embedded services, the functions and the sample network',
        task: async (): Promise<void> => {
          stack = await startStack(options.folder, options.port, clock);
          if (stack.state.walkthrough === 'due') clock.set(stack.world.startsAt);
          if (stack.state.walkthrough === 'begun')
            say('The walkthrough was interrupted. To see it whole, start over with: npm start -- --fresh');
        },
      },
      {
        title: 'Setting up Pemerintah Kabupaten Sukamaju: people, legal gates, accounts',
        skip: () => !goesOn() || running().state.seeded,
        task: async (): Promise<void> => {
          const { client, world, sampleOrigin, remember } = running();
          await seedAgency(client, world, sampleOrigin);
          remember({ seeded: true });
        },
      },
      {
        title: 'Looking at the accounts and screening their posts',
        skip: () => !goesOn(),
        task: async (_, task): Promise<void> => {
          const { functions, drained, client, world, services, samplePosts } = running();
          await functions.run('identify-accounts', clock.now());
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
        skip: () => !goesOn() || running().state.walkthrough !== 'due',
        rendererOptions: { persistentOutput: true, outputBar: Infinity },
        task: async (_, task): Promise<void> => {
          const { client, functions, world, drained, addresses, services, samplePosts, remember } = running();
          const sayStep = (line: string): void => {
            task.output = line;
          };
          remember({ walkthrough: 'begun' });
          await playWalkthrough({
            client,
            functions,
            clock,
            world,
            api: addresses.api,
            drained,
            say: sayStep,
            signal: stopping,
          });
          remember({ walkthrough: 'over' });
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
      // A signal ends the step that is under way in good order.
      registerSignalListeners: false,
    },
  );

  try {
    await tasks.run();
    clock.release();
    if (!goesOn()) return;
    // Left out, it is not made up for later: by then the sample has been used.
    if (!options.walkthrough && running().state.walkthrough === 'due')
      running().remember({ walkthrough: 'over' });
    const { addresses, functions, world } = running();
    if (summary === undefined) throw new Error('There was no round');
    if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
    printSummary(say, summary, provisions, performance.now() - started);
    if (options.once) return;
    printWhereToLook(say, addresses, world, log);
    const schedules = startSchedules(functions, world.agency.timeZone, (name) => {
      say(`${name} failed; ${log} says why`);
    });
    if (goesOn()) await once(stopping, 'abort');
    schedules.stop();
  } catch (error) {
    if (goesOn() || error !== stopping.reason) throw error;
  } finally {
    clock.release();
    await stack?.stop();
  }
};

/** Aborted when somebody asks us to stop; who asks twice does not wait for the end of what is under way. */
const stopSignal = (): AbortSignal => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      say('\nStopping: what is under way is finished first.');
      stopping.abort();
    });
  return stopping.signal;
};

/** What went wrong, and what to do next. */
const explain = (error: unknown): string => {
  if (error instanceof PortInUseError)
    return `${error.message}. Stop what listens there, or choose others: npm start -- --port ${error.port + 100}`;
  if (error instanceof StateError) return `${error.message}. ${error.advice}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

try {
  await run();
  process.exitCode = 0;
} catch (error) {
  // A start that failed half-way leaves servers that would keep the process alive.
  process.stderr.write(`${explain(error)}\n`, () => process.exit(1));
}

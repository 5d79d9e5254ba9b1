import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { javaRuns, WITHOUT_JAVA } from './contract/java.js';
import { startBrowser, WITHOUT_BROWSER } from './integration/browser.js';
import { hasRealServers, machineFolder, SERVERS } from './servers-in-process/real-atproto.js';

/** Runs a command, shows what it prints, and tells whether it succeeded. */
const succeeds = async (command: string, args: readonly string[]): Promise<boolean> => {
  const child = spawn(command, args, { stdio: 'inherit' });
  await once(child, 'exit');
  return child.exitCode === 0;
};

/** Installs the networks' real servers where they are missing. Their addons take minutes to build, so it runs beside the checks. */
const installServers = async (): Promise<void> => {
  const machine = machineFolder();
  if (hasRealServers() || machine === null) return;
  const child = spawn(join(machine, 'npm'), ['ci', '--prefix', SERVERS, '--no-audit', '--no-fund'], {
    cwd: SERVERS,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: [machine, process.env['PATH']].join(delimiter) },
  });
  await new Promise((resolve) => child.once('error', resolve).once('exit', resolve));
};
const WITHOUT_SERVERS =
  'Not shown: Bluesky on a real server, which could not be built in test/servers (README.md there).';

const CHECKS = [
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'types of the console', command: 'tsc', args: ['-p', 'console/tsconfig.json'] },
  { name: 'lint', command: 'eslint', args: ['--max-warnings', '0', '.'] },
  { name: 'dead code', command: 'knip', args: [] },
] as const;

const Results = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), success: z.boolean() });

let passed = 0;
let failed = 0;
const installed = installServers();
for (const { name, command, args } of CHECKS) {
  const good = await succeeds(command, args);
  process.stdout.write(`${good ? '✓' : '✗'} ${name}\n`);
  if (good) passed += 1;
  else failed += 1;
}

await installed;

const folder = mkdtempSync(join(tmpdir(), 'netral-test-'));
const file = join(folder, 'results.json');
const good = await succeeds('vitest', [
  'run',
  // A whole life of the bundled functions, and load, belong to the assurance.
  '--project=!deployed',
  '--project=!load',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
]);
try {
  const results = Results.parse(JSON.parse(readFileSync(file, 'utf8')));
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  // A file that does not even load, or an error outside a test, fails the run without failing a test.
  if (!good && results.numFailedTests === 0) failed += 1;
} catch {
  failed += 1;
}
rmSync(folder, { recursive: true, force: true });

if (!hasRealServers()) {
  process.stdout.write(`${WITHOUT_SERVERS}\n`);
  // Where everything is to be shown, nothing is left out.
  if (process.env['CI'] === 'true') failed += 1;
}
if (!javaRuns()) process.stdout.write(`${WITHOUT_JAVA}\n`);
const browser = await startBrowser();
if (browser === null) process.stdout.write(`${WITHOUT_BROWSER}\n`);
await browser?.close();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
